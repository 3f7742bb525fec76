/**
 * Text as two programs that read one page agree on it.
 *
 * The API's text comes from the page's HTML: its white space is collapsed, its paragraphs are parted by blank lines, and
 * nothing tells what a browser has laid out as a space. So neither white space nor what cannot be seen (soft hyphens,
 * joiners, direction marks) takes part in a comparison, and typographic quotation marks and dashes count as plain ones.
 */

/** Folded text with the way back: `at[i]` is the code unit of the original from which folded unit `i` comes. */
export interface Folded {
  text: string;
  at: Uint32Array;
}

const LEFT_OUT = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\ufffd]/u;

const PLAIN: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201a": "'",
  "\u201b": "'",
  "\u2032": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u201e": '"',
  "\u201f": '"',
  "\u00ab": '"',
  "\u00bb": '"',
  "\u2033": '"',
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u2014": "-",
  "\u2212": "-",
};

export function fold(text: string): Folded {
  const at: number[] = [];
  const kept: string[] = [];
  let unit = 0;
  for (const character of text) {
    if (!LEFT_OUT.test(character)) {
      kept.push(PLAIN[character] ?? character);
      for (let half = 0; half < character.length; half += 1) at.push(unit + half);
    }
    unit += character.length;
  }
  return { text: kept.join(""), at: Uint32Array.from(at) };
}
