/** One click on the icon opens the panel of this tab, which then does the rest. Nothing else starts anything. */

import { leaveClick } from "./clicks.js";
import type { Clicked } from "./messages.js";

// What runs on pages has no business with the key.
void chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });

chrome.action.onClicked.addListener((tab) => {
  if (tab.id === undefined) return;
  const tabId = tab.id;
  // In one go: a panel may only be opened while the click is being handled.
  const left = leaveClick(tabId);
  void chrome.sidePanel.setOptions({ tabId, path: `panel/panel.html?tab=${tabId}`, enabled: true });
  void chrome.sidePanel.open({ tabId });
  void left.then(() => {
    const message: Clicked = { type: "clicked", tabId };
    // A panel that is still loading does not hear it; it finds the click where it was left.
    chrome.runtime.sendMessage(message).catch(() => undefined);
  });
});

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void chrome.runtime.openOptionsPage();
});
