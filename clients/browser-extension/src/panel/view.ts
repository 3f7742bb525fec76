/** The panel's views: a report with its claims, and what stands in the way of one. Made of elements and text alone. */

import { levelOf, Quotes } from "../api/marks-of.js";
import {
  around, capital, carriers, day, disputers, earlier, flagName, gaps, labelOf, levelName, listed, noClaims, oneLine,
  originsOf, quotation, stake, stateName,
} from "../api/phrases.js"; // prettier-ignore
import type { Claim, Entry, Evidence, Flag, Report, Stake } from "../api/report.js";
import type { Trouble } from "../api/trouble.js";
import { button, foreign, make } from "../elements.js";
import type { Quote } from "../anchoring/quote.js";
import type { Outcome, Outcomes } from "../messages.js";

/** What a reader may do in the panel. */
export interface Acts {
  showClaim(id: string): void;
  showQuote(quote: Quote): void;
  toggleMarks(): void;
  openReport(): void;
  again(): void;
  options(): void;
  allow(): void;
}

/** What is known of a report's words on the page. `quotes`: those of evidence that stand there, by start and end. */
export interface OnPage {
  outcomes: Outcomes;
  quotes: Record<string, boolean>;
  marked: boolean;
}

/** Passages of one flag that are shown. */
const MOST_PASSAGES = 8;

export const keyOf = (evidence: Evidence): string => `${evidence.start}-${evidence.end}`;

/** All evidence that stands in this article, each passage once. */
export function evidenceHere(report: Report): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const claim of report.claims) {
    for (const holder of [...claim.flags, ...claim.stakes]) {
      for (const evidence of holder.evidence)
        if (evidence.article_id === report.id) found.set(keyOf(evidence), evidence);
    }
  }
  return [...found.values()];
}

export function troubleView(trouble: Trouble, acts: Acts): HTMLElement {
  const view = make("section", { class: "trouble", "data-kind": trouble.kind }, make("h1", {}, trouble.title));
  view.append(make("p", {}, foreign(oneLine(trouble.message))));
  if (trouble.remedy === "options") view.append(button("Open the options", acts.options, "main"));
  if (trouble.remedy === "allow") view.append(button("Allow this server", acts.allow, "main"));
  if (trouble.remedy === "retry") view.append(retry(trouble.wait, acts));
  return view;
}

