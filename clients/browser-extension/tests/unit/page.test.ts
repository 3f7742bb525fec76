import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../../src/anchoring/quote.js";
import { PageText } from "../../src/page/page-text.js";
import { addressOf, snapshot } from "../../src/page/snapshot.js";
import { open } from "./dom.js";

function marked(html: string, exact: string, prefix = "", suffix = ""): string[] {
  const page = new PageText(open(html).body);
  const found = find(page, { exact, prefix, suffix });
  return found ? page.ranges(found.start, found.end).map(String) : [];
}

test("words in nested elements are ranges of their text nodes", () => {
  const html = "<p>😀 <em>The <b>Jor<i>rel</i></b> Front</em> has <a href='/'>formed</a> an alliance, 𝔄 said.</p>";
  assert.deepEqual(marked(html, "The Jorrel Front has formed an alliance"), [
    "The ",
    "Jor",
    "rel",
    " Front",
    " has ",
    "formed",
    " an alliance",
  ]);
});

test("words across paragraphs leave out the space between them", () => {
  assert.deepEqual(marked("<p>One two</p>\n\n  <p>three four</p>", "two\n\nthree"), ["two", "three"]);
});

test("words that no space parts from those of the next paragraph are found, edited ones too", () => {
  const html = "<h2>background</h2><p>the mill was sold to its workers</p><h2>more</h2>";
  assert.deepEqual(marked(html, "the mill was sold to its workers"), ["the mill was sold to its workers"]);
  assert.deepEqual(marked(html, "The mill was sold, to its workers"), ["the mill was sold to its workers"]);
});

test("a mark that ends in an accent holds it, also where it is a character of its own in a node of its own", () => {
  assert.deepEqual(marked("<p>the <i>cafe</i>\u0301 closed</p>", "the café"), ["the ", "cafe", "\u0301"]);
});

test("what is not laid out and what is no text of the page is not marked", () => {
  const html = `<style>.x { display: none }</style><script>var the = "mill was sold"</script>
    <p class="x">the mill was sold</p><p hidden>the mill was sold</p><textarea>the mill was sold</textarea>
    <p style="visibility: hidden">the mill was sold</p>`;
  assert.deepEqual(marked(html, "the mill was sold"), []);
  assert.deepEqual(marked(`${html}<p>the mill was sold</p>`, "the mill was sold"), ["the mill was sold"]);
});

const FOLDED = `<details><summary>More of it</summary>the mill was sold<p>the mill was sold</p></details>
  <div style="content-visibility: hidden"><p>the mill was sold</p></div>`;

test("what is folded up is neither marked nor sent, its summary is", () => {
  assert.deepEqual(marked(FOLDED, "the mill was sold"), []);
  assert.deepEqual(marked(FOLDED, "More of it"), ["More of it"]);
  assert.doesNotMatch(snapshot(open(FOLDED)).html, /sold/);
  const unfolded = FOLDED.replace("<details>", "<details open>");
  assert.deepEqual(marked(unfolded, "sold the mill was sold"), ["sold", "the mill was sold"]);
  assert.match(snapshot(open(unfolded)).html, /More of it<\/summary>the mill was sold<p>the mill was sold/);
});

test("of a page that is not shown at all, and of an element that is not seen, no words go out", () => {
  const hidden = '<body style="display: none">secret<p>secret</p></body>';
  assert.doesNotMatch(snapshot(open(hidden)).html, /secret/);
  assert.doesNotMatch(snapshot(open('<img style="visibility: hidden" alt="secret">')).html, /secret/);
});

test("words in an open shadow tree and its slots are found where they are laid out", () => {
  const document = open("<x-story><span>slotted words</span></x-story>");
  const tree = document.querySelector("x-story")!.attachShadow({ mode: "open" });
  const before = document.createElement("p");
  before.textContent = "before the ";
  tree.append(before, document.createElement("slot"));
  const page = new PageText(document.body);
  const found = find(page, { exact: "before the slotted words", prefix: "", suffix: "" })!;
  assert.deepEqual(page.ranges(found.start, found.end).map(String), ["before the ", "slotted words"]);
});

const STORY = `<!DOCTYPE html><html lang="en-GB"><head><title>A mill is sold</title>
  <meta property="og:title" content="A mill is sold"><meta name="csrf-token" content="secret-1">
  <link rel="canonical" href="https://courier.example/news/1"><link rel="stylesheet" href="/a.css">
  <script type="application/ld+json">{"headline": "A mill </b> is sold"}</script><script>var secret2</script></head>
  <body onload="run()" class="story"><p id="p1" style="color: red" data-user="secret3">The mill has been sold.</p>
  <form><p>In a form</p><input value="secret4"><textarea>secret5</textarea></form><!-- secret6 -->
  <img alt="A mill" src="data:image/png;base64,secret7"><svg><text>drawn</text></svg><p hidden>unseen</p></body></html>`;

test("what goes out is the page as it is seen, with what it says of itself", () => {
  const { html, url, title } = snapshot(open(STORY));
  assert.match(html, /^<!DOCTYPE html>\n<html lang="en-GB">/);
  for (const kept of [
    "<title>A mill is sold</title>",
    "og:title",
    'rel="canonical"',
    '{"headline": "A mill </b> is sold"}',
    'class="story"',
    '<p id="p1">The mill has been sold.</p>',
    "In a form",
    'alt="A mill"',
  ]) {
    assert.ok(html.includes(kept), kept);
  }
  assert.equal(url, "https://courier.example/news/1");
  assert.equal(title, "A mill is sold");
});

test("no script, style, comment, typed word or token goes out", () => {
  const { html } = snapshot(open(STORY));
  for (const left of ["secret", "run()", "a.css", "color", "drawn", "unseen", "<input", "<!--"])
    assert.ok(!html.includes(left), left);
});

test("what a script wrote on the page goes out, and its shadow trees as plain markup", () => {
  const document = open("<main></main><x-story>light</x-story>");
  const story = document.createElement("p");
  story.textContent = "Written by a script & shown: <b>";
  document.querySelector("main")!.append(story);
  const tree = document.querySelector("x-story")!.attachShadow({ mode: "open" });
  tree.append(document.createElement("slot"), document.createTextNode(" and shadow"));
  const { html } = snapshot(document);
  assert.ok(html.includes("<main><p>Written by a script &amp; shown: &lt;b&gt;</p></main>"), html);
  assert.ok(html.includes("<x-story><span>light</span> and shadow</x-story>"), html);
});

test("the page itself is left as it is", () => {
  const document = open(STORY);
  const before = document.documentElement.outerHTML;
  snapshot(document);
  new PageText(document.body);
  assert.equal(document.documentElement.outerHTML, before);
});

test("only web addresses go out, without fragment, name and password", () => {
  assert.equal(addressOf("https://me:pw@courier.example/a?gift=1#part"), "https://courier.example/a?gift=1");
  assert.equal(addressOf("file:///home/me/story.html"), undefined);
  assert.equal(addressOf("about:blank"), undefined);
});
