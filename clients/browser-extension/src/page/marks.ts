/**
 * The marks on a page, drawn by the browser over ranges (CSS Custom Highlight API): no element of the page is touched,
 * so no script of the page stumbles over them, and taking them off leaves nothing behind.
 */

import type { Quote } from "../anchoring/quote.js";
import { findAll } from "../anchoring/quote.js";
import type { Level, Mark, Outcome, Outcomes } from "../messages.js";
import { PageText } from "./page-text.js";

const LEVELS: readonly Level[] = ["plain", "note", "caution", "warning"];

const name = (level: string) => `second-source-${level}`;

/** Ground and ink together, so that words stay legible on dark pages; lines that differ, for who sees no colours. */
const STYLE = `
::highlight(${name("plain")}) { background-color: #f6efd9; color: #1c1a17; }
::highlight(${name("note")}) { background-color: #f6efd9; color: #1c1a17; text-decoration: underline dotted 2px #4c5a67; }
::highlight(${name("caution")}) { background-color: #fbe3bd; color: #1c1a17; text-decoration: underline dashed 2px #8a5200; }
::highlight(${name("warning")}) { background-color: #fad9d2; color: #1c1a17; text-decoration: underline solid 2px #a11d21; }
::highlight(${name("shown")}) { background-color: #bfe3ff; color: #1c1a17; text-decoration: underline solid 3px #0b4f6c; }
`;

/** How long words that were asked for stand out. */
const SHOWN_MILLISECONDS = 4000;

interface Placed {
  mark: Mark;
  ranges: Range[];
  words: string[];
}

export class Marks {
  #placed: Placed[] = [];
  #marks: readonly Mark[] = [];
  #roots = new Set<Document | ShadowRoot>();
  #sheet: CSSStyleSheet | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Put these marks in the place of all others. */
  place(marks: readonly Mark[]): Outcomes {
    this.clear();
    this.#marks = marks;
    const outcomes: Outcomes = {};
    const page = new PageText(document.body);
    const found = findAll(
      page,
      marks.flatMap((mark) => mark.pieces),
    );
    let next = 0;
    for (const mark of marks) {
      const pieces = mark.pieces.map(() => found[next++]);
      const ranges = pieces.flatMap((piece) => (piece ? page.ranges(piece.start, piece.end) : []));
      outcomes[mark.id] = outcomeOf(pieces);
      if (ranges.length) this.#placed.push({ mark, ranges, words: ranges.map(String) });
    }
    this.#draw();
    return outcomes;
  }

  /** Once more after the page has changed under the marks; undefined where it has not. */
  replace(): Outcomes | undefined {
    const same = this.#placed.every(({ ranges, words }) =>
      ranges.every((range, index) => String(range) === words[index]),
    );
    const all = this.#placed.length === this.#marks.length;
    return same && all ? undefined : this.place(this.#marks);
  }

  get any(): boolean {
    return this.#marks.length > 0;
  }

  /** Whether each of these stands on the page. */
  locate(quotes: readonly Quote[]): boolean[] {
    return findAll(new PageText(document.body), quotes).map((found) => found !== undefined);
  }

  /** Bring a mark into view. */
  show(id: string): boolean {
    const ranges = this.#placed.find(({ mark }) => mark.id === id)?.ranges;
    return ranges ? this.#bringIntoView(ranges) : false;
  }

  /** Bring words into view that have no mark of their own. */
  showQuote(quote: Quote): boolean {
    const page = new PageText(document.body);
    const all = [...this.#marks.flatMap((mark) => mark.pieces), quote];
    const found = findAll(page, all).at(-1);
    return found ? this.#bringIntoView(page.ranges(found.start, found.end)) : false;
  }

  /** The mark at this point of the window, with the boxes of its lines; the gravest, where several overlap. */
  at(x: number, y: number): { mark: Mark; lines: DOMRect[] } | undefined {
    let best: { mark: Mark; lines: DOMRect[] } | undefined;
    for (const { mark, ranges } of this.#placed) {
      const lines = ranges.flatMap((range) => [...range.getClientRects()]);
      const inside = lines.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
      if (inside && (!best || LEVELS.indexOf(mark.level) > LEVELS.indexOf(best.mark.level))) best = { mark, lines };
    }
    return best;
  }

  /** Take all marks off the page. */
  clear(): void {
    clearTimeout(this.#timer);
    for (const level of [...LEVELS, "shown"]) CSS.highlights.delete(name(level));
    for (const root of this.#roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    }
    this.#roots.clear();
    this.#placed = [];
    this.#marks = [];
  }

  #draw(): void {
    LEVELS.forEach((level, priority) => {
      const ranges = this.#placed.filter(({ mark }) => mark.level === level).flatMap((placed) => placed.ranges);
      this.#register(level, ranges, priority);
    });
  }

  #register(level: string, ranges: readonly Range[], priority: number): void {
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name(level), highlight);
    this.#dress(ranges);
  }

  /** Give each tree that holds a range the style of the marks: styles do not reach into shadow trees. */
  #dress(ranges: readonly Range[]): void {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(STYLE);
    }
    for (const range of ranges) {
      const root = range.startContainer.getRootNode();
      if (!(root instanceof Document || root instanceof ShadowRoot) || this.#roots.has(root)) continue;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
      this.#roots.add(root);
    }
  }

  #bringIntoView(ranges: readonly Range[]): boolean {
    const first = ranges[0];
    if (!first) return false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
    this.#register("shown", ranges, LEVELS.length);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => CSS.highlights.delete(name("shown")), SHOWN_MILLISECONDS);
    return true;
  }
}

function outcomeOf(pieces: readonly ({ changed: boolean } | undefined)[]): Outcome {
  const there = pieces.filter((piece) => piece !== undefined);
  if (!there.length) return "missing";
  if (there.length < pieces.length) return "partly";
  return there.some((piece) => piece.changed) ? "changed" : "found";
}
