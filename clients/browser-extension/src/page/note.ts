/** The note beside a mark under the pointer, in a closed shadow tree that the page's styles do not reach. */

import type { Mark } from "../messages.js";
import { HOST } from "./visible.js";

const STYLE = `
:host { all: initial; position: fixed; inset: 0 auto auto 0; z-index: 2147483647; pointer-events: none; }
.note {
  position: fixed; box-sizing: border-box; max-width: min(22rem, calc(100vw - 16px)); padding: .6rem .8rem .7rem;
  background: #ffffff; color: #1c1a17; border: 1px solid #d8d2c6; border-top: 4px solid #4c5a67;
  box-shadow: 0 4px 18px rgb(0 0 0 / .22);
  font: 14px/1.45 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
.note[hidden] { display: none; }
.note.warning { border-top-color: #a11d21; }
.note.caution { border-top-color: #8a5200; }
p { margin: 0; overflow-wrap: anywhere; }
.title { font-weight: 700; margin-bottom: .2rem; }
.more { margin-top: .4rem; color: #5b554c; font-size: 12px; }
`;

/** Between the marked words and the note. */
const GAP = 6;
const MARGIN = 8;

export class Note {
  readonly #host = document.createElement(HOST);
  readonly #box = document.createElement("div");
  #shown: string | undefined;

  constructor() {
    const tree = this.#host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    tree.adoptedStyleSheets = [sheet];
    this.#box.setAttribute("role", "tooltip");
    this.#box.hidden = true;
    tree.append(this.#box);
  }

  /** Under the marked words or above them, so that they can be read; where neither fits, under the line pointed at. */
  show(mark: Mark, lines: readonly DOMRect[], y: number): void {
    if (this.#shown === mark.id) return;
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    this.#shown = mark.id;
    this.#box.className = `note ${mark.level}`;
    this.#box.replaceChildren(
      paragraph("title", mark.title),
      ...mark.lines.map((line) => paragraph("", line)),
      paragraph("more", "Click the words for all of it, in the side panel."),
    );
    this.#box.hidden = false;
    const { width, height } = this.#box.getBoundingClientRect();
    const under = Math.max(...lines.map((line) => line.bottom)) + GAP;
    const above = Math.min(...lines.map((line) => line.top)) - GAP - height;
    const line = Math.min(...lines.map((line) => line.bottom).filter((bottom) => bottom >= y)) + GAP;
    const fits = (top: number) => top >= MARGIN && top + height + MARGIN <= innerHeight;
    const top = [under, above, line].find(fits) ?? Math.max(MARGIN, innerHeight - height - MARGIN);
    const left = Math.max(MARGIN, Math.min(Math.min(...lines.map((line) => line.left)), innerWidth - width - MARGIN));
    this.#box.style.top = `${top}px`;
    this.#box.style.left = `${left}px`;
  }

  hide(): void {
    this.#shown = undefined;
    this.#box.hidden = true;
  }

  remove(): void {
    this.hide();
    this.#host.remove();
  }
}

function paragraph(name: string, text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}
