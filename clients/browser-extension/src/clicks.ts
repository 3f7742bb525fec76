/**
 * Clicks that no panel has answered yet. A panel is loaded anew whenever the browser likes (a tab comes back, a page is
 * read again); it may send the page only where somebody has clicked.
 */

const nameOf = (tabId: number) => `click-${tabId}`;

export async function leaveClick(tabId: number): Promise<void> {
  await chrome.storage.session.set({ [nameOf(tabId)]: true });
}

/** Whether there was a click, which is then used up. */
export async function takeClick(tabId: number): Promise<boolean> {
  const name = nameOf(tabId);
  const found = await chrome.storage.session.get(name);
  await chrome.storage.session.remove(name);
  return found[name] === true;
}
