/** Findings in the words in which the API's own summary and page say them (present/phrases.py). */

import wording from "../wording.json";
import type { Claim, Report, Source, Stake } from "./report.js";

const LONGEST_QUOTE = 240;

const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const said = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? plain(code);

export const flagName = (code: string): string => said(wording.flags, code);
export const levelName = (code: string): string => said(wording.levels, code);
export const stateName = (code: string): string => said(wording.states, code);
export const questionOf = (code: string): string => said(wording.questions, code);

/** On one line, without what could turn the words around it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").replace(UNSEEN, "").trim();
}

/** A code as words. */
export function plain(code: string): string {
  return oneLine(code.replaceAll("_", " "));
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Of an earlier version, which one counts in its place; otherwise nothing. */
export function earlier(report: Report): string {
  if (!report.replaced_by) return "";
  return `This is an earlier version of the article. The one that counts is ${oneLine(report.replaced_by)}: look there for stakes and flags.`;
}

/** A count without needless decimals. */
export function number(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}

export function counted(value: number, noun: string): string {
  const shown = number(value);
  return shown === "1" ? `${shown} ${noun}` : `${shown} ${noun}s`;
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Words in quotation marks, once, the middle of long ones left out. */
export function quotation(text: string): string {
  let line = oneLine(text);
  const points = [...line];
  if (points.length > LONGEST_QUOTE) {
    const half = LONGEST_QUOTE / 2;
    line = `${points.slice(0, half).join("").trimEnd()} … ${points.slice(-half).join("").trimStart()}`;
  }
  return /^["“«].*["”»]$/su.test(line) ? line : `“${line}”`;
}

/** The sources who carry a claim, each with what the article tells of them. */
export function carriers(report: Report, claim: Claim): string {
  const { known, unknown } = behind(report, claim.attribution_ids);
  const names = known.map(described);
  if (unknown) names.push("a source that the text does not name");
  if (claim.own_witness) names.push("the newsroom itself, as a witness");
  if (names.length) return names.join("; ");
  return claim.disputed_by.length ? "nobody: it is only disputed here" : "nobody: the article states it as fact";
}

/** Those who deny or doubt it in this article. */
export function disputers(report: Report, claim: Claim): string[] {
  const { known, unknown } = behind(report, claim.disputed_by);
  return [...known.map((source) => oneLine(source.name)), ...(unknown ? ["a source that is not named"] : [])];
}

export interface Reach {
  number: string;
  noun: string;
  /** "between 1 and 2", where it is not certain. */
  range: string;
}

/** The number of origins with its range; undefined where they are not counted. */
export function originsOf(claim: Claim): Reach | undefined {
  const origins = claim.origins;
  if (!origins || origins.not_assessable) return undefined;
  const best = number(origins.best);
  const [low, high] = [number(origins.low), number(origins.high)];
  return {
    number: best,
    noun: best === "1" ? "origin" : "origins",
    range: low === high ? "" : `between ${low} and ${high}`,
  };
}

/** What there is to say beside the number: how many reports, whose, and what the count leaves out. */
export function around(report: Report, claim: Claim): string[] {
  const reported = counted(claim.reports.length, "report");
  const others = claim.articles.filter((id) => !claim.reports.includes(id));
  const found = [claim.reports.length > 1 ? `${reported}: ${places(report, claim.reports)}` : reported];
  if (others.length) found.push(`Denied, doubted or discussed, not reported as its own, by ${places(report, others)}`);
  if (!claim.origins) found.push("Origins not counted yet");
  else if (claim.origins.not_assessable)
    found.push(`Origins cannot be counted: ${oneLine(claim.origins.not_assessable)}`);
  if (claim.origins?.partial) found.push(capital(oneLine(claim.origins.partial)));
  if (claim.lookup_cut) {
    found.push("Older reports may be missing: its words are in too many stories to look through all of them");
  }
  return found.map((line) => `${line.replace(/\.$/, "")}.`);
}

/** How sure a stake is, and of which types. */
export function stake(held: Stake): string {
  const types = held.types.filter((type) => type !== "registered").map(plain);
  return `${said(wording.stakes, held.level)}${types.length ? ` (${types.join(", ")})` : ""}`;
}

/** What to call an article that is named by its id. */
export function labelOf(report: Report, articleId: string): string {
  return oneLine(report.labels[articleId] ?? "another article");
}

export function noClaims(report: Report): string {
  const reason = oneLine(report.reason ?? "No checkable statement was found").replace(/^[a-z]+(?:-[a-z]+)*: /, "");
  return `${capital(reason).replace(/\.$/, "")}.`;
}

/** What the rules could not judge and why, each once, with the number of claims it holds for. */
export function gaps(report: Report): string[] {
  const times = new Map<string, number>();
  for (const claim of report.claims) {
    for (const gap of claim.not_assessable) {
      const line = `${capital(questionOf(gap.code))}: ${oneLine(gap.reason).replace(/\.$/, "")}`;
      times.set(line, (times.get(line) ?? 0) + 1);
    }
  }
  return [...times].map(([line, count]) => `${line} (${counted(count, "claim")}).`);
}

export function day(moment: string | null): string {
  const date = moment ? new Date(moment) : undefined;
  return date && !Number.isNaN(date.valueOf())
    ? date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    : "";
}

function behind(report: Report, attributionIds: readonly string[]): { known: Source[]; unknown: boolean } {
  const sources = new Map(report.sources.map((source) => [source.id, source]));
  const attributions = new Map(report.attributions.map((attribution) => [attribution.id, attribution]));
  const known = new Set<Source>();
  let unknown = false;
  for (const id of attributionIds) {
    const attribution = attributions.get(id);
    if (!attribution) continue;
    const source = sources.get(attribution.source_id ?? "");
    if (source) known.add(source);
    else unknown = true;
    for (const other of attribution.other_source_ids ?? []) {
      const beside = sources.get(other);
      if (beside) known.add(beside);
    }
  }
  return { known: [...known], unknown };
}

function described(source: Source): string {
  const name = oneLine(source.name);
  const notes = source.kind === "named_person" ? [] : [said(wording.kinds, source.kind)];
  if (source.role && !name.includes(source.role)) notes.push(source.role);
  notes.push(...new Set(source.affiliations.map((group) => group.name).filter((group) => !name.includes(group))));
  if (source.speaks_from) notes.push(`speaking from ${source.speaks_from.name}`);
  const reason = source.anonymity?.reason;
  if (reason) notes.push(`name withheld${reason.startsWith("because") ? "" : ":"} ${reason}`);
  return notes.length ? `${name} (${oneLine(notes.join("; "))})` : name;
}

function places(report: Report, articleIds: readonly string[]): string {
  const times = new Map<string, number>();
  for (const id of articleIds) times.set(labelOf(report, id), (times.get(labelOf(report, id)) ?? 0) + 1);
  return listed([...times].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`)));
}
