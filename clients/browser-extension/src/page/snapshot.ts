/**
 * The page as the reader sees it, as HTML: what is behind a paywall or was put there by a script is in it, what is not
 * laid out is not. Nothing that a reader has typed goes out, nor scripts, styles, comments and form controls.
 */

import { childrenOf, isEdited, isSeen, isUnread } from "./visible.js";

/** Attributes that say nothing of an article, or hold the page's insides. */
const LEFT_OUT = /^(?:style|on.*|srcset|sizes|nonce|integrity|value|ping|data-.*)$/i;

/** Longer values are embedded data. */
const LONGEST_VALUE = 2000;

/** What a head says of its page: metadata, and what is said of it in JSON-LD. */
const OF_HEAD = "title, meta, link[rel~=canonical], link[rel~=amphtml], script[type='application/ld+json']";

/** Names under which pages keep their secrets. */
const SECRET = /csrf|xsrf|token|nonce|session|verification/i;

const MARKUP_NAME = /^[a-z][a-z0-9-]*$/;

export interface Snapshot {
  html: string;
  /** Without fragment and credentials; undefined where the page has no web address. */
  url: string | undefined;
  title: string;
}

export function snapshot(page: Document = document): Snapshot {
  // A document that is shown nowhere: nothing in it is loaded or run.
  const copy = page.implementation.createHTMLDocument("");
  copy.head.replaceChildren();
  copyAttributes(page.documentElement, copy.documentElement);
  for (const element of page.querySelectorAll(OF_HEAD)) {
    if (SECRET.test(element.getAttribute("name") ?? "") || element.closest("svg") || isEdited(element)) continue;
    copy.head.append(copied(element, copy, element.textContent ?? ""));
  }
  if (page.body && ![page.documentElement, page.body].some(isUnread)) copyInto(copy.body, page.body, copy);
  return {
    html: `<!DOCTYPE html>\n${copy.documentElement.outerHTML}`,
    url: addressOf(page.URL),
    title: page.title,
  };
}

/** The address of a page to be sent: of the web, and without what is the reader's own. */
export function addressOf(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  url.hash = "";
  url.username = "";
  url.password = "";
  return url.href;
}

function copyInto(target: Element, source: Element, copy: Document): void {
  const seen = isSeen(source);
  if (seen) copyAttributes(source, target);
  for (const child of childrenOf(source)) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (seen) target.append(copy.createTextNode(child.nodeValue ?? ""));
    } else if (child.nodeType === Node.ELEMENT_NODE && !isUnread(child as Element)) {
      const element = child as Element;
      // A slot or a name with a colon has no place in plain HTML; what is in it has.
      const name = MARKUP_NAME.test(element.localName) && element.localName !== "slot" ? element.localName : "span";
      const made = copy.createElement(name);
      target.append(made);
      copyInto(made, element, copy);
    }
  }
}

function copied(element: Element, copy: Document, text: string): Element {
  const made = copy.createElement(element.localName);
  copyAttributes(element, made);
  if (text) made.append(copy.createTextNode(text));
  return made;
}

function copyAttributes(source: Element, target: Element): void {
  for (const { name, value } of source.attributes) {
    if (LEFT_OUT.test(name) || value.length > LONGEST_VALUE || /^data:/i.test(value)) continue;
    try {
      target.setAttribute(name, value);
    } catch {
      // Parsers take names that setAttribute refuses; none of them says anything.
    }
  }
}
