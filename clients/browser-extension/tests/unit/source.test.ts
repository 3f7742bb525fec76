import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

// Tests run bundled, in build/tests/unit.
const ROOT = join(import.meta.dirname, "../../..");
const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|html)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(ROOT, "src", name), "utf8") }));
const manifest = JSON.parse(readFileSync(join(ROOT, "src/manifest.json"), "utf8")) as Record<string, unknown>;

test("nothing is ever read as markup or as code", () => {
  const sinks =
    /innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|setHTML|createContextualFragment|DOMParser|srcdoc|\beval\b|new Function|javascript:/;
  for (const { name, text } of sources) assert.doesNotMatch(text, sinks, name);
  assert.ok(sources.length > 15);
});

test("it asks for no more permissions than it needs", () => {
  assert.deepEqual(manifest["permissions"], ["activeTab", "scripting", "storage", "sidePanel"]);
  assert.equal(manifest["host_permissions"], undefined);
  assert.equal(manifest["content_scripts"], undefined);
  assert.equal(manifest["web_accessible_resources"], undefined);
  assert.equal(manifest["externally_connectable"], undefined);
});

test("the lock names no registry, and has a checksum for every package", () => {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { resolved?: string; integrity?: string }>;
  };
  for (const [name, entry] of Object.entries(lock.packages)) {
    assert.equal(entry.resolved, undefined, name);
    if (name) assert.match(entry.integrity ?? "", /^sha512-/, name);
  }
});
