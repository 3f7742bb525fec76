/** Takes the picture of the documentation, docs/images/extension.png: the page with its marks, the panel beside it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./api.js";
import { Browser, pause, shot } from "./browser.js";
import { example, open, ROOT } from "./newsroom.js";

const SIZE = { width: 1400, height: 1130 };
const SHOTS = join(ROOT, "build/extension-shots");

const [api, newsroom] = await Promise.all([serve(), open()]);
const browser = await Browser.launch(SIZE);
try {
  await api.post(example("2-hinterpost"));
  await api.post(example("3-tribune"));
  await browser.setUp(api.url, api.key);
  const page = await browser.context.newPage();
  await page.goto(`${newsroom.url}/world/picture`);
  const panel = await browser.click(page);
  await panel.shows();
  const point = await page.evaluate(() => {
    const box = ([...CSS.highlights.get("second-source-warning")!][0] as Range).getBoundingClientRect();
    return { x: box.left + 20, y: box.top + box.height / 2 };
  });
  await page.mouse.move(point.x, point.y);
  await pause(500);
  await shot(page, "picture-page");
  await panel.evaluate("document.documentElement.style.scrollbarWidth = 'none'");
  await panel.shot("picture-panel");

  const image = (name: string) =>
    `data:image/png;base64,${readFileSync(join(SHOTS, `${name}.png`)).toString("base64")}`;
  const both = await browser.context.newPage();
  await both.setContent(
    `<body style="margin: 0; display: inline-flex; border: 1px solid #999; background: #999; gap: 1px"><img src="${image("picture-page")}"><img src="${image("picture-panel")}">`,
  );
  await both.locator("body").screenshot({ path: join(ROOT, "docs/images/extension.png") });
} finally {
  await browser.close();
  newsroom.server.close();
  await api.stop();
}
