import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { freePort, refuse, serve, type Api, type Stub } from "./api.js";
import { Browser, executable, pause, Panel, shot } from "./browser.js";
import { example, HEADLINE, open, ROOT, type Newsroom } from "./newsroom.js";

const AXE = readFileSync(join(ROOT, "clients/browser-extension/node_modules/axe-core/axe.min.js"), "utf8");
const SIZE = { width: 1440, height: 900 };

let api: Api;
let browser: Browser;
let newsroom: Newsroom;
let stub: Stub;

async function article(path = "/world/alliance"): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(newsroom.url + path);
  return page;
}

/** The marks as the page shows them: for each level the text of its ranges, without white space and soft hyphens. */
function marked(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...CSS.highlights].map(([name, highlight]) => [
        name.replace("second-source-", ""),
        [...highlight]
          .map(String)
          .join("")
          .replace(/[\s\u00ad]+/g, ""),
      ]),
    ),
  );
}

/** What the marks should hold, by the API's own text and spans, counted in code points. */
function expected(report: Awaited<ReturnType<Api["newest"]>>): Record<string, string> {
  const points = [...report.text];
  const found: Record<string, string> = { plain: "", note: "", caution: "", warning: "" };
  for (const claim of report.claims) {
    const level =
      ["warning", "caution", "note"].find((each) => claim.flags.some((flag) => flag.level === each)) ?? "plain";
    found[level] += claim.spans
      .map(([start, end]) => points.slice(start, end).join(""))
      .join("")
      .replace(/[\s\u00ad]+/g, "");
  }
  return found;
}

/** The report of the page /mill. */
const MILL = {
  id: "art_1",
  title: "The mill is sold",
  publisher: null,
  byline: null,
  published_at: null,
  truncated: null,
  reason: null,
  claims: [
    {
      id: "c1",
      text: "The mill at Tavery has been sold",
      spans: [[18, 50]],
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
    },
  ],
  sources: [],
  attributions: [],
  text: "The mill is sold\n\nThe mill at Tavery has been sold, the mayor said.",
  labels: {},
  mentioned: {},
};

const bare = (text: string) => text.replace(/\s+/g, "");

/** axe-core finds nothing, in light and in dark, with all unfolded. */
async function accessible(panel: Panel): Promise<void> {
  await panel.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");
  await panel.evaluate(`${AXE}; undefined`);
  for (const scheme of ["light", "dark"]) {
    await panel.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await panel.shot(`panel-${scheme}`);
    const found = await panel.evaluate(
      "axe.run().then(found => found.violations.map(each => `${each.id}: ${each.nodes[0].html}`))",
    );
    assert.deepEqual(found, []);
  }
  await panel.send("Emulation.setEmulatedMedia", { features: [] });
}

async function pointing(page: Page, panel: Panel): Promise<void> {
  const point = await page.evaluate(() => {
    const box = ([...CSS.highlights.get("second-source-warning")!][0] as Range).getBoundingClientRect();
    return { x: box.left + 3, y: box.top + box.height / 2 };
  });
  await page.mouse.move(point.x, point.y);
  await page.waitForSelector("second-source-note", { state: "attached" });
  await pause(300);
  await shot(page, "note");
  await page.mouse.click(point.x, point.y);
  await panel.until("document.querySelector('.card.headline.chosen')");
  // A passage that shows a stake, in the half that a script has written.
  await panel.evaluate("[...document.querySelectorAll('details')].forEach(each => { each.open = true; })");
  await panel.evaluate(
    "[...document.querySelectorAll('.flag button.words')].find(each => each.textContent.includes('Dremna')).click()",
  );
  await page.waitForFunction(() => CSS.highlights.has("second-source-shown"));
  assert.equal(
    (await marked(page))["shown"],
    bare("The council, which lost the town of Dremna to the Front last week"),
  );
  await pause(800);
  await shot(page, "shown");
  await panel.evaluate("document.querySelector('.flag[data-code=motivated_source]').scrollIntoView()");
  await panel.shot("panel-evidence");
}

async function removing(page: Page, panel: Panel): Promise<void> {
  await panel.press("Remove the marks");
  await panel.until("document.getElementById('marks').textContent === 'Show the marks'");
  assert.deepEqual(await marked(page), {});
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  assert.equal(await page.$("second-source-note"), null);
  await panel.press("Show the marks");
  await panel.until("document.getElementById('marks').textContent === 'Remove the marks'");
  assert.deepEqual(await marked(page), expected(await api.newest()));
}

