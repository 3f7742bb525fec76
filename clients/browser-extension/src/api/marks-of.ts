/** From a report to the marks on its page: spans in code points become quotations with what stands around them. */

import { CodePoints } from "../anchoring/code-points.js";
import { fold } from "../anchoring/fold.js";
import type { Quote } from "../anchoring/quote.js";
import type { Level, Mark } from "../messages.js";
import { carriers, counted, flagName, levelName, originsOf } from "./phrases.js";
import type { Claim, Evidence, Report, Span } from "./report.js";

/** Code points before and after a quotation: as many as the API's own selectors have. */
const CONTEXT = 32;

/** Flags that a note on the page names; the panel has all. */
const MOST_FLAGS = 4;

export class Quotes {
  readonly #text: CodePoints;

  constructor(report: Report) {
    this.#text = new CodePoints(report.text);
  }

  of([start, end]: Span): Quote {
    return {
      exact: this.#text.slice(start, end),
      prefix: this.#text.slice(start - CONTEXT, start),
      suffix: this.#text.slice(end, end + CONTEXT),
      position: fold(this.#text.slice(0, start)).text.length,
    };
  }

  ofEvidence(evidence: Evidence): Quote {
    return this.of([evidence.start, evidence.end]);
  }
}

export function marksOf(report: Report): Mark[] {
  const quotes = new Quotes(report);
  return report.claims.map((claim) => ({
    id: claim.id,
    level: levelOf(claim),
    title: titleOf(claim),
    lines: linesOf(report, claim),
    pieces: claim.spans.map((span) => quotes.of(span)),
  }));
}

/** The level of a claim's gravest flag. */
export function levelOf(claim: Claim): Level {
  const levels: readonly Level[] = ["warning", "caution", "note"];
  return levels.find((level) => claim.flags.some((flag) => flag.level === level)) ?? "plain";
}

function titleOf(claim: Claim): string {
  const kind = claim.headline ? "Headline claim" : "Claim";
  const origins = originsOf(claim);
  const count = origins ? `, ${counted(claim.reports.length, "report")}, ${origins.number} ${origins.noun}` : "";
  return `${kind}${count}`;
}

function linesOf(report: Report, claim: Claim): string[] {
  const names = [...new Set(claim.flags.map((flag) => `${levelName(flag.level)}: ${flagName(flag.code)}`))];
  const more = names.length - MOST_FLAGS;
  return [
    `Says who: ${carriers(report, claim)}.`,
    ...names.slice(0, MOST_FLAGS),
    ...(more > 0 ? [`and ${counted(more, "more flag")}`] : []),
  ];
}
