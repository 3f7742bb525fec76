/**
 * Where the words of a quotation stand on a page that may have changed since they were read (W3C TextQuoteSelector).
 *
 * Words that stand there literally are found by themselves; of several places the one with the quotation's
 * surroundings. Words that were edited are looked for by approximate matching (Myers, in approx-string-match), and
 * taken only where their surroundings are those of the quotation and no word is another one: a mark on other words than
 * those that were judged is worse than none.
 */

import search from "approx-string-match";
import { fold, type Folded } from "./fold.js";
import { sameWords } from "./words.js";

/** A quotation with what stands around it. `position`: where its text has it, in code units of the folded text. */
export interface Quote {
  exact: string;
  prefix: string;
  suffix: string;
  position?: number;
}

/** Where it stands on the page, in code units; `changed`: in slightly other words. */
export interface Found {
  start: number;
  end: number;
  changed: boolean;
}

/** A folded page with its original text. `seams`: where another text node begins, perhaps another paragraph. */
export interface Page {
  text: string;
  folded: Folded;
  seams: ReadonlySet<number>;
}

/** Folded units below which words are only taken literally: "the council" is nearly "the counsel". */
const SHORTEST_EDITED = 24;

/** Share of a quotation that may differ: punctuation and articles of a sentence, not another sentence. */
const MOST_ERRORS = 0.15;

/** Likeness of the surroundings, 0 to 1, from which on edited words are taken for those of the quotation. */
const LEAST_CONTEXT = 0.5;

/** Likeness from which on a few words that stand there literally, and not only once, are taken. */
const LEAST_CONTEXT_LITERAL = 0.25;

/** Places that are compared. */
const MOST_PLACES = 500;

/** How far around the expected place edited words are looked for, beside the whole page. */
const NEAR = 400;

interface Place {
  start: number;
  end: number;
  errors: number;
}

export function pageOf(text: string, seams: Iterable<number> = []): Page {
  return { text, folded: fold(text), seams: new Set(seams) };
}

/**
 * Where each quotation stands; undefined where it stands nowhere.
 *
 * All of one article together: those that stand in one place alone say where the article begins on the page, and so
 * where others, which stand there more than once, are to be expected.
 */
export function findAll(page: Page, quotes: readonly Quote[]): (Found | undefined)[] {
  const begins = articleBegin(page, quotes);
  return quotes.map((quote) => find(page, quote, begins));
}

/** Where one quotation stands. `begins`: where on the folded page its article begins, if known. */
export function find(page: Page, quote: Quote, begins?: number): Found | undefined {
  const exact = fold(quote.exact).text;
  if (!exact) return undefined;
  const prefix = fold(quote.prefix).text;
  const suffix = fold(quote.suffix).text;
  const expected = begins === undefined || quote.position === undefined ? undefined : begins + quote.position;
  const literal = literally(page, quote, exact);
  if (literal.length) {
    const best = nearest(page, literal, prefix, suffix, expected);
    const sure = literal.length === 1 || best.context >= LEAST_CONTEXT_LITERAL || exact.length >= SHORTEST_EDITED;
    return sure ? unfolded(page, best.place, false) : undefined;
  }
  if (exact.length < SHORTEST_EDITED) return undefined;
  const edited = approximately(page.folded.text, exact, expected).filter((place) => {
    const found = unfolded(page, place, true);
    return sameWords(quote.exact, page.text.slice(found.start, found.end));
  });
  if (!edited.length) return undefined;
  const best = nearest(page, edited, prefix, suffix, expected);
  return best.context >= LEAST_CONTEXT ? unfolded(page, best.place, true) : undefined;
}

/** The middle of what the quotations that stand in one place alone say of the article's beginning. */
function articleBegin(page: Page, quotes: readonly Quote[]): number | undefined {
  const begins: number[] = [];
  for (const quote of quotes) {
    if (quote.position === undefined) continue;
    const places = literally(page, quote, fold(quote.exact).text);
    if (places.length === 1) begins.push(places[0]!.start - quote.position);
  }
  begins.sort((one, other) => one - other);
  return begins[begins.length >> 1];
}

