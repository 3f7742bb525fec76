/**
 * Whether two wordings say the same, as far as that shows without understanding them: word for word, but for what
 * cannot change what is said. That is little. An adverb more makes hearsay of a fact, another ending makes one of many,
 * and one other letter makes "deported" of "reported" and a billion of a million.
 */

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\ufffd]/gu;

/** Numbers with their sign and all that is within them, words, hyphens within words, and signs that are read aloud. */
const TOKEN = new RegExp(
  [
    String.raw`(?<![\p{L}\p{M}\p{N}])[-+]?\p{N}+(?:[.,:/-]\p{N}+)*`,
    String.raw`\p{N}+(?:[.,:/-]\p{N}+)*`,
    String.raw`[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*`,
    String.raw`(?<=[\p{L}\p{M}\p{N}])-(?=[\p{L}\p{N}])`,
    String.raw`[\p{Sc}\p{Sm}\p{So}%‰&@#§?]`,
  ].join("|"),
  "gu",
);

const LETTERS = /^[\p{L}\p{M}']+$/u;

const ARTICLE = /^(?:the|an?)$/i;

/** Before these an article counts: few survived, a few survived. */
const AMOUNT = /^(?:few|fewer|little|less|least|more|most|many)$/i;

/** In capitals throughout: the US is not us. */
const INITIALS = /^\p{Lu}{2,}$/u;

/**
 * British and American spellings. With three letters before them no two words become one, as poured and pored would;
 * names are as they are spelt.
 */
const SPELLINGS: readonly [RegExp, string][] = [
  [/(?<=^\p{Ll}{3,})our(?=s?$|ed$|ing$|able$|hood|ite)/u, "or"],
  [/(?<=^\p{Ll}{3,}[iy])z(?=e|ing|ation)/u, "s"],
  [/(?<=^\p{Ll}{3,})ll(?=ed$|ing$|[eo]rs?$)/u, "l"],
];

/** Whether they differ in no more than punctuation, spaces, capitals, articles and British or American spelling. */
export function sameWords(one: string, other: string): boolean {
  const [left, right] = [tokens(one), tokens(other)];
  let at = 0;
  let there = 0;
  while (at < left.length || there < right.length) {
    const pair = joined(left, at, right, there);
    if (pair) [at, there] = pair;
    else if (mayLack(left, at)) {
      if (mayLack(right, there)) there += 1;
      at += 1;
    } else if (mayLack(right, there)) there += 1;
    else return false;
  }
  return true;
}

function tokens(text: string): string[] {
  const plain = text
    .replace(UNSEEN, "")
    .normalize()
    .replace(/[\u2018\u2019\u201b\u2032`]/g, "'")
    .replace(/[\u2010\u2011\u2212]/g, "-")
    .replace(/(?<!\p{L})\u2013(?=\p{N})/gu, "-");
  return plain.match(TOKEN) ?? [];
}

/** Where the texts go on after one word that is the same; a space within it makes no difference. */
function joined(left: readonly string[], at: number, right: readonly string[], there: number) {
  let [one, other] = [left[at] ?? "", right[there] ?? ""];
  if (same(one, other)) return [at + 1, there + 1] as const;
  while (one !== other) {
    const begun =
      one.length < other.length ? other.startsWith(one) : one.length > other.length && one.startsWith(other);
    const next = (one.length < other.length ? left[++at] : right[++there]) ?? "";
    if (!begun || ![one, other, next].every((part) => LETTERS.test(part))) return undefined;
    if (one.length < other.length) one += next;
    else other += next;
  }
  return [at + 1, there + 1] as const;
}

function same(one: string, other: string): boolean {
  if (one === other) return true;
  if (INITIALS.test(one) || INITIALS.test(other)) return false;
  return one.toLowerCase() === other.toLowerCase() || spelt(one) === spelt(other);
}

function spelt(word: string): string {
  return SPELLINGS.reduce((found, [spelling, plain]) => found.replace(spelling, plain), word);
}

/** Whether what stands here may as well not: a hyphen, or an article. A capital A within a sentence is a name's. */
function mayLack(found: readonly string[], at: number): boolean {
  const here = found[at] ?? "";
  return here === "-" || (ARTICLE.test(here) && (here !== "A" || !at) && !AMOUNT.test(found[at + 1] ?? ""));
}
