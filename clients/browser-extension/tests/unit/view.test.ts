import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim, Report } from "../../src/api/report.js";
import { reportView, type Acts } from "../../src/panel/view.js";
import { open } from "./dom.js";

const NOTHING = () => undefined;
const ACTS: Acts = {
  showClaim: NOTHING,
  showQuote: NOTHING,
  toggleMarks: NOTHING,
  openReport: NOTHING,
  again: NOTHING,
  options: NOTHING,
  allow: NOTHING,
};

const CLAIM: Claim = {
  id: "c1",
  text: "The dam at Varn is unsafe",
  spans: [[0, 25]],
  headline: true,
  own_witness: false,
  attribution_ids: [],
  disputed_by: [],
  states: [],
  lookup_cut: false,
  articles: ["art_1"],
  reports: ["art_1"],
  origins: null,
  stakes: [],
  flags: [],
  not_assessable: [],
};

const REPORT: Report = {
  id: "art_1",
  title: "Dam",
  publisher: null,
  byline: null,
  published_at: null,
  truncated: null,
  reason: null,
  claims: [CLAIM],
  sources: [],
  attributions: [],
  text: "The dam at Varn is unsafe.",
  labels: {},
  mentioned: {},
};

function shown(report: Report, outcome: "found" | "missing" = "found"): string {
  const document = open("<main></main>");
  document.body.append(...reportView(report, { outcomes: { c1: outcome }, quotes: {}, marked: true }, ACTS));
  return document.body.textContent ?? "";
}

test("an earlier version of an article says which one counts in its place", () => {
  assert.match(
    shown({ ...REPORT, replaced_by: "art_2" }),
    /an earlier version of the article\. The one that counts is art_2: look there for stakes and flags\./,
  );
});

test("what counts itself, and what a server says nothing of, is no earlier version", () => {
  for (const report of [REPORT, { ...REPORT, replaced_by: null }]) assert.doesNotMatch(shown(report), /earlier version/);
});

test("a claim whose words the page does not hold is listed, and said to be so", () => {
  assert.match(shown(REPORT, "missing"), /Not found on the page/);
  assert.doesNotMatch(shown(REPORT), /Not found on the page/);
});
