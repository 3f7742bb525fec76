import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CodePoints } from "../../src/anchoring/code-points.js";

/** Text as it comes out of JSON from the API: no lone surrogates, much beyond the Basic Multilingual Plane. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("😀", "𝔄", "👩‍🚒", "🇺🇳", "e\u0301"),
    ),
  )
  .map((parts) => parts.join(""));

test("a slice by code points is the slice of the list of code points", () => {
  fc.assert(
    fc.property(texts, fc.nat(60), fc.nat(60), (text, start, length) => {
      const expected = [...text].slice(start, start + length).join("");
      assert.equal(new CodePoints(text).slice(start, start + length), expected);
    }),
  );
});

test("every code point begins where the ones before it end", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const points = new CodePoints(text);
      let unit = 0;
      [...text].forEach((character, index) => {
        assert.equal(points.toUnits(index), unit);
        unit += character.length;
      });
      assert.equal(points.toUnits(points.length), text.length);
    }),
  );
});

test("the API's own runs of astral code points give the same offsets", () => {
  // present/report.py, Offsets: add one for each code point of these runs before an offset.
  fc.assert(
    fc.property(texts, fc.nat(80), (text, offset) => {
      const astral = [...text].flatMap((character, index) => (character.codePointAt(0)! > 0xffff ? [index] : []));
      const inside = Math.min(offset, [...text].length);
      assert.equal(new CodePoints(text).toUnits(offset), inside + astral.filter((point) => point < inside).length);
    }),
  );
});

test("no slice splits a surrogate pair", () => {
  fc.assert(
    fc.property(texts, fc.nat(60), fc.nat(60), (text, start, length) => {
      assert.ok(new CodePoints(text).slice(start, start + length).isWellFormed());
    }),
  );
});

test("offsets beyond the ends are taken as the ends", () => {
  const points = new CodePoints("a😀b");
  assert.equal(points.slice(-5, 2), "a😀");
  assert.equal(points.slice(1, 99), "😀b");
  assert.equal(points.length, 3);
});