/** A button that can be pressed once the time that the server asked for has passed. */
function retry(wait: number | undefined, acts: Acts): HTMLButtonElement {
  const made = button("Try again", acts.again, "main");
  let left = wait ?? 0;
  const show = () => {
    made.disabled = left > 0;
    made.textContent = left > 0 ? `Try again in ${duration(left)}` : "Try again";
  };
  show();
  if (left > 0) {
    const timer = setInterval(() => {
      left -= 1;
      show();
      if (left <= 0 || !made.isConnected) clearInterval(timer);
    }, 1000);
  }
  return made;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3600)} hours`;
}

export function reportView(report: Report, onPage: OnPage, acts: Acts): Node[] {
  const quotes = new Quotes(report);
  const headline = report.claims.find((claim) => claim.headline) ?? report.claims[0];
  const others = report.claims.filter((claim) => claim !== headline);
  const grave = others.filter((claim) => claim.flags.some((flag) => flag.level !== "note"));
  const rest = others.filter((claim) => !grave.includes(claim));
  const context = { report, onPage, acts, quotes };
  return [
    heading(report, onPage, acts),
    ...(headline ? [claimCard(headline, context, "h2")] : [nothing(report)]),
    ...lost(context),
    ...section(
      "Other claims to look at",
      grave.map((claim) => claimCard(claim, context, "h3")),
    ),
    ...section(
      "The other claims",
      rest.map((claim) => claimCard(claim, context, "h3")),
    ),
    ...section("Could not be judged", [
      ...(gaps(report).length
        ? [make("ul", { class: "list" }, ...gaps(report).map((gap) => make("li", {}, foreign(gap))))]
        : []),
    ]),
    make(
      "footer",
      {},
      "A source may have a stake in a claim, and the claim may be true. Counts cover the articles that this server was sent, not the world.",
    ),
  ];
}

interface Context {
  report: Report;
  onPage: OnPage;
  acts: Acts;
  quotes: Quotes;
}

function heading(report: Report, onPage: OnPage, acts: Acts): HTMLElement {
  const about = [report.publisher, day(report.published_at), report.byline]
    .map((part) => oneLine(part ?? ""))
    .filter(Boolean);
  const marks = button(onPage.marked ? "Remove the marks" : "Show the marks", acts.toggleMarks);
  marks.id = "marks";
  return make(
    "header",
    { class: "article" },
    make("h1", {}, foreign(oneLine(report.title ?? "") || "(no title)")),
    about.length > 0 && make("p", { class: "about" }, foreign(about.join(" · "))),
    !!report.replaced_by && make("p", { class: "caveat" }, foreign(earlier(report))),
    !!report.truncated && make("p", { class: "caveat" }, "Only a part was read: ", foreign(oneLine(report.truncated))),
    make(
      "div",
      { class: "bar" },
      report.claims.length > 0 && marks,
      button("Open the full report", acts.openReport),
      button("Check again", acts.again),
    ),
  );
}

function nothing(report: Report): HTMLElement {
  return make(
    "section",
    { class: "trouble", "data-kind": "no-claims" },
    make("h1", {}, "No claims to judge"),
    make("p", {}, foreign(noClaims(report))),
  );
}

/** `level`: that of its heading; those of its flags are one below. */
function claimCard(claim: Claim, context: Context, level: "h2" | "h3"): HTMLElement {
  const { report, onPage, acts } = context;
  const outcome = onPage.outcomes[claim.id];
  const origins = originsOf(claim);
  const disputed = disputers(report, claim);
  const held = claim.stakes.filter((item) => item.level !== "none");
  return make(
    "article",
    { class: `card ${levelOf(claim)}${claim.headline ? " headline" : ""}`, id: `claim-${claim.id}` },
    make(level, { class: "kicker" }, claim.headline ? "Headline claim" : "Claim"),
    words(quotation(claim.text), outcome !== "missing" && onPage.marked, () => acts.showClaim(claim.id), "claim"),
    standing(outcome),
    make(
      "dl",
      { class: "questions" },
      ...question("Says who?", make("p", {}, foreign(`${capital(carriers(report, claim))}.`))),
      ...question(
        "Who else?",
        origins &&
          make(
            "div",
            { class: "origins" },
            make("b", {}, origins.number),
            make("span", {}, origins.noun),
            !!origins.range && make("span", { class: "range" }, origins.range),
          ),
        ...around(report, claim).map((line) => make("p", { class: "soft" }, foreign(line))),
        disputed.length > 0 &&
          make("p", { class: "soft" }, foreign(`Disputed in this article by ${listed(disputed)}.`)),
        ...claim.states.map((state) => make("p", { class: "soft" }, `${capital(stateName(state.state))}.`)),
      ),
      ...(held.length ? question("What is it to them?", ...held.map((item) => stakeView(item, context))) : []),
    ),
    claim.flags.length > 0 &&
      make(
        "div",
        { class: "flags" },
        ...claim.flags.map((flag) => flagView(flag, context, level === "h2" ? "h3" : "h4")),
      ),
  );
}

function question(name: string, ...answers: (Node | undefined | false)[]): HTMLElement[] {
  return [make("div", {}, make("dt", { class: "kicker" }, name), make("dd", {}, ...answers))];
}

function standing(outcome: Outcome | undefined): HTMLElement | undefined {
  if (outcome === "changed")
    return make("p", { class: "off" }, "The page has it in slightly other words than were read.");
  if (outcome === "partly") return make("p", { class: "off" }, "Only a part of these words was found on the page.");
  if (outcome === "missing") return make("p", { class: "off" }, "These words were not found on the page.");
  return undefined;
}

function stakeView(held: Stake, context: Context): HTMLElement {
  const alleged = held.alleged_by ? ` Alleged by ${oneLine(held.alleged_by)}.` : "";
  const against = held.against_interest ? " They speak against their own interest, which makes it more credible." : "";
  const reason = held.reason ? ` ${capital(oneLine(held.reason)).replace(/\.$/, "")}.` : "";
  return make(
    "div",
    { class: "stake" },
    make("p", {}, foreign(`${capital(oneLine(held.source_name))}: ${stake(held)}.${reason}${alleged}${against}`)),
    passages(held.evidence, held.entries, context),
  );
}

function flagView(flag: Flag, context: Context, heading: "h3" | "h4"): HTMLElement {
  return make(
    "section",
    { class: `flag ${flag.level}`, "data-code": flag.code },
    make(
      heading,
      {},
      make("span", { class: `level ${flag.level}` }, levelName(flag.level)),
      capital(flagName(flag.code)),
    ),
    make("p", {}, foreign(oneLine(flag.reason))),
    passages(flag.evidence, flag.entries, context),
  );
}

/** The words that show it, folded: those of this page can be shown there, those of other articles say where they are. */
function passages(evidence: readonly Evidence[], entries: readonly Entry[], context: Context): HTMLElement | undefined {
  const unique = [
    ...new Map(evidence.map((item) => [`${item.article_id} ${keyOf(item)} ${item.shows}`, item])).values(),
  ];
  const count = unique.length + entries.length;
  if (!count) return undefined;
  const items = unique.slice(0, MOST_PASSAGES).map((item) => passage(item, context));
  const left = unique.length - items.length;
  return make(
    "details",
    {},
    make("summary", {}, count === 1 ? "The words that show it" : `The ${count} passages that show it`),
    make(
      "ul",
      { class: "passages" },
      ...items,
      ...entries.map((entry) =>
        make(
          "li",
          {},
          foreign(
            `The register: ${oneLine(entry.actor_id)}, entered ${oneLine(entry.date)} by ${oneLine(entry.entered_by)}`,
          ),
        ),
      ),
      left > 0 && make("li", { class: "soft" }, `and ${left} more, in the full report`),
    ),
  );
}

function passage(evidence: Evidence, { report, onPage, acts, quotes }: Context): HTMLElement {
  const shows = evidence.shows
    ? make("span", { class: "shows" }, foreign(capital(oneLine(evidence.shows))))
    : undefined;
  if (evidence.article_id !== report.id) {
    const where = make("span", { class: "soft" }, " ", foreign(`(${labelOf(report, evidence.article_id)})`));
    return make("li", {}, shows, make("q", {}, foreign(quotation(evidence.exact))), where);
  }
  const there = onPage.quotes[keyOf(evidence)] !== false;
  return make(
    "li",
    {},
    shows,
    words(quotation(evidence.exact), there, () => acts.showQuote(quotes.ofEvidence(evidence))),
    !there && make("span", { class: "off" }, "Not found on the page."),
  );
}

/** Words that lead to their place on the page, where they have one. */
function words(text: string, there: boolean, act: () => void, kind = ""): HTMLElement {
  const quote = make("q", {}, foreign(text));
  if (!there) return make("p", { class: `words lost ${kind}` }, quote);
  const made = button("", act, `words ${kind}`);
  made.title = "Show these words on the page";
  made.append(quote);
  return made;
}

/** Claims and evidence that the page does not hold (any more), listed rather than dropped. */
function lost({ report, onPage }: Context): HTMLElement[] {
  const claims = report.claims.filter((claim) => ["missing", "partly"].includes(onPage.outcomes[claim.id] ?? ""));
  const evidence = evidenceHere(report).filter((item) => onPage.quotes[keyOf(item)] === false);
  const items = [
    ...claims.map((claim) => [
      onPage.outcomes[claim.id] === "partly" ? "Claim, found in part: " : "Claim: ",
      claim.text,
    ]),
    ...evidence.map((item) => ["Evidence: ", item.exact]),
  ];
  if (!items.length) return [];
  const list = items.map(([kind, text]) => make("li", {}, kind!, foreign(quotation(text!))));
  return section("Not found on the page", [
    make(
      "p",
      { class: "soft" },
      "The server read these words, but the page does not show them, or no longer in these words.",
    ),
    make("ul", { class: "list lost-list" }, ...list),
  ]);
}

function section(title: string, children: readonly Node[]): HTMLElement[] {
  return children.length ? [make("section", { class: "more" }, make("h2", {}, title), ...children)] : [];
}
