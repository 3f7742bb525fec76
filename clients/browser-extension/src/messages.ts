/** What the parts of the extension say to each other. */

import type { Quote } from "./anchoring/quote.js";

export type Level = "warning" | "caution" | "note" | "plain";

/** A claim to be marked on the page: where it stands in pieces, and what the note beside it says. */
export interface Mark {
  id: string;
  level: Level;
  title: string;
  lines: string[];
  pieces: Quote[];
}

/** Whether all of a mark was found on the page, and in the very words that were read. */
export type Outcome = "found" | "changed" | "partly" | "missing";

export type Outcomes = Record<string, Outcome>;

/** From the panel to the page. */
export type ToPage =
  | { type: "snapshot" }
  | { type: "mark"; marks: Mark[] }
  | { type: "locate"; quotes: Quote[] }
  | { type: "show"; id: string }
  | { type: "show-quote"; quote: Quote }
  | { type: "clear" };

/** From the page to the panel. */
export type FromPage = { type: "outcomes"; outcomes: Outcomes } | { type: "chosen"; id: string };

/** From the service worker to the panel of a tab: its icon was clicked. */
export interface Clicked {
  type: "clicked";
  tabId: number;
}

/** The name of the connection that tells the page how long its panel is open. */
export const PANEL_PORT = "panel";
