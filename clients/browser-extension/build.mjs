/**
 * Builds the extension into build/extension and zips it into dist/; with --tests, its tests into build/tests beside
 * this file, where they find their libraries.
 *
 * The zip is the same for the same sources: entries in order, with one date.
 */

import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { zipSync } from "fflate";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const OUT = join(ROOT, "build/extension");
const TESTS_OUT = join(HERE, "build/tests");
const MODULES = ["background", "panel/panel", "options/options", "report/report"];
/** Runs on pages as a plain script, and may run there again: nothing of it may stay in the global scope. */
const SCRIPTS = ["page/content"];
const COPIED = /\.(html|css|png)$/;
/** A zip's dates begin in 1980. */
const DATE = new Date(1980, 0, 1);

async function files(folder) {
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function extension() {
  const { version } = JSON.parse(await readFile(join(HERE, "package.json"), "utf8"));
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const [entries, format] of [
    [MODULES, "esm"],
    [SCRIPTS, "iife"],
  ]) {
    await build({
      absWorkingDir: HERE,
      entryPoints: entries.map((entry) => `src/${entry}.ts`),
      outbase: "src",
      outdir: OUT,
      bundle: true,
      format,
      target: "chrome121",
      charset: "ascii",
      legalComments: "eof",
      logLevel: "warning",
    });
  }
  for (const file of await files(join(HERE, "src"))) {
    if (COPIED.test(file)) await cp(file, join(OUT, relative(join(HERE, "src"), file)));
  }
  const manifest = JSON.parse(await readFile(join(HERE, "src/manifest.json"), "utf8"));
  await writeFile(join(OUT, "manifest.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  await cp(join(ROOT, "LICENSE"), join(OUT, "LICENSE"));
  await cp(join(HERE, "node_modules/approx-string-match/LICENSE"), join(OUT, "LICENSE.approx-string-match"));
  const entries = {};
  for (const file of await files(OUT)) entries[relative(OUT, file)] = [await readFile(file), { mtime: DATE, level: 9 }];
  const zip = join(ROOT, `dist/second-source-extension-${version}.zip`);
  await mkdir(dirname(zip), { recursive: true });
  await writeFile(zip, zipSync(entries));
  console.log(`Built: ${relative(ROOT, OUT)} (load unpacked), ${relative(ROOT, zip)}`);
}

async function tests() {
  await rm(TESTS_OUT, { recursive: true, force: true });
  const found = (await files(join(HERE, "tests"))).filter((file) => /\.test\.ts$|\/picture\.ts$/.test(file));
  await build({
    absWorkingDir: HERE,
    entryPoints: found,
    outbase: "tests",
    outdir: TESTS_OUT,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    external: ["jsdom", "playwright-core", "fast-check"],
    logLevel: "warning",
  });
}

await (process.argv.includes("--tests") ? tests() : extension());
