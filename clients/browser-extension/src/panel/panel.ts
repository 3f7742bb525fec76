/** The side panel of one tab: has the page read, asks the server, marks the page and shows what was found. */

import { Client } from "../api/client.js";
import { marksOf, Quotes } from "../api/marks-of.js";
import type { Report } from "../api/report.js";
import { noPermission, noSettings, Trouble, unreadablePage } from "../api/trouble.js";
import { takeClick } from "../clicks.js";
import { byId, button, make } from "../elements.js";
import { PANEL_PORT, type Clicked, type FromPage, type Outcomes, type ToPage } from "../messages.js";
import type { Snapshot } from "../page/snapshot.js";
import { load, permissionOf, type Settings } from "../settings.js";
import { evidenceHere, keyOf, reportView, troubleView, type Acts, type OnPage } from "./view.js";

const tabId = Number(new URLSearchParams(location.search).get("tab"));
const status = byId("status");
const content = byId("content");

let busy = false;
/** Whether the tab has gone on since its page was read: to another page, or to another address of the same. */
let moved = false;
/** Whether a check was asked for since then. */
let askedAnew = false;
let report: Report | undefined;
let onPage: OnPage = { outcomes: {}, quotes: {}, marked: false };

const acts: Acts = {
  showClaim: (id) => void ask({ type: "show", id }).catch(() => undefined),
  showQuote: (quote) => void ask({ type: "show-quote", quote }).catch(() => undefined),
  toggleMarks: () => void toggle(),
  openReport: () => void openReport(),
  again: () => void check(),
  options: () => void chrome.runtime.openOptionsPage(),
  allow: () => void allow(),
};

async function check(): Promise<void> {
  if (busy) {
    // Of the page that is being read the report is under way.
    askedAnew ||= moved;
    return;
  }
  busy = true;
  try {
    do {
      moved = askedAnew = false;
      await checkOnce();
    } while (askedAnew);
  } finally {
    busy = false;
  }
}

async function checkOnce(): Promise<void> {
  try {
    say("Reading the page …", true);
    const settings = await ready();
    const page = await readPage();
    say("Waiting for the server …", true);
    report = await new Client(settings).submit({ html: page.html, url: page.url });
    await mark();
    say("");
    if (moved && !isOnPage(report)) {
      // So that no mark comes up once the page has its words again.
      void ask({ type: "clear" }).catch(() => undefined);
      leave();
    } else draw();
  } catch (error) {
    report = undefined;
    const trouble =
      error instanceof Trouble ? error : new Trouble("bug", "Something went wrong here", String(error), "retry");
    const left = moved && !(await answers());
    say("");
    if (left) leave();
    else content.replaceChildren(troubleView(trouble, acts));
  }
}

/** The settings, once the server that they name may be called. */
async function ready(): Promise<Settings> {
  const settings = await load();
  if (!settings) throw noSettings();
  if (!(await chrome.permissions.contains(permissionOf(settings.server)))) throw noPermission(settings.server);
  return settings;
}

async function readPage(): Promise<Snapshot> {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, files: ["page/content.js"] });
    moved = askedAnew = false;
    return (await ask({ type: "snapshot" })) as Snapshot;
  } catch {
    throw unreadablePage();
  }
}

async function mark(): Promise<void> {
  if (!report) return;
  try {
    // So that the page knows when this panel is closed.
    chrome.tabs.connect(tabId, { name: PANEL_PORT, frameId: 0 });
    const outcomes = (await ask({ type: "mark", marks: marksOf(report) })) as Outcomes;
    onPage = { outcomes, quotes: await located(report), marked: true };
  } catch {
    // The page has gone on while the server read it: the report is as good as before.
    onPage = { outcomes: {}, quotes: {}, marked: false };
  }
}

/** Whether each passage of evidence stands on the page. */
async function located(of: Report): Promise<Record<string, boolean>> {
  const quotes = new Quotes(of);
  const evidence = evidenceHere(of);
  const there = (await ask({ type: "locate", quotes: evidence.map((item) => quotes.ofEvidence(item)) })) as boolean[];
  return Object.fromEntries(evidence.map((item, index) => [keyOf(item), there[index] ?? false]));
}

/** Whether a report that was just marked has words on the page; of one without claims, whether the page answers. */
function isOnPage(of: Report): boolean {
  const outcomes = Object.values(onPage.outcomes);
  return onPage.marked && (!of.claims.length || outcomes.some((outcome) => outcome !== "missing"));
}

/** Whether the page that was read is still there to be asked. */
function answers(): Promise<boolean> {
  return ask({ type: "locate", quotes: [] }).then(
    () => true,
    () => false,
  );
}

/** The page has changed under its marks. */
async function update(outcomes: Outcomes): Promise<void> {
  if (!report || !onPage.marked) return;
  const same = JSON.stringify(outcomes) === JSON.stringify(onPage.outcomes);
  onPage = { ...onPage, outcomes, quotes: await located(report).catch(() => onPage.quotes) };
  if (!same) draw();
}

async function toggle(): Promise<void> {
  if (onPage.marked) {
    await ask({ type: "clear" }).catch(() => undefined);
    onPage = { ...onPage, marked: false };
  } else {
    await mark();
  }
  draw();
  document.getElementById("marks")?.focus();
}

function draw(): void {
  if (report) content.replaceChildren(...reportView(report, onPage, acts));
}

async function openReport(): Promise<void> {
  if (report)
    await chrome.tabs.create({
      url: chrome.runtime.getURL(`report/report.html?article=${encodeURIComponent(report.id)}`),
    });
}

/** Has to be called by a click: browsers ask their user. */
async function allow(): Promise<void> {
  const settings = await load();
  if (settings && (await chrome.permissions.request(permissionOf(settings.server)))) await check();
}

function ask(message: ToPage): Promise<unknown> {
  return chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
}

function say(text: string, working = false): void {
  status.textContent = text;
  status.className = working ? "busy" : "";
  content.setAttribute("aria-busy", String(working));
}

/** The page that the report is of has gone; what is shown is not of what the tab shows now. */
function gone(): void {
  moved = true;
  // Whether that page has gone shows when the server has answered.
  if (!busy && report) leave();
}

function leave(): void {
  report = undefined;
  invite("The page has changed.");
}

function invite(reason: string): void {
  say("");
  content.replaceChildren(
    make(
      "section",
      { class: "trouble", "data-kind": "idle" },
      make("h1", {}, reason),
      make("p", {}, "Nothing is sent until you ask for it."),
      button("Check this page", acts.again, "main"),
    ),
  );
}

function choose(id: string): void {
  for (const card of document.querySelectorAll(".card")) card.classList.toggle("chosen", card.id === `claim-${id}`);
  document.getElementById(`claim-${id}`)?.scrollIntoView({ block: "start" });
}

chrome.runtime.onMessage.addListener((message: Clicked | FromPage, sender) => {
  if (message.type === "clicked") {
    if (message.tabId === tabId) void takeClick(tabId).then((clicked) => (clicked ? check() : undefined));
  } else if (sender.tab?.id === tabId && report) {
    if (message.type === "chosen") choose(message.id);
    if (message.type === "outcomes") void update(message.outcomes);
  }
});

chrome.tabs.onUpdated.addListener((updated, change) => {
  if (updated === tabId && change.status === "loading") gone();
});

void takeClick(tabId).then((clicked) => (clicked ? check() : invite("This page has not been checked.")));
