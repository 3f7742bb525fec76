/** What a reader sees of a page: its elements and words in the flat tree, without what is not laid out. */

/** Elements whose words are no words of the page, or not the page's own. */
export const UNREAD = new Set([
  "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "TITLE", "META", "LINK", "IFRAME", "FRAME", "OBJECT", "EMBED",
  "SVG", "MATH", "CANVAS", "AUDIO", "VIDEO", "SELECT", "DATALIST", "TEXTAREA", "INPUT", "BUTTON", "DIALOG",
]); // prettier-ignore

/** Our own element on the page. */
export const HOST = "second-source-note";

/** Whether an element and all that is in it is left out. */
export function isUnread(element: Element): boolean {
  const name = element.localName;
  return name === HOST || UNREAD.has(name.toUpperCase()) || styleOf(element)?.display === "none" || isEdited(element);
}

/** Whether the reader may type here: what stands here may be a draft of theirs. */
export function isEdited(element: Element): boolean {
  // A style alone makes words editable too, and isContentEditable does not tell.
  const style = styleOf(element)?.getPropertyValue("-webkit-user-modify") ?? "";
  return (element as HTMLElement).isContentEditable || style.startsWith("read-write");
}

/** Whether words in this element are seen. */
export function isSeen(element: Element): boolean {
  const visibility = styleOf(element)?.visibility;
  return visibility !== "hidden" && visibility !== "collapse";
}

/**
 * The children as they are laid out: an open shadow tree in the place of its host's, slots with what they are given, of
 * what is folded up its summary alone.
 */
export function childrenOf(element: Element): readonly Node[] {
  // So hidden="until-found" is hidden: unfolded by a search within the page.
  if (styleOf(element)?.contentVisibility === "hidden") return [];
  if (element.localName === "details" && !(element as HTMLDetailsElement).open) {
    return [...element.children].filter((child) => child.localName === "summary").slice(0, 1);
  }
  if (element.shadowRoot) return [...element.shadowRoot.childNodes];
  if (element.localName === "slot" && element.getRootNode() instanceof ShadowRoot) {
    const given = (element as HTMLSlotElement).assignedNodes();
    if (given.length) return given;
  }
  return [...element.childNodes];
}

/** All text nodes that a reader sees, in the order of the page. */
export function* textsOf(element: Element): Generator<Text> {
  if (isUnread(element)) return;
  const seen = isSeen(element);
  for (const child of childrenOf(element)) {
    if (child.nodeType === Node.ELEMENT_NODE) yield* textsOf(child as Element);
    else if (child.nodeType === Node.TEXT_NODE && seen) yield child as Text;
  }
}

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return element.ownerDocument.defaultView?.getComputedStyle(element);
}
