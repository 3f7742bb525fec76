/** The calls of the API that the extension makes. Each answers, or throws a Trouble. */

import { isLocal, type Settings } from "../settings.js";
import type { Report } from "./report.js";
import { notSecondSource, ofAnswer, timedOut, Trouble, unreachable } from "./trouble.js";

/** Bytes of a body that no server takes (its limit on HTML is smaller); not worth sending. */
const LARGEST_BODY = 4_000_000;

const TIMEOUT_MILLISECONDS = 60_000;

/** How often and how long a job is asked about. */
const POLL_MILLISECONDS = 1500;
const POLLS = 80;

const GATEWAY_TIMEOUT = 504;
const ACCEPTED = 202;

interface Answer {
  status: number;
  text: string;
}

export class Client {
  readonly #settings: Settings;
  readonly #fetch: typeof fetch;
  readonly #pause: (milliseconds: number) => Promise<unknown>;

  constructor(
    settings: Settings,
    fetcher: typeof fetch = fetch.bind(globalThis),
    pause = (milliseconds: number): Promise<unknown> => new Promise((done) => setTimeout(done, milliseconds)),
  ) {
    this.#settings = settings;
    this.#fetch = fetcher;
    this.#pause = pause;
  }

  /** The report of a page. Where annotating it takes longer than the gateway waits, it is done as a job. */
  async submit(page: { html: string; url: string | undefined }): Promise<Report> {
    const body = JSON.stringify(page.url ? { html: page.html, url: page.url } : { html: page.html });
    const bytes = new TextEncoder().encode(body).length;
    if (bytes > LARGEST_BODY) {
      const size = (bytes / 1_000_000).toFixed(1);
      throw new Trouble(
        "too-large",
        "The page is too large",
        `It has ${size} MB of HTML; the server takes 1 MB.`,
        "none",
      );
    }
    const post = (headers: Record<string, string>) =>
      this.#call("/v1/articles", { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } });
    try {
      return await this.#reportOf(await post({}));
    } catch (trouble) {
      if (!(trouble instanceof Trouble) || trouble.kind !== "gateway-timeout") throw trouble;
      return await this.#reportOf(await post({ Prefer: "respond-async" }));
    }
  }

  /** The report as a page for people. */
  async page(articleId: string): Promise<string> {
    return (await this.#call(`/v1/articles/${encodeURIComponent(articleId)}/report`)).text;
  }

  /** Whether a Second Source server answers, and takes the key. */
  async check(): Promise<void> {
    await this.#call("/v1/health");
    const page = this.#read<{ items?: unknown }>(await this.#call("/v1/articles?limit=1"));
    if (!Array.isArray(page.items)) throw notSecondSource(this.#settings.server);
  }

  async #reportOf(answer: Answer): Promise<Report> {
    if (answer.status !== ACCEPTED) {
      const report = this.#read<Report>(answer);
      if (typeof report.text !== "string" || !Array.isArray(report.claims))
        throw notSecondSource(this.#settings.server);
      return report;
    }
    const accepted = this.#read<{ job: { id: string } }>(answer);
    for (let asked = 0; asked < POLLS; asked += 1) {
      await this.#pause(POLL_MILLISECONDS);
      const job = this.#read<{ status: string; article_id?: string; error?: { detail?: string } }>(
        await this.#call(`/v1/jobs/${encodeURIComponent(accepted.job.id)}`),
      );
      if (job.status === "failed") {
        throw new Trouble("job-failed", "The article could not be read", job.error?.detail ?? "", "retry");
      }
      if (job.status === "done" && job.article_id) {
        return await this.#reportOf(await this.#call(`/v1/articles/${encodeURIComponent(job.article_id)}`));
      }
    }
    throw timedOut(this.#settings.server);
  }

  async #call(path: string, init: RequestInit = {}): Promise<Answer> {
    const { server, key } = this.#settings;
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(`${server}${path}`, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), Authorization: `Bearer ${key}` },
        // The key goes to the server that was named, and never on to where it points.
        redirect: "error",
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      text = await response.text();
    } catch (error) {
      if (error instanceof DOMException && error.name === "TimeoutError") throw timedOut(server);
      throw unreachable(server, isLocal(server) || globalThis.navigator?.onLine !== false);
    }
    if (response.status === GATEWAY_TIMEOUT && init.method === "POST" && !("Prefer" in (init.headers ?? {}))) {
      throw new Trouble("gateway-timeout", "The server takes too long", "", "retry");
    }
    if (!response.ok) throw ofAnswer(server, response.status, response.headers, text);
    return { status: response.status, text };
  }

  #read<T>(answer: Answer): T {
    try {
      const found = JSON.parse(answer.text) as T | null;
      if (found !== null && typeof found === "object") return found;
    } catch {
      // Told below.
    }
    throw notSecondSource(this.#settings.server);
  }
}
