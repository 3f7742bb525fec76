/**
 * What the end-to-end test reads: the example article of the Courier as a newspaper's page would have it.
 *
 * Made from examples/alliance/1-courier.html: claims in nested markup, soft hyphens and hard spaces in them, emoji and
 * other characters beyond the Basic Multilingual Plane before them, the headline claim a first time in a teaser above
 * the article, and its second half written by a script when the page is loaded.
 */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

// Tests run bundled, in clients/browser-extension/build/tests/e2e.
export const ROOT = join(import.meta.dirname, "../../../../..");

export const HEADLINE =
  "The Jorrel Front and the Vesker Brigades, rebel groups that have fought each other in eastern Ondresia for most of a decade, have formed an alliance";

const DATELINE = "📍 𝗠𝗮𝗿𝗿𝗲𝗻𝗽𝗼𝗿𝘁 👩‍🚒 🇺🇳";
/** Of the picture: few machines have the fonts for it. */
const NO_DATELINE = "";

const CSS = `
body { margin: 0; font: 17px/1.6 Charter, Georgia, "Liberation Serif", serif; color: #222; background: #fff; }
html { scrollbar-width: none; }
.skip, .search, .share, .newsletter, .lead-image { display: none; }
.site-header { display: flex; gap: 2rem; align-items: baseline; border-bottom: 1px solid #bbb; padding: .8rem 2rem; }
.masthead { font-weight: 700; font-size: 1.5rem; color: #222; text-decoration: none; white-space: nowrap; }
nav ul { display: flex; gap: 1rem; list-style: none; margin: 0; padding: 0; font-size: .8rem; }
nav a { color: #555; text-decoration: none; }
main { max-width: 39rem; margin: 0 auto; padding: 1rem 1.5rem; }
h1 { line-height: 1.2; margin: .3rem 0; }
.teaser { font-size: .8rem; color: #666; border-bottom: 1px dotted #bbb; padding-bottom: .6rem; }
.dateline { font-size: .85rem; margin-bottom: -.8rem; }
.byline, .kicker, time { font-size: .85rem; color: #666; margin: 0; }
`;

function edited(html: string, from: string, to: string): string {
  if (!html.includes(from)) throw new Error(`The example has changed: it no longer holds ${from}`);
  return html.replace(from, () => to);
}

export function courier(dateline = DATELINE): string {
  let html = readFileSync(join(ROOT, "examples/alliance/1-courier.html"), "utf8");
  html = edited(
    html,
    '<main id="content">',
    `<main id="content"><aside class="teaser related">In brief: ${HEADLINE}, we report below.</aside>`,
  );
  html = edited(
    html,
    "<p>The Jorrel Front and the Vesker Brigades, rebel groups that have fought each other in eastern Ondresia for most of a decade, have formed an alliance, three members",
    `<p class="dateline">${dateline}</p>
        <p><span class="lead">The <b>Jor<i>rel</i>&nbsp;Front</b> and the <a href="/tags/vesker">Vesker
          <em>Bri&shy;gades</em></a>, rebel groups that have fought each&nbsp;other in <!-- not eastern Calvorne --> eastern
          Ondresia<script>/* a tag */</script> for most of a decade, have <span><span>formed an alli&shy;ance</span></span></span>, three members`,
  );
  html = edited(html, "Also in the room", '<span class="pull">Also in the room</span>');
  const [before = "", rest = ""] = html.split("<p>The council, which lost the town of Dremna", 2);
  const [written = "", after = ""] = rest.split(/<\/div>\s*<footer class="story-footer">/, 2);
  const paragraphs = `The council, which lost the town of Dremna${written}`
    .split(/<\/?p>/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (paragraphs.length < 4 || !after) throw new Error("The example has changed: its second half was not found.");
  const script = `<script>
          for (const text of ${JSON.stringify(paragraphs)}) {
            const paragraph = document.createElement("p");
            paragraph.textContent = text;
            document.querySelector(".story-body").append(paragraph);
          }
        </script>`;
  return `${before}</div>${script}<footer class="story-footer">${after}`;
}

/** A page with a draft of its reader's wherever one can type, and with words wherever nothing is shown. */
const READERS_OWN = `<!DOCTYPE html><title>The mill is sold</title>
  <article><h1>The mill is sold</h1><p>The mill at Tavery has been sold, the mayor said.</p></article>
  <div contenteditable role="textbox">typed 1 <b>typed 2</b><span contenteditable="false">typed 3</span>
    <script type="application/ld+json">{"headline": "typed 4"}</script></div>
  <p contenteditable="plaintext-only">typed 5</p><p style="-webkit-user-modify: read-write">typed 6</p>
  <x-comment contenteditable>typed 7</x-comment><textarea>typed 8</textarea><input value="typed 9">
  <p contenteditable="false">Only read</p>
  <details><summary>What it cost</summary>folded 1 <p>folded 2</p></details>
  <details open><summary>Who bought it</summary><p>The town.</p></details>
  <div hidden="until-found">folded 3<p>folded 4</p></div>
  <div style="content-visibility: hidden"><p>folded 5</p></div>
  <div style="content-visibility: auto; margin-top: 5000px"><p>Further down.</p></div>`;

export interface Newsroom {
  server: Server;
  url: string;
}

/** Serves the article, another one in German, one with drafts of its reader, and a page of more than 1 MB, here. */
export async function open(): Promise<Newsroom> {
  const pages: Record<string, [type: string, body: string]> = {
    "/world/alliance": ["text/html", courier()],
    "/world/picture": ["text/html", courier(NO_DATELINE)],
    "/css/article.css": ["text/css", CSS],
    "/mill": ["text/html", READERS_OWN],
    "/archive": [
      "text/html",
      `<!DOCTYPE html><title>All of it</title>${"<p>The mill has been sold, the mayor said.</p>".repeat(26_000)}`,
    ],
    "/welt": [
      "text/html",
      `<!DOCTYPE html><html lang="de"><title>Mühle verkauft</title><article><h1>Mühle verkauft</h1>${"<p>Die Mühle am Fluss ist verkauft worden, sagte die Bürgermeisterin am Montag vor dem Rathaus. Der Käufer will sie im Frühjahr wieder eröffnen, und niemand soll seine Arbeit verlieren.</p>".repeat(4)}</article></html>`,
    ],
  };
  const server = createServer((request, response) => {
    const [type, body] = pages[new URL(request.url ?? "/", "http://local").pathname] ?? ["text/plain", ""];
    response.writeHead(body ? 200 : 404, { "Content-Type": `${type}; charset=utf-8` }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function example(name: string): Record<string, unknown> {
  const { id: _, ...article } = JSON.parse(
    readFileSync(join(ROOT, "examples/alliance", `${name}.json`), "utf8"),
  ) as Record<string, unknown>;
  return article;
}
