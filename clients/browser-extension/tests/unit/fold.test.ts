import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fold } from "../../src/anchoring/fold.js";

test("every folded unit points to where it comes from", () => {
  const unit = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("e\u0301", "\u0301", "각", "\u2126", "\u0958"));
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const text = parts.join("");
      const folded = fold(text);
      assert.equal(folded.at.length, folded.text.length);
      assert.equal(folded.until.length, folded.text.length);
      folded.at.forEach((at, index) => {
        const until = folded.until[index]!;
        assert.ok(at < until && until <= text.length);
        // One that several units come from, or that comes from several, is the same for all of them.
        const same = at === folded.at[index - 1] && until === folded.until[index - 1];
        if (index && !same) assert.ok(at >= folded.until[index - 1]!);
        const plain = folded.text[index]!;
        const from = text.slice(at, until);
        const alike = from.length === 1 ? plain === from || "'\"-".includes(plain) : false;
        assert.ok(alike || fold(from).text.includes(plain), `${plain} of ${from}`);
      });
    }),
  );
});

test("characters written as several are one, which comes from all of them", () => {
  const folded = fold("Le cafe\u0301 \u1112\u1161\u11ab x\u0331");
  assert.equal(folded.text, "Lecafé한x\u0331");
  assert.deepEqual([...folded.at], [0, 1, 3, 4, 5, 6, 9, 13, 14]);
  assert.deepEqual([...folded.until], [1, 2, 4, 5, 6, 8, 12, 14, 15]);
});

test("a text is the same in whatever form its characters are written", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (words) => {
      const text = words.join(" ");
      assert.equal(fold(text.normalize("NFD")).text, fold(text).text);
      assert.equal(fold(text.normalize("NFC")).text, fold(text).text);
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
