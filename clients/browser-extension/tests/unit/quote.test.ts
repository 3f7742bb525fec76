import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fold } from "../../src/anchoring/fold.js";
import { find, findAll, pageOf, type Quote } from "../../src/anchoring/quote.js";

const ARTICLE = [
  "😀 The Jorrel Front and the Vesker Brigades have formed an alliance, three members of the council said on Monday.",
  "The council members said commanders of the two groups had sealed the pact on Thursday in the village of Yarmesh.",
  "Another said the allies could put about 9,000 fighters into the field between them.",
  "𝔄 spokesman for the Brigades could not be reached. The pact was sealed in secret.",
].join("\n\n");

function quoteOf(words: string, text = ARTICLE, from = 0): Quote {
  const start = text.indexOf(words, from);
  assert.ok(start >= 0, words);
  const end = start + words.length;
  return {
    exact: words,
    prefix: text.slice(Math.max(0, start - 32), start),
    suffix: text.slice(end, end + 32),
    position: fold(text.slice(0, start)).text.length,
  };
}

function words(page: string, quote: Quote): string | undefined {
  const found = find(pageOf(page), quote);
  return found && page.slice(found.start, found.end);
}

const PACT = "commanders of the two groups had sealed the pact on Thursday in the village of Yarmesh";

test("any words of an article are found on a page that is laid out in another way, exactly", () => {
  const page = `Menu\n Home News ${ARTICLE.replaceAll(" ", "\n\u00a0 ").replaceAll("pact", "pa\u00adct")} Read next`;
  const spaced = (text: string) => text.replace(/[\s\u00ad]+/gu, "");
  fc.assert(
    fc.property(fc.nat(ARTICLE.length - 60), fc.integer({ min: 30, max: 200 }), (from, length) => {
      const exact = ARTICLE.slice(from, from + length).trim();
      fc.pre(exact.isWellFormed());
      const found = words(page, quoteOf(exact, ARTICLE, from));
      assert.equal(found && spaced(found), spaced(exact));
      assert.equal(found, found?.trim());
    }),
  );
});

test("of words that stand there twice those with the quotation's surroundings are found", () => {
  const page = "First, the mill was sold on Monday. Later, the mill was sold again, at a loss.";
  const second = quoteOf("the mill was sold", page, 20);
  assert.equal(find(pageOf(page), second)?.start, page.lastIndexOf("the mill was sold"));
});

test("of words with the same surroundings those nearest to where the article has them are found", () => {
  const line = "He said the mill was sold. ";
  const text = `The bridge at Tavery fell. ${line.repeat(3)}Nobody was hurt there at all.`;
  const page = `Home ${text}`;
  const starts = [...text.matchAll(/the mill was sold/g)].map((match) => match.index);
  const quotes = [
    quoteOf("The bridge at Tavery fell", text),
    ...starts.map((start) => quoteOf("the mill was sold", text, start)),
  ];
  const found = findAll(pageOf(page), quotes).slice(1);
  assert.deepEqual(
    found.map((each) => each?.start),
    starts.map((start) => start + "Home ".length),
  );
});

for (const [read, shown] of [
  ["NFC", "NFD"],
  ["NFD", "NFC"],
] as const) {
  test(`words that were read in ${read} are found on a page in ${shown}, with their accents`, () => {
    const text = "Élodie Ng said that the café at São Tomé, “Chez René”, had closed. It is called René now.";
    const claim = "the café at São Tomé, “Chez René".normalize(read);
    const page = text.normalize(shown);
    const quote = quoteOf(claim, text.normalize(read));
    assert.equal(words(page, quote), claim.normalize(shown));
    assert.equal(find(pageOf(page), quote)?.changed, false);
  });
}

test("edited words are found, and said to be edited, where no word is another one", () => {
  const page = ARTICLE.replace("had sealed the pact on Thursday", "had, on Thursday, sealed a pact");
  assert.equal(find(pageOf(page), quoteOf(PACT)), undefined);
  const plain = ARTICLE.replace("had sealed the pact on Thursday", "had sealed a pact – on Thursday –");
  const found = find(pageOf(plain), quoteOf(PACT));
  assert.equal(found?.changed, true);
  assert.equal(
    plain.slice(found?.start, found?.end),
    "commanders of the two groups had sealed a pact – on Thursday – in the village of Yarmesh",
  );
});

test("edited words begin and end where words do", () => {
  const page = ARTICLE.replace("said commanders of the two", "said the Commanders of two").replace(
    "Yarmesh.",
    "Yarmesh, it said.",
  );
  assert.match(words(page, quoteOf(PACT)) ?? "", /^(?:the )?Commanders of two groups .* Yarmesh$/);
});

