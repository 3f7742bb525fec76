/**
 * Chromium with the built extension. The toolbar's icon is really clicked, by the protocol's Extensions.triggerAction,
 * which gives activeTab and opens the side panel as a hand would. What no headless browser shows is the question
 * whether a server may be called: `allow` answers it beforehand, as the page chrome://extensions does.
 */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type BrowserContext, type CDPSession, type Page } from "playwright-core";
import { ROOT } from "./newsroom.js";

const EXTENSION = join(ROOT, "build/extension");
const SHOTS = join(ROOT, "build/extension-shots");
const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const PATIENCE = 30_000;

/** The browser's path: CHROMIUM names it, else the first on the path. */
export function executable(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  return process.env["CHROMIUM"] || found;
}

export class Browser {
  readonly context: BrowserContext;
  readonly id: string;
  readonly #root: CDPSession;

  private constructor(context: BrowserContext, id: string, root: CDPSession) {
    this.context = context;
    this.id = id;
    this.#root = root;
  }

  static async launch(size: { width: number; height: number }, scheme: "light" | "dark" = "light"): Promise<Browser> {
    const context = await chromium.launchPersistentContext("", {
      executablePath: executable()!,
      headless: false,
      viewport: null,
      colorScheme: scheme,
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [
        "--headless=new",
        "--no-sandbox",
        `--window-size=${size.width},${size.height}`,
        "--enable-unsafe-extension-debugging",
        `--disable-extensions-except=${EXTENSION}`,
        `--load-extension=${EXTENSION}`,
        ...(scheme === "dark" ? ["--force-dark-mode"] : []),
      ],
    });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    const root = await context.browser()!.newBrowserCDPSession();
    return new Browser(context, new URL(worker.url()).host, root);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** A page of the extension in a tab of its own. */
  async own(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.id}/${path}`);
    return page;
  }

  async allow(server: string): Promise<void> {
    const page = await this.context.newPage();
    await page.goto("chrome://extensions");
    await page.evaluate(
      // @ts-expect-error What only chrome://extensions may call has no types.
      ([id, origin]) => chrome.developerPrivate.addHostPermission(id, origin) as Promise<void>,
      [this.id, `${new URL(server).origin}/*`],
    );
    await page.close();
  }

  /** Enter server and key on the options page, and answer what it says. */
  async setUp(server: string, key: string): Promise<string> {
    await this.allow(server);
    const options = await this.own("options/options.html");
    await options.fill("#server", server);
    await options.fill("#key", key);
    await options.click("button[type=submit]");
    await options.waitForFunction(() =>
      /^(Saved, |Not|Only|Give)/.test(document.getElementById("status")!.textContent ?? ""),
    );
    const said = (await options.textContent("#status")) ?? "";
    await options.close();
    return said;
  }

  /** Click the toolbar's icon while this page is shown. */
  async click(page: Page): Promise<Panel> {
    await page.bringToFront();
    const known = new Set((await this.#panels()).map((target) => target.targetId));
    const { targetInfos } = await this.#root.send("Target.getTargets", { filter: [{ type: "tab", exclude: false }] });
    const tab = targetInfos.find((target) => target.url === page.url());
    await this.#root.send("Extensions.triggerAction", { id: this.id, targetId: tab?.targetId ?? "" });
    for (let waited = 0; waited < PATIENCE; waited += 100) {
      const panels = await this.#panels();
      const panel = panels.find((target) => !known.has(target.targetId)) ?? (waited > 1500 ? panels.at(-1) : undefined);
      if (panel) return Panel.attach(this.#root, panel.targetId);
      await pause(100);
    }
    throw new Error("No side panel has opened");
  }

  async #panels(): Promise<{ targetId: string; url: string }[]> {
    const { targetInfos } = await this.#root.send("Target.getTargets");
    return targetInfos.filter((target) => target.url.startsWith(`chrome-extension://${this.id}/panel/`));
  }
}

/** The side panel: Playwright does not count it among its pages, so it is spoken to by the protocol. */
export class Panel {
  readonly #root: CDPSession;
  readonly #session: string;
  readonly #waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>();
  #next = 1;

  private constructor(root: CDPSession, session: string) {
    this.#root = root;
    this.#session = session;
    root.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      if (sessionId !== session) return;
      const { id, result, error } = JSON.parse(message) as {
        id: number;
        result?: unknown;
        error?: { message: string };
      };
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.failed(new Error(error.message));
      else waiting?.done(result);
    });
  }

  static async attach(root: CDPSession, targetId: string): Promise<Panel> {
    const { sessionId } = await root.send("Target.attachToTarget", { targetId });
    const panel = new Panel(root, sessionId);
    await panel.send("Runtime.enable");
    return panel;
  }

  send<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = this.#next++;
    const answer = new Promise<T>((done, failed) =>
      this.#waiting.set(id, { done: done as (value: unknown) => void, failed }),
    );
    const message = JSON.stringify({ id, method, params });
    void this.#root.send("Target.sendMessageToTarget", { sessionId: this.#session, message });
    return answer;
  }

  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { exception: { description: string } };
    }>("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  }

  async until(expression: string, patience = PATIENCE): Promise<void> {
    for (let waited = 0; waited < patience; waited += 100) {
      if (await this.evaluate<boolean>(`!!(${expression})`)) return;
      await pause(100);
    }
    throw new Error(`Waited in vain for ${expression}; the panel says: ${await this.text()}`);
  }

  /** Until it shows a report, or a trouble of this kind. */
  shows(kind?: string): Promise<void> {
    return this.until(
      kind ? `document.querySelector('.trouble[data-kind="${kind}"]')` : "document.querySelector('.article')",
    );
  }

  press(text: string): Promise<void> {
    return this.evaluate(
      `(found => found.click())([...document.querySelectorAll("button")].find(each => each.textContent.startsWith(${JSON.stringify(text)})))`,
    );
  }

  /** Take the panel off the network. */
  async offline(): Promise<void> {
    await this.send("Network.enable");
    await this.send("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  }

  text(): Promise<string> {
    return this.evaluate("document.body.innerText");
  }

  async shot(name: string): Promise<void> {
    const { data } = await this.send<{ data: string }>("Page.captureScreenshot", { format: "png" });
    mkdirSync(SHOTS, { recursive: true });
    writeFileSync(join(SHOTS, `${name}.png`), Buffer.from(data, "base64"));
  }
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
