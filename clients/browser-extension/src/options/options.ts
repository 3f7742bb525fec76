/** Where the server and the key are entered, allowed and tried. */

import { Client } from "../api/client.js";
import { Trouble } from "../api/trouble.js";
import { byId } from "../elements.js";
import { forget, load, permissionOf, save, serverOf, WrongAddress } from "../settings.js";

const server = byId("server") as HTMLInputElement;
const key = byId("key") as HTMLInputElement;
const status = byId("status");

function say(text: string, bad = false): void {
  status.textContent = text;
  status.className = bad ? "bad" : "";
}

async function keep(): Promise<void> {
  let address: string;
  try {
    address = serverOf(server.value);
  } catch (error) {
    if (!(error instanceof WrongAddress)) throw error;
    server.focus();
    return say(error.message, true);
  }
  const secret = key.value.trim();
  if (!secret) {
    key.focus();
    return say("Give an API key.", true);
  }
  const wanted = permissionOf(address);
  // First of all: after anything that is waited for, browsers no longer take it for the user's own doing.
  if (!(await chrome.permissions.request(wanted))) return say("Not saved: the server was not allowed.", true);
  await dropOthers(wanted);
  await save({ server: address, key: secret });
  server.value = address;
  say("Saved. Trying it …");
  try {
    await new Client({ server: address, key: secret }).check();
    say("Saved, and the server takes the key. Click the icon on an article.");
  } catch (error) {
    say(
      error instanceof Trouble ? `Saved, but: ${error.title}. ${error.message}` : `Saved, but: ${String(error)}`,
      true,
    );
  }
}

/** Give back what an earlier server needed. */
async function dropOthers(wanted?: chrome.permissions.Permissions): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  const unwanted = origins.filter((origin) => !wanted?.origins?.includes(origin));
  if (unwanted.length) await chrome.permissions.remove({ origins: unwanted });
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void keep();
});

byId("forget").addEventListener("click", () => {
  void (async () => {
    await forget();
    await dropOthers();
    server.value = key.value = "";
    say("Forgotten: the server, the key and the permission.");
  })();
});

void load().then((settings) => {
  if (!settings) return;
  server.value = settings.server;
  key.value = settings.key;
});
