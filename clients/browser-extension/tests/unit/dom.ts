/** A page in jsdom, as the global document. */

import { JSDOM } from "jsdom";

export function open(html: string, url = "https://courier.example/news/1#top"): Document {
  const { window } = new JSDOM(html, { url });
  const { Node, ShadowRoot, document } = window;
  Object.assign(globalThis, { Node, ShadowRoot, document });
  return document;
}
