/**
 * Text as two programs that read one page agree on it.
 *
 * The API's text comes from the page's HTML: its white space is collapsed, its paragraphs are parted by blank lines, and
 * nothing tells what a browser has laid out as a space. So neither white space nor what cannot be seen (soft hyphens,
 * joiners, direction marks) takes part in a comparison, and typographic quotation marks and dashes count as plain ones.
 * A letter with its accent is one whether it is written as one character or as two (NFC, NFD): the API's text is as its
 * page was, and the page that is shown may come from another system.
 */

/** Folded text with the way back: folded unit `i` comes from the code units `at[i]` to `until[i]`, end exclusive. */
export interface Folded {
  text: string;
  at: Uint32Array;
  until: Uint32Array;
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

/** A character with all that may become one with it: marks, and vowels and finals of Hangul. */
const CLUSTER = /[^][\p{M}\u1160-\u11ff]*/gu;

export function fold(text: string): Folded {
  const at: number[] = [];
  const until: number[] = [];
  const kept: string[] = [];
  let unit = 0;
  for (const character of text) {
    if (!LEFT_OUT.test(character)) {
      kept.push(PLAIN[character] ?? character);
      for (let half = 0; half < character.length; half += 1) {
        at.push(unit + half);
        until.push(unit + half + 1);
      }
    }
    unit += character.length;
  }
  return composed({ text: kept.join(""), at: Uint32Array.from(at), until: Uint32Array.from(until) });
}

/** In NFC: what a character that was written as several comes from is all of these. */
function composed(folded: Folded): Folded {
  if (folded.text.normalize() === folded.text) return folded;
  const at: number[] = [];
  const until: number[] = [];
  const text: string[] = [];
  for (const { 0: cluster, index } of folded.text.matchAll(CLUSTER)) {
    const made = cluster.normalize();
    const same = made === cluster;
    text.push(made);
    for (let unit = 0; unit < made.length; unit += 1) {
      at.push(folded.at[same ? index + unit : index]!);
      until.push(folded.until[same ? index + unit : index + cluster.length - 1]!);
    }
  }
  return { text: text.join(""), at: Uint32Array.from(at), until: Uint32Array.from(until) };
}