/** Where the quotation's words stand literally, and as words: "9,000 men" does not stand in "19,000 men". */
function literally(page: Page, quote: Quote, words: string): Place[] {
  const places: Place[] = [];
  if (!words) return places;
  // Where the quotation itself is cut out of a word, so may the place be.
  const freeStart = isWithin(quote.prefix + quote.exact, quote.prefix.length);
  const freeEnd = isWithin(quote.exact + quote.suffix, quote.exact.length);
  let start = page.folded.text.indexOf(words);
  while (start >= 0 && places.length < MOST_PLACES) {
    const place = { start, end: start + words.length, errors: 0 };
    const found = unfolded(page, place, false);
    const startsWell = freeStart || !isWithin(page.text, found.start, page.seams);
    const endsWell = freeEnd || !isWithin(page.text, found.end, page.seams);
    if (startsWell && endsWell) places.push(place);
    start = page.folded.text.indexOf(words, start + 1);
  }
  return places;
}

/** The places with the fewest differences on the whole page, and those around where the words are expected. */
function approximately(text: string, words: string, expected: number | undefined): Place[] {
  const most = Math.floor(words.length * MOST_ERRORS);
  const places: Place[] = search(text, words, most);
  if (expected !== undefined) {
    const from = Math.max(0, expected - NEAR);
    const near = search(text.slice(from, expected + words.length + NEAR), words, most);
    places.push(...near.map((place) => ({ ...place, start: place.start + from, end: place.end + from })));
  }
  return places.slice(0, MOST_PLACES);
}

/** The place whose surroundings are most like the quotation's; among equals the one nearest to the expected. */
function nearest(
  page: Page,
  places: readonly Place[],
  prefix: string,
  suffix: string,
  expected: number | undefined,
): { place: Place; context: number } {
  const judged = places.map((place) => ({ place, context: likeness(page.folded.text, place, prefix, suffix) }));
  const far = (place: Place) => (expected === undefined ? place.start : Math.abs(place.start - expected));
  judged.sort(
    (one, other) =>
      other.context - one.context || one.place.errors - other.place.errors || far(one.place) - far(other.place),
  );
  return judged[0]!;
}

/** How much of the surroundings is the quotation's, 0 to 1; 1 where the quotation has none. */
function likeness(text: string, place: Place, prefix: string, suffix: string): number {
  const shares: number[] = [];
  if (prefix) shares.push(similar(text.slice(Math.max(0, place.start - prefix.length), place.start), prefix));
  if (suffix) shares.push(similar(text.slice(place.end, place.end + suffix.length), suffix));
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : 1;
}

function similar(text: string, words: string): number {
  if (text === words) return 1;
  if (!text) return 0;
  const [best] = search(text, words, words.length);
  return best ? Math.max(0, 1 - best.errors / words.length) : 0;
}

/** A place on the page itself. Edited words begin and end where words do. */
function unfolded(page: Page, place: Place, edited: boolean): Found {
  let start = page.folded.at[place.start] ?? page.text.length;
  let end = page.folded.until[place.end - 1] ?? page.text.length;
  if (edited) {
    while (start > 0 && isWithin(page.text, start, page.seams)) start -= 1;
    while (end < page.text.length && isWithin(page.text, end, page.seams)) end += 1;
  }
  return { start, end, changed: edited };
}

/** What stands before and after a place, with a bar between them, where a word or a number goes on across it. */
const WITHIN = new RegExp(
  [
    String.raw`[\p{L}\p{M}\p{N}][-'’\u2010\u2011]?\|[\p{L}\p{M}\p{N}]`,
    String.raw`[\p{L}\p{M}\p{N}]\|[-'’\u2010\u2011][\p{L}\p{N}]`,
    String.raw`\p{N}[.,:/–]?\|\p{N}`,
    String.raw`\p{N}\|(?:%|[.,:/–]\p{N})`,
    String.raw`(?<![\p{L}\p{M}\p{N}])[-−]\|\p{N}`,
    String.raw`[\ud800-\udbff]\|[\udc00-\udfff]`,
  ].join("|"),
  "u",
);

/** Whether a word or a number goes on across this position. Words of two paragraphs may meet at a seam. */
function isWithin(text: string, at: number, seams?: ReadonlySet<number>): boolean {
  return !seams?.has(at) && WITHIN.test(`${text.slice(Math.max(0, at - 4), at)}|${text.slice(at, at + 4)}`);
}
