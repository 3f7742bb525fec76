/** Everything that can stand between a reader and a report, each with what to do about it. */

export type Remedy = "options" | "allow" | "retry" | "none";

export class Trouble extends Error {
  readonly kind: string;
  readonly title: string;
  readonly remedy: Remedy;
  /** Seconds until it may be tried again, where the server named them. */
  readonly wait: number | undefined;

  constructor(kind: string, title: string, detail: string, remedy: Remedy, wait?: number) {
    super(detail);
    this.kind = kind;
    this.title = title;
    this.remedy = remedy;
    this.wait = wait;
  }
}

export const noSettings = () =>
  new Trouble("no-settings", "Not set up yet", "Say which server to ask, and with which API key.", "options");

export const noPermission = (server: string) =>
  new Trouble("no-permission", "The server is not allowed yet", `This extension may not call ${server} yet.`, "allow");

export const unreadablePage = () =>
  new Trouble(
    "unreadable-page",
    "This page cannot be read",
    "Browsers keep extensions out of their own pages, their shops and their PDF viewer. If this is an article, click the icon in the toolbar while the page is shown.",
    "none",
  );

export const unreachable = (server: string, online: boolean) =>
  online
    ? new Trouble("unreachable", "No answer from the server", `Nothing answers at ${server}. Is it running?`, "retry")
    : new Trouble("offline", "No network", "This browser is offline.", "retry");

export const timedOut = (server: string) =>
  new Trouble(
    "timeout",
    "The server takes too long",
    `${server} has not answered in time. It may be done by now.`,
    "retry",
  );

export const notSecondSource = (server: string) =>
  new Trouble(
    "not-second-source",
    "Not a Second Source server",
    `What answers at ${server} is something else.`,
    "options",
  );

interface Problem {
  type: string;
  title: string;
  detail: string;
}

/** The trouble that an answer is which is no success. */
export function ofAnswer(server: string, status: number, headers: Headers, body: string, now = Date.now()): Trouble {
  const problem = problemOf(body);
  if (!problem && status < 500 && status !== 413 && status !== 429) return notSecondSource(server);
  const detail = problem?.detail ?? "";
  const wait = waitOf(headers.get("Retry-After"), now);
  switch (status) {
    case 401:
      return new Trouble(
        "unauthorized",
        "The key is not accepted",
        "The server does not know this API key, or it has been revoked.",
        "options",
      );
    case 403:
      return problem?.type.endsWith(":storage-quota-spent")
        ? new Trouble("storage", "The server's store is full", detail, "none")
        : new Trouble(
            "forbidden",
            "The key may not do this",
            `${detail} The extension needs read and write.`.trim(),
            "options",
          );
    case 413:
      return new Trouble(
        "too-large",
        "The page is too large",
        detail || "The server takes at most 1 MB of HTML.",
        "none",
      );
    case 422:
      return new Trouble("unprocessable", "The server cannot use this page", detail, "none");
    case 429:
      return new Trouble(
        "too-many",
        problem?.title ?? "Too many requests",
        detail || "Slow down, and try again later.",
        "retry",
        wait,
      );
    default:
      return status >= 500
        ? new Trouble("server", "The server failed", detail || `It answered ${status}.`, "retry", wait)
        : new Trouble("refused", problem?.title ?? "Refused", detail || `The server answered ${status}.`, "options");
  }
}

/** Seconds to wait: Retry-After holds them, or a date (RFC 9110, 10.2.3). */
export function waitOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function problemOf(body: string): Problem | undefined {
  try {
    const found = JSON.parse(body) as Partial<Problem> | null;
    if (typeof found?.type !== "string" || !found.type.startsWith("urn:secondsource:")) return undefined;
    return { type: found.type, title: String(found.title ?? ""), detail: String(found.detail ?? "") };
  } catch {
    return undefined;
  }
}
