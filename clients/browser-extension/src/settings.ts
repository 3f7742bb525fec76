/** Which server, and with which key. Kept in this browser profile, and out of reach of what runs on pages. */

export interface Settings {
  /** Without a slash at its end. */
  server: string;
  key: string;
}

const LOCAL = new Set(["localhost", "127.0.0.1"]);

/** Whether a server is on this machine, so that it is reached without a network. */
export const isLocal = (server: string): boolean => LOCAL.has(new URL(server).hostname);

/** Says in a sentence why an address cannot be used. */
export class WrongAddress extends Error {}

/** The server's address as it is kept: what comes before /v1. */
export function serverOf(typed: string): string {
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    throw new WrongAddress("Give the whole address, such as https://api.example.org or http://127.0.0.1:8080.");
  }
  if (url.username || url.password) throw new WrongAddress("An address must not hold a name or a password.");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal(url.href))) {
    throw new WrongAddress(
      "Only https, or http on this machine: over plain http anybody on the way could read the key.",
    );
  }
  const path = url.pathname.replace(/\/v1(?:\/.*)?$/, "").replace(/\/+$/, "");
  return `${url.origin}${path}`;
}

/** The host permission that calls of this server need, and no other. */
export function permissionOf(server: string): chrome.permissions.Permissions {
  return { origins: [`${new URL(server).origin}/*`] };
}

export async function load(): Promise<Settings | undefined> {
  const { server, key } = await chrome.storage.local.get(["server", "key"]);
  return typeof server === "string" && typeof key === "string" && server && key ? { server, key } : undefined;
}

export async function save(settings: Settings): Promise<void> {
  await chrome.storage.local.set({ ...settings });
}

export async function forget(): Promise<void> {
  await chrome.storage.local.clear();
}
