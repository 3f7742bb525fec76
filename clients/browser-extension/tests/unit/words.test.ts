import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sameWords } from "../../src/anchoring/words.js";

for (const [what, one, other] of [
  ["marks", "three, he said, were “killed” – by the army", "three he said were 'killed', by the army"],
  ["a hyphen", "a long-term pact", "a long term pact"],
  ["spaces", "one line another line", "one lineanother line"],
  ["a soft hyphen", "the pact of Yarmesh", "the pa\u00adct of Yarmesh"],
  ["a capital", "the President said", "the president said"],
  ["an article", "commanders sealed the pact", "the commanders sealed a pact"],
  ["an article at the beginning", "A spokesman said so", "Spokesman said so"],
  ["an accent's form", "the café was sold", "the cafe\u0301 was sold"],
  ["British spelling", "neighbours organised travelling labour", "neighbors organized traveling labor"],
  ["full stops", "the U.S. army", "the US army"],
  ["a dash between numbers", "5–10 people", "5-10 people"],
] as const) {
  test(`${what} is no difference in words`, () => {
    assert.ok(sameWords(one, other));
    assert.ok(sameWords(other, one));
  });
}

for (const [one, other] of [
  ["at least three people", "at least seven people"],
  ["three people were killed", "three people were hurt"],
  ["a million people", "a billion people"],
  ["the men were reported", "the men were deported"],
  ["the county was warned", "the country was warned"],
  ["three were wounded", "three were founded"],
  ["the rebels attacked", "the rebel attacked"],
  ["he confirmed that", "he denied that"],
  ["by the army", "by the rebels"],
  ["will be sold", "would be sold"],
  ["it was sold", "it was reportedly sold"],
  ["it was sold", "it was not sold"],
  ["it is legal", "it is illegal"],
  ["they resigned on Monday", "they re-signed on Monday"],
  ["few people survived", "a few people survived"],
  ["the Labour party", "the Labor party"],
  ["it told us of it", "it told US of it"],
  ["hepatitis A was found", "hepatitis was found"],
  ["the soldier's house", "the soldiers' house"],
  ["they were there", "they're there"],
  ["9,000 people", "19,000 people"],
  ["9,000 people", "9.000 people"],
  ["1.5 percent", "15 percent"],
  ["9 people", "9% people"],
  ["$9 were paid", "€9 were paid"],
  ["at -5 degrees", "at 5 degrees"],
  ["at −5 degrees", "at 5 degrees"],
  ["from 5-10 people", "from 510 people"],
  ["5 10 people", "510 people"],
  ["it was sold to them", "it was sold to them?"],
  ["The army attacked the rebels", "The rebels attacked the army"],
] as const) {
  test(`"${one}" is not the same as "${other}"`, () => {
    assert.ok(!sameWords(one, other));
    assert.ok(!sameWords(other, one));
  });
}

test("words are the same as themselves, and as themselves without spaces, but not without one of them", () => {
  const word = fc.constantFrom("killed", "three", "Yarmesh", "not", "US", "9,000", "re-sign", "by", "cafe\u0301");
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.nat(), (found, at) => {
      const text = found.join(" ");
      assert.ok(sameWords(text, found.join(", ")));
      assert.ok(sameWords(text.normalize("NFD"), text.normalize("NFC")));
      const without = found.filter((_, index) => index !== at % found.length);
      assert.ok(!sameWords(text, without.join(" ")));
    }),
  );
});
