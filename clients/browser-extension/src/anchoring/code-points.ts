/** From the API's offsets, which count Unicode code points, to JavaScript's, which count UTF-16 code units. */

/** A text that is cut by code points. */
export class CodePoints {
  /** For each code point beyond the Basic Multilingual Plane, its index: each takes one code unit more. */
  readonly #astral: number[] = [];
  readonly text: string;
  /** In code points. */
  readonly length: number;

  constructor(text: string) {
    this.text = text;
    let count = 0;
    for (const character of text) {
      if (character.length === 2) this.#astral.push(count);
      count += 1;
    }
    this.length = count;
  }

  /** The code unit at which a code point begins; beyond the ends, the nearer end. */
  toUnits(point: number): number {
    const inside = Math.min(Math.max(point, 0), this.length);
    return inside + this.#astralBefore(inside);
  }

  /** The words from one code point to another, end exclusive: `text[start:end]` of the API. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }

  #astralBefore(point: number): number {
    let low = 0;
    let high = this.#astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#astral[middle]! < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