async function changing(page: Page, panel: Panel): Promise<void> {
  const marks = await marked(page);
  // As frameworks do: every paragraph anew, and one of them gone.
  await page.evaluate(() => {
    const body = document.querySelector(".story-body")!;
    for (const each of [...body.querySelectorAll("p")]) each.replaceWith(each.cloneNode(true));
  });
  await pause(1500);
  assert.deepEqual(await marked(page), marks);
  await page.evaluate(() => {
    for (const each of document.querySelectorAll(".story-body p, .teaser"))
      if (/Vesker/.test(each.textContent!)) each.remove();
  });
  await panel.until("document.querySelector('.lost-list')");
  assert.match(
    await panel.evaluate("document.querySelector('.lost-list').innerText"),
    /The Jorrel Front and the Vesker Brigades, rebel groups/,
  );
  assert.ok(!(await marked(page))["warning"]?.includes(bare("rebel groups")));
  await panel.evaluate("document.querySelector('.lost-list').scrollIntoView({ block: 'center' })");
  await panel.shot("panel-lost");
}

async function reporting(panel: Panel): Promise<void> {
  const opened = browser.context.waitForEvent("page");
  await panel.press("Open the full report");
  const report = await opened;
  const frame = report.frameLocator("iframe");
  await frame.locator("h1").first().waitFor();
  assert.match((await frame.locator("h1").first().textContent()) ?? "", /Jorrel Front and Vesker Brigades/);
  assert.equal(
    await report.locator("iframe").getAttribute("sandbox"),
    "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  );
  // Its notes work by links within the page.
  await frame.locator(".ref").first().click();
  await pause(300);
  assert.ok(await frame.locator(".ref:target, .notes li:target").count());
  // Links to articles open in tabs of their own.
  assert.ok(await frame.locator("a[href^=http][target=_blank]").count());
  assert.equal(await frame.locator("a[href^=http]:not([target=_blank])").count(), 0);
  await shot(report, "report");
  await report.close();
}

const skip = executable()
  ? false
  : "NOT TESTED IN A BROWSER: there is no Chromium here (Debian: apt-get install chromium; or name it in CHROMIUM)";
if (skip) console.error(skip);

describe("the extension in Chromium", { skip }, () => {
  before(async () => {
    [api, newsroom, stub] = await Promise.all([serve(), open(), refuse()]);
    await api.post(example("2-hinterpost"));
    await api.post(example("3-tribune"));
    browser = await Browser.launch(SIZE);
  });

  after(async () => {
    await browser?.close();
    newsroom?.server.close();
    stub?.server.close();
    await api?.stop();
  });

  test("without server and key the panel says so, and nothing is sent", async () => {
    const page = await article();
    const panel = await browser.click(page);
    await panel.shows("no-settings");
    assert.equal(await api.count(), 2);
    await page.close();
  });

  test("a server that has not been allowed is not called", async () => {
    const options = await browser.own("options/options.html");
    await options.evaluate((server) => chrome.storage.local.set({ server, key: "k" }), api.url);
    await options.close();
    const page = await article();
    const panel = await browser.click(page);
    await panel.shows("no-permission");
    await page.close();
  });

  test("the options take no server to which the key would go in the clear", async () => {
    const options = await browser.own("options/options.html");
    await options.fill("#server", "http://api.example");
    await options.fill("#key", "k");
    await options.click("button[type=submit]");
    assert.match((await options.textContent("#status")) ?? "", /^Only https/);
    await options.close();
  });

  test("the options allow this server alone, and try the key", async () => {
    assert.match(await browser.setUp(api.url, "ss_wrong"), /^Saved, but: The key is not accepted/);
    assert.equal(
      await browser.setUp(api.url, api.key),
      "Saved, and the server takes the key. Click the icon on an article.",
    );
    const options = await browser.own("options/options.html");
    assert.deepEqual((await options.evaluate(() => chrome.permissions.getAll())).origins, [`${new URL(api.url).origin}/*`]);
    await shot(options, "options");
    await options.close();
  });

  test("one click marks the claims in their very words and shows who says so", async () => {
    const page = await article();
    const untouched = await page.content();
    const panel = await browser.click(page);
    await panel.shows();

    assert.equal(await api.count(), 3);
    const text = await panel.text();
    for (const words of [
      "three members of the exiled Ondresian National Council",
      "2 reports: Hinterpost and The Calvorne Courier",
      "several reports, one origin",
      "a source has a stake in this claim",
      "Ondresian National Council lost to Jorrel Front",
    ]) {
      assert.ok(text.toLowerCase().includes(words.toLowerCase()), `${words} is not in:\n${text}`);
    }
    const codes = await panel.evaluate<string[]>(
      "[...document.querySelector('.card.headline').querySelectorAll('.flag')].map(each => each.dataset.code)",
    );
    assert.deepEqual(
      new Set(codes),
      new Set(["shared_origin", "motivated_source", "disputed", "single_source", "anonymous_source", "remote_source"]),
    );
    assert.equal(await panel.evaluate("document.querySelector('.lost-list')"), null);

    const report = await api.newest();
    const marks = await marked(page);
    assert.deepEqual(marks, expected(report));
    assert.ok(marks["warning"]!.startsWith(bare(HEADLINE)));
    // Characters of two code units stand before the headline claim: a mix-up of units would show.
    assert.ok(report.offsets.astral.length > 2 && report.offsets.astral.at(-1)![1] < report.claims[0]!.spans[0]![0]);
    // Not the teaser above the article, which has the same words.
    assert.ok(
      await page.evaluate(() =>
        [...CSS.highlights.get("second-source-warning")!].every(
          (range) => !!(range as Range).startContainer.parentElement?.closest(".story-body"),
        ),
      ),
    );
    await pause(500);
    assert.equal(await page.content(), untouched);
    await shot(page, "page");
    await panel.shot("panel");
    await accessible(panel);

    await pointing(page, panel);
    await removing(page, panel);
    await changing(page, panel);
    await reporting(panel);
    await page.close();
  });

  test("a panel that is loaded anew sends nothing by itself", async () => {
    const page = await article();
    const panel = await browser.click(page);
    await panel.shows();
    const asked = await api.count();
    await page.goto(`${newsroom.url}/welt`);
    await panel.shows("idle");
    await panel.evaluate("location.reload()").catch(() => undefined);
    await panel.shows("idle");
    assert.equal(await api.count(), asked);
    await page.close();
  });

  test("closing the panel takes the marks off the page", async () => {
    const page = await article();
    const panel = await browser.click(page);
    await panel.shows();
    assert.ok((await marked(page))["warning"]);
    await panel.evaluate("setTimeout(() => window.close())");
    await page.waitForFunction(() => CSS.highlights.size === 0);
    await page.close();
  });

  test("an article that is not in English has no claims, and the reason is told", async () => {
    const page = await article("/welt");
    const panel = await browser.click(page);
    await panel.shows("no-claims");
    assert.match(await panel.text(), /The text is not in English/);
    await panel.shot("not-english");
    await page.close();
  });

  test("a page that is larger than the server takes is told as such", async () => {
    const page = await article("/archive");
    const panel = await browser.click(page);
    await panel.shows("too-large");
    assert.match(await panel.text(), /The HTML is larger than 1,000,000 bytes/);
    await page.close();
  });

  test("a page of the browser itself cannot be read, and is said to be so", async () => {
    const page = await browser.context.newPage();
    await page.goto("chrome://version");
    const panel = await browser.click(page);
    await panel.shows("unreadable-page");
    await page.close();
  });

  for (const [name, answer, kind, words] of [
    [
      "too large",
      { status: 413, code: "too-large", detail: "The HTML is larger than 1,000,000 bytes." },
      "too-large",
      /1,000,000 bytes/,
    ],
    [
      "too many requests",
      { status: 429, code: "too-many-requests", detail: "Slow down.", headers: { "Retry-After": "37" } },
      "too-many",
      /Try again in 3\d s/,
    ],
    [
      "unprocessable",
      { status: 422, code: "unprocessable", detail: "It does not fit." },
      "unprocessable",
      /It does not fit\./,
    ],
    [
      "a failure",
      { status: 503, code: "unavailable", detail: "Try later.", headers: { "Retry-After": "2" } },
      "server",
      /Try later\./,
    ],
  ] as const) {
    test(`${name}: told, with what the server says`, async () => {
      stub.answer = answer;
      await browser.setUp(stub.url, "k");
      const page = await article();
      const panel = await browser.click(page);
      await panel.shows(kind);
      assert.match(await panel.text(), words);
      if (kind === "too-many") await panel.shot("too-many");
      if (kind === "server") await panel.until("!document.querySelector('.trouble button').disabled", 5000);
      await page.close();
    });
  }

  test("nothing that the reader has typed goes out, nor what is not shown", async () => {
    await browser.setUp(stub.url, "k");
    const page = await article("/mill");
    const panel = await browser.click(page);
    await panel.shows("server");
    const sent = stub.sent.at(-1)!;
    for (const shown of ["has been sold", "Only read", "What it cost", "Who bought it", "The town.", "Further down."])
      assert.ok(sent.includes(shown), `${shown} is not in:\n${sent}`);
    assert.doesNotMatch(sent, /typed|folded/);
    await page.close();
  });

  test("of a page that its reader edits as a whole nothing goes out", async () => {
    const page = await article("/mill");
    await page.evaluate(() => {
      document.designMode = "on";
    });
    const panel = await browser.click(page);
    await panel.shows("server");
    assert.doesNotMatch(stub.sent.at(-1)!, /mill|typed|folded/);
    await page.close();
  });

  describe("while the server works", () => {
    let page: Page;
    let panel: Panel;
    let done: () => void;

    before(() => browser.setUp(stub.url, "k"));

    beforeEach(async () => {
      stub.report = MILL;
      stub.until = new Promise<void>((resolve) => (done = resolve));
      page = await article("/mill");
      const sent = stub.sent.length;
      panel = await browser.click(page);
      await panel.until("document.getElementById('status').textContent.startsWith('Waiting')");
      while (stub.sent.length === sent) await pause(50);
    });

    afterEach(async () => {
      done();
      stub.report = stub.until = undefined;
      await page.close();
    });

    test("a page that stays has its report, also once it has given itself another address", async () => {
      await page.evaluate(() => history.replaceState({}, "", "/mill?read=1"));
      await pause(300);
      done();
      await panel.shows();
      assert.deepEqual(await marked(page), {
        plain: bare("The mill at Tavery has been sold"),
        note: "",
        caution: "",
        warning: "",
      });
    });

    test("a click on it is answered by the report that is under way", async () => {
      const sent = stub.sent.length;
      await browser.click(page);
      done();
      await panel.shows();
      await pause(500);
      assert.equal(stub.sent.length, sent);
    });

    test("a page that is left is not judged beside the next one, and that is said", async () => {
      await page.goto(`${newsroom.url}/welt`);
      done();
      await panel.shows("idle");
      assert.match(await panel.text(), /The page has changed/);
      assert.equal(await panel.evaluate("document.querySelector('.article')"), null);
    });

    test("a page that writes the next one in its place is not judged beside it either", async () => {
      await page.evaluate(() => {
        history.pushState({}, "", "/next");
        document.body.textContent = "Another page.";
      });
      done();
      await panel.shows("idle");
      assert.match(await panel.text(), /The page has changed/);
    });

    test("what the server refuses of a page that is left is not told of the next one", async () => {
      stub.report = undefined;
      await page.goto(`${newsroom.url}/welt`);
      done();
      await panel.until("document.getElementById('status').textContent === ''");
      await panel.shows("idle");
    });

    test("a click on the next page is not lost", async () => {
      await page.goto(`${newsroom.url}/welt`);
      await browser.click(page);
      stub.report = { ...MILL, title: "Verkauft" };
      const sent = stub.sent.length;
      done();
      await panel.until("document.querySelector('.article h1')?.textContent === 'Verkauft'");
      assert.equal(stub.sent.length, sent + 1);
      assert.match(stub.sent.at(-1)!, /Die Mühle am Fluss/);
    });
  });

  test("a server that is not there is told as such", async () => {
    await browser.setUp(`http://127.0.0.1:${await freePort()}`, "k");
    const page = await article();
    const panel = await browser.click(page);
    await panel.shows("unreachable");
    await page.close();
  });

  test("a browser without a network is told as such", async () => {
    await browser.setUp("https://api.invalid", "k");
    const page = await article();
    const panel = await browser.click(page);
    await panel.until("document.querySelector('.trouble')");
    await panel.offline();
    await panel.press("Try again");
    await panel.shows("offline");
    assert.match(await panel.text(), /This browser is offline/);
    await page.close();
  });

  test("forgetting gives the key and the permission back", async () => {
    const options = await browser.own("options/options.html");
    await options.click("#forget");
    await options.waitForFunction(() => document.getElementById("status")!.textContent!.startsWith("Forgotten"));
    assert.deepEqual(await options.evaluate(() => chrome.storage.local.get()), {});
    assert.deepEqual((await options.evaluate(() => chrome.permissions.getAll())).origins, []);
    await options.close();
  });
});
