/** The words that a reader sees on a page as one text, with the way back to the nodes that they stand in. */

import { pageOf, type Page } from "../anchoring/quote.js";
import { textsOf } from "./visible.js";

export class PageText implements Page {
  readonly text: string;
  readonly folded: Page["folded"];
  readonly seams: Page["seams"];
  readonly #nodes: Text[] = [];
  readonly #starts: number[] = [];

  constructor(body: Element) {
    let length = 0;
    const parts: string[] = [];
    for (const node of textsOf(body)) {
      this.#nodes.push(node);
      this.#starts.push(length);
      parts.push(node.data);
      length += node.data.length;
    }
    const page = pageOf(parts.join(""), this.#starts);
    this.text = page.text;
    this.folded = page.folded;
    this.seams = page.seams;
  }

  /** Ranges that hold the words from `start` to `end`: one for each text node, so that none crosses a shadow tree. */
  ranges(start: number, end: number): Range[] {
    const found: Range[] = [];
    for (let index = this.#nodeAt(start); index < this.#nodes.length && this.#starts[index]! < end; index += 1) {
      const node = this.#nodes[index]!;
      const from = Math.max(0, start - this.#starts[index]!);
      const to = Math.min(node.data.length, end - this.#starts[index]!);
      if (!node.data.slice(from, to).trim()) continue;
      const range = node.ownerDocument.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      found.push(range);
    }
    return found;
  }

  /** The index of the node that holds this position. */
  #nodeAt(position: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= position) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
