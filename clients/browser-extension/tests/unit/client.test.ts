import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "../../src/api/client.js";
import { Trouble, waitOf } from "../../src/api/trouble.js";
import { permissionOf, serverOf } from "../../src/settings.js";

const SETTINGS = { server: "https://api.example/Prod", key: "ss_key" };
const REPORT = { id: "art_1", text: "x", claims: [] };
const PAGE = { html: "<p>x", url: "https://courier.example/" };

interface Call {
  url: string;
  init: RequestInit;
}

function client(...answers: (Response | Error)[]): { calls: Call[]; client: Client } {
  const calls: Call[] = [];
  const fetcher = (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const next = answers.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next);
  };
  return { calls, client: new Client(SETTINGS, fetcher as typeof fetch, () => Promise.resolve()) };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (status: number, code: string, detail: string, headers: Record<string, string> = {}) =>
  json(
    { type: `urn:secondsource:problem:${code}`, title: code, status, detail, instance: "/v1/articles" },
    status,
    headers,
  );

async function trouble(...answers: (Response | Error)[]): Promise<Trouble> {
  const found = await client(...answers)
    .client.submit(PAGE)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  assert.ok(found instanceof Trouble, String(found));
  return found;
}

test("the page goes to the server with the key, and nowhere else", async () => {
  const { calls, client: ours } = client(json(REPORT, 201));
  assert.equal((await ours.submit(PAGE)).id, "art_1");
  assert.equal(calls[0]!.url, "https://api.example/Prod/v1/articles");
  assert.equal((calls[0]!.init.headers as Record<string, string>)["Authorization"], "Bearer ss_key");
  assert.equal(calls[0]!.init.redirect, "error");
  assert.deepEqual(JSON.parse(String(calls[0]!.init.body)), PAGE);
});

test("a page without a web address goes without one", async () => {
  const { calls, client: ours } = client(json(REPORT, 201));
  await ours.submit({ html: "<p>x", url: undefined });
  assert.deepEqual(JSON.parse(String(calls[0]!.init.body)), { html: "<p>x" });
});

for (const [status, code, kind, remedy] of [
  [401, "unauthorized", "unauthorized", "options"],
  [403, "forbidden", "forbidden", "options"],
  [403, "storage-quota-spent", "storage", "none"],
  [413, "too-large", "too-large", "none"],
  [422, "unprocessable", "unprocessable", "none"],
  [429, "daily-quota-spent", "too-many", "retry"],
  [500, "internal", "server", "retry"],
  [503, "unavailable", "server", "retry"],
] as const) {
  test(`${status} ${code} is told as ${kind}, with the remedy ${remedy}`, async () => {
    const found = await trouble(problem(status, code, "The detail."));
    assert.deepEqual([found.kind, found.remedy], [kind, remedy]);
    if (status !== 401) assert.match(found.message, /The detail\./);
  });
}

test("Retry-After is kept, in seconds or as a date", async () => {
  assert.equal((await trouble(problem(429, "too-many-requests", "Slow.", { "Retry-After": "41" }))).wait, 41);
  assert.equal((await trouble(problem(503, "unavailable", "Later.", { "Retry-After": "2" }))).wait, 2);
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(waitOf("Thu, 01 Jan 2026 00:01:30 GMT", now), 90);
  assert.equal(waitOf("Wed, 31 Dec 2025 00:00:00 GMT", now), 0);
  assert.equal(waitOf("soon", now), undefined);
  assert.equal(waitOf(null, now), undefined);
});

test("a server that does not answer is told apart from a slow one", async () => {
  assert.equal((await trouble(new TypeError("Failed to fetch"))).kind, "unreachable");
  assert.equal((await trouble(new DOMException("", "TimeoutError"))).kind, "timeout");
});

test("without a network it says so, but for a server on this machine, which needs none", async () => {
  const known = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  try {
    assert.equal((await trouble(new TypeError("Failed to fetch"))).kind, "offline");
    for (const server of ["http://127.0.0.1:8080", "http://localhost:8080/live"]) {
      const local = new Client({ server, key: "ss_key" }, () => Promise.reject(new TypeError("Failed to fetch")));
      await assert.rejects(local.check(), (error) => error instanceof Trouble && error.kind === "unreachable");
    }
  } finally {
    if (known) Object.defineProperty(globalThis, "navigator", known);
    else delete (globalThis as { navigator?: unknown }).navigator;
  }
});

test("another server than Second Source is told as such", async () => {
  assert.equal((await trouble(new Response("<h1>Not found", { status: 404 }))).kind, "not-second-source");
  assert.equal((await trouble(new Response("<h1>Welcome"))).kind, "not-second-source");
  assert.equal((await trouble(json({ hello: 1 }))).kind, "not-second-source");
  assert.equal((await trouble(json(null))).kind, "not-second-source");
  assert.equal((await trouble(new Response("<h1>Bad gateway", { status: 502 }))).kind, "server");
});

test("a page that no server takes is not sent", async () => {
  const { calls, client: ours } = client();
  const found = await ours.submit({ html: "x".repeat(4_100_000), url: undefined }).catch((error: unknown) => error);
  assert.equal((found as Trouble).kind, "too-large");
  assert.equal(calls.length, 0);
});

test("what takes longer than the gateway waits is done as a job", async () => {
  const { calls, client: ours } = client(
    problem(504, "timeout", "The answer took too long."),
    json({ job: { id: "job_1", status: "queued" } }, 202),
    json({ id: "job_1", status: "running", article_id: null }),
    json({ id: "job_1", status: "done", article_id: "art_1" }),
    json(REPORT),
  );
  assert.equal((await ours.submit(PAGE)).id, "art_1");
  assert.equal((calls[1]!.init.headers as Record<string, string>)["Prefer"], "respond-async");
  assert.deepEqual(
    calls.slice(2).map((call) => call.url.replace(SETTINGS.server, "")),
    ["/v1/jobs/job_1", "/v1/jobs/job_1", "/v1/articles/art_1"],
  );
});

test("a job that fails is told with its reason", async () => {
  const found = await trouble(
    json({ job: { id: "job_1" } }, 202),
    json({ status: "failed", error: { code: "x", detail: "No." } }),
  );
  assert.deepEqual([found.kind, found.message], ["job-failed", "No."]);
});

test("an address is kept as what stands before /v1", () => {
  assert.equal(serverOf(" https://api.example/Prod/ "), "https://api.example/Prod");
  assert.equal(serverOf("http://127.0.0.1:8080/v1/docs"), "http://127.0.0.1:8080");
  assert.equal(serverOf("https://api.example/v1"), "https://api.example");
});

test("a key is never sent over plain http to another machine", () => {
  for (const address of [
    "http://api.example",
    "http://10.0.0.1:8080",
    "ftp://api.example",
    "api.example",
    "https://me:pw@api.example",
    "",
  ]) {
    assert.throws(() => serverOf(address), address);
  }
});

test("the permission is for the one server, with its port", () => {
  assert.deepEqual(permissionOf("http://127.0.0.1:8080"), { origins: ["http://127.0.0.1:8080/*"] });
  assert.deepEqual(permissionOf("https://api.example/Prod"), { origins: ["https://api.example/*"] });
});
