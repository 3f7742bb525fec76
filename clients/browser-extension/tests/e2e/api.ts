/**
 * `secondsource serve` on a free port of this machine, or what SECONDSOURCE_URL and SECONDSOURCE_KEY name, with nothing
 * stored under that key's tenant; and a server that answers what it is told to.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./newsroom.js";

type Span = [start: number, end: number];

/** As the API answers it; read here by other means than in the extension. */
interface Report {
  text: string;
  offsets: { astral: Span[] };
  claims: { text: string; spans: Span[]; flags: { level: string }[] }[];
}

export interface Api {
  url: string;
  key: string;
  post(article: object): Promise<void>;
  count(): Promise<number>;
  /** The report of the article that was sent last, as the API has it. */
  newest(): Promise<Report>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

export function serve(): Promise<Api> {
  const { SECONDSOURCE_URL: url, SECONDSOURCE_KEY: key } = process.env;
  return url && key ? Promise.resolve(apiAt(url, key, () => Promise.resolve())) : started();
}

async function started(): Promise<Api> {
  const python = join(ROOT, ".venv/bin/python");
  const child: ChildProcess = spawn(python, ["-m", "secondsource.cli", "serve", "--port", String(await freePort())], {
    cwd: ROOT,
    env: { ...process.env, PYTHONPATH: `${join(ROOT, "shared")}:${ROOT}`, PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let url = "";
  let key = "";
  for await (const line of createInterface({ input: child.stdout! })) {
    url = /^The API:\s+(\S+)/.exec(line)?.[1] ?? url;
    key = /^A key:\s+(\S+)/.exec(line)?.[1] ?? key;
    if (url && key) break;
  }
  if (!key) throw new Error("secondsource serve did not start");
  return apiAt(url, key, async () => {
    child.kill("SIGINT");
    if (child.exitCode === null) await once(child, "exit");
  });
}

function apiAt(url: string, key: string, stop: () => Promise<void>): Api {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  return {
    url,
    key,
    async post(article) {
      const answer = await fetch(`${url}/v1/articles`, { method: "POST", headers, body: JSON.stringify(article) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async count() {
      const answer = await fetch(`${url}/v1/articles?limit=100`, { headers });
      return ((await answer.json()) as { items: unknown[] }).items.length;
    },
    async newest() {
      const list = (await (await fetch(`${url}/v1/articles?limit=1`, { headers })).json()) as {
        items: { id: string }[];
      };
      return (await (await fetch(`${url}/v1/articles/${list.items[0]!.id}`, { headers })).json()) as Report;
    },
    stop,
  };
}

export interface Stub {
  server: Server;
  url: string;
  answer: { status: number; code: string; detail: string; headers?: Record<string, string> };
  /** What it answers to a page in place of a refusal. */
  report?: object | undefined;
  /** Until when it lets a page wait. */
  until?: Promise<unknown> | undefined;
  /** The pages that it was sent. */
  sent: string[];
}

/** A server that refuses everything, in the API's way, until it is given a report. */
export async function refuse(): Promise<Stub> {
  const stub: Omit<Stub, "server" | "url"> = { answer: { status: 500, code: "internal", detail: "" }, sent: [] };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", async () => {
      if (request.method === "POST") {
        stub.sent.push((JSON.parse(body) as { html: string }).html);
        const { report, until } = stub;
        await until;
        if (report) {
          response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(report));
          return;
        }
      }
      const { status, code, detail, headers } = stub.answer;
      response.writeHead(status, { "Content-Type": "application/problem+json", ...headers });
      response.end(
        JSON.stringify({
          type: `urn:secondsource:problem:${code}`,
          title: code,
          status,
          detail,
          instance: request.url,
        }),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(stub, { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
