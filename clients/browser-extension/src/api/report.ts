/** What the panel reads of a report of the API (`Report` in its OpenAPI document). Spans count code points. */

import type { Level } from "../messages.js";

export type Span = [start: number, end: number];

export interface Evidence {
  article_id: string;
  start: number;
  end: number;
  exact: string;
  prefix: string;
  suffix: string;
  shows: string;
}

export interface Entry {
  actor_id: string;
  source_url: string;
  date: string;
  entered_by: string;
}

export interface Flag {
  code: string;
  level: Exclude<Level, "plain">;
  reason: string;
  evidence: Evidence[];
  entries: Entry[];
}

export interface Stake {
  source_id: string;
  source_name: string;
  level: "none" | "possible" | "likely" | "stated";
  types: string[];
  reason: string;
  against_interest: boolean;
  alleged_by: string | null;
  evidence: Evidence[];
  entries: Entry[];
}

export interface OriginCount {
  low: number;
  best: number;
  high: number;
  partial: string | null;
  not_assessable: string | null;
}

export interface Claim {
  id: string;
  text: string;
  spans: Span[];
  headline: boolean;
  own_witness: boolean;
  attribution_ids: string[];
  disputed_by: string[];
  states: { state: string }[];
  lookup_cut: boolean;
  articles: string[];
  reports: string[];
  origins: OriginCount | null;
  stakes: Stake[];
  flags: Flag[];
  not_assessable: { code: string; reason: string }[];
}

export interface Source {
  id: string;
  name: string;
  kind: string;
  role: string | null;
  affiliations: { name: string }[];
  anonymity: { reason: string | null } | null;
  speaks_from: { name: string } | null;
}

export interface Report {
  id: string;
  title: string | null;
  publisher: string | null;
  byline: string | null;
  published_at: string | null;
  truncated: string | null;
  reason: string | null;
  /** The version that counts in its place; older servers do not say. */
  replaced_by?: string | null;
  claims: Claim[];
  sources: Source[];
  attributions: { id: string; source_id: string | null; other_source_ids?: string[] }[];
  text: string;
  labels: Record<string, string>;
  mentioned: Record<string, { title: string | null; url: string | null }>;
}
