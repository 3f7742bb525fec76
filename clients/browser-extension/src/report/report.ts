/**
 * The server's report page in a tab. A link cannot carry the key, so the page is fetched with it and shown in a frame
 * that may run nothing and may only open what the reader follows, in new tabs. It keeps this origin because Chromium
 * follows no link within a page from a blob without one; since no script runs there, nobody can make use of it.
 */

import { Client } from "../api/client.js";
import { noSettings, Trouble } from "../api/trouble.js";
import { byId, make } from "../elements.js";
import { load } from "../settings.js";

async function show(articleId: string): Promise<void> {
  const settings = await load();
  if (!settings) throw noSettings();
  const html = await new Client(settings).page(articleId);
  const address = URL.createObjectURL(new Blob([html], { type: "text/html; charset=utf-8" }));
  const frame = make("iframe", {
    title: "The full report",
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    referrerpolicy: "no-referrer",
    src: address,
  });
  frame.addEventListener("load", () => {
    // What it links to would otherwise be opened in this frame, which shows the report alone.
    for (const link of frame.contentDocument?.querySelectorAll<HTMLAnchorElement>("a[href^=http]") ?? []) {
      link.target = "_blank";
    }
  });
  byId("status").replaceWith(frame);
}

show(new URLSearchParams(location.search).get("article") ?? "").catch((error: unknown) => {
  byId("status").textContent = error instanceof Trouble ? `${error.title}. ${error.message}` : String(error);
});