for (const [what, from, to] of [
  ["a number", "9,000", "19,000"],
  ["a number in letters", "two groups", "six groups"],
  ["a name", "Yarmesh", "Yarmouth"],
  ["a day", "Thursday", "Tuesday"],
  ["a negation", "could put", "could not put"],
  ["what was done", "sealed", "hailed"],
  ["how sure it is", "had sealed", "had reportedly sealed"],
  ["who did it", "commanders of", "opponents of"],
  ["how many did it", "commanders of", "commander of"],
  ["whether it may be", "could put", "would put"],
] as const) {
  test(`words in which ${what} has changed are not found: they say something else`, () => {
    const page = ARTICLE.replace(from, to);
    const exact = [PACT, "the allies could put about 9,000 fighters into the field between them"].find((line) =>
      line.includes(from),
    );
    assert.equal(find(pageOf(page), quoteOf(exact!)), undefined);
  });
}

for (const [exact, page] of [
  ["9,000 fighters", "They have 19,000 fighters now."],
  ["9 million fighters", "They have 1.9 million fighters now."],
  ["5 degrees", "It had -5 degrees."],
  ["They have 5", "They have 5.5 of them."],
  ["They have 5", "They have 5% of them."],
  ["three fighters", "They have thirty-three fighters now."],
  ["legal pacts", "They have illegal pacts."],
  ["They have a pact", "They have a pact's wording."],
  ["the cafe", "They had the café."],
  ["the cafe", "They had the cafe\u0301."],
] as const) {
  test(`"${exact}" does not stand in "${page}"`, () => {
    assert.equal(words(page, { exact, prefix: "", suffix: "" }), undefined);
  });
}

test("words that are cut out of a word or stand after a dash are found in it", () => {
  assert.equal(words("the US-backed side", { exact: "backed side", prefix: "the US-", suffix: "." }), "backed side");
  assert.equal(words("a pact—three men say", { exact: "three men", prefix: "a pact, ", suffix: "" }), "three men");
  assert.equal(words("the men’s pact", { exact: "the men", prefix: "", suffix: "'s pact" }), "the men");
});

test("when a sentence is gone its lookalike elsewhere is not taken for it", () => {
  const text =
    "Intro here today. The north team said that the new plan had cut the waiting time by twelve percent in all regions. Something follows it.";
  const page =
    "Other words begin the page entirely. The south team said that the new plan had cut the waiting time by twelve percent in all regions! Then a different ending.";
  const gone = quoteOf(
    "The north team said that the new plan had cut the waiting time by twelve percent in all regions",
    text,
  );
  assert.equal(find(pageOf(page), gone), undefined);
});

test("a few words are only taken literally", () => {
  assert.equal(words("the counsel said so", { exact: "the council", prefix: "", suffix: " said so" }), undefined);
  assert.equal(words("the council said so", { exact: "the council", prefix: "", suffix: " said so" }), "the council");
});

test("words that the page does not have are not found, and nor is nothing", () => {
  assert.equal(find(pageOf("Quite another page."), quoteOf(PACT)), undefined);
  assert.equal(find(pageOf(ARTICLE), { exact: " ", prefix: "", suffix: "" }), undefined);
  assert.equal(find(pageOf(""), quoteOf(PACT)), undefined);
});

test("whatever is found lies within the page and is not empty", () => {
  const unit = fc.constantFrom("a", "b", " ", "😀", "é", "\u00ad", "”");
  fc.assert(
    fc.property(
      fc.string({ unit }),
      fc.string({ unit }),
      fc.string({ unit }),
      fc.string({ unit }),
      (page, exact, prefix, suffix) => {
        const found = find(pageOf(page), { exact, prefix, suffix, position: 3 }, 2);
        if (!found) return;
        assert.ok(0 <= found.start && found.start < found.end && found.end <= page.length);
        if (!found.changed) assert.equal(fold(page.slice(found.start, found.end)).text, fold(exact).text);
      },
    ),
  );
});

test("a long page with many edited quotations is done within four seconds", () => {
  const page = pageOf(Array.from({ length: 400 }, (_, n) => ARTICLE.replace("9,000", String(n))).join("\n"));
  const quotes = Array.from({ length: 40 }, () => ({
    ...quoteOf(PACT),
    exact: PACT.replace("sealed the", "sealed a"),
  }));
  const begun = performance.now();
  findAll(page, quotes);
  assert.ok(performance.now() - begun < 4000, `${performance.now() - begun} ms`);
});
