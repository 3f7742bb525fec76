import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fold } from "../../src/anchoring/fold.js";

test("every folded unit points to where it comes from", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const folded = fold(text);
      assert.equal(folded.at.length, folded.text.length);
      folded.at.forEach((unit, index) => {
        if (index) assert.ok(unit > folded.at[index - 1]!);
        const plain = folded.text[index]!;
        assert.ok(plain === text[unit] || "'\"-".includes(plain), `${plain} of ${text[unit]}`);
      });
    }),
  );
});

test("white space and what cannot be seen make no difference", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" })),
      fc.constantFrom(" ", "\n\n", "\u00a0", "\u00ad", "\u200b", "\ufeff"),
      (words, between) => {
        assert.equal(fold(words.join(between)).text, fold(words.join("")).text);
      },
    ),
  );
});

test("folding twice is folding once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(fold(fold(text).text).text, fold(text).text)),
  );
});

test("typographic and plain quotation marks are the same", () => {
  assert.equal(fold("“It’s a pact,” he said – twice").text, fold('"It\'s a pact," he said - twice').text);
});
