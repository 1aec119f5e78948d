// Printing from the real window through a real printing system: the printer is listed, the choices
// reach it, and the pages it gets look like those that were shown.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { openApp } from "./app.mjs";
import { openPrinter } from "./printer.mjs";
import { Key, until } from "./webdriver.mjs";

const run = promisify(execFile);
/** Share of black by which two pictures of a page may differ: a printing system rounds the size of the
 * sheet, which shifts everything by a fraction of a point. Another page differs by 0.15. */
const ALLOWED = 0.06;

let printer;
let app;
before(async () => {
  printer = await openPrinter("Office", "二楼打印机");
  app = await openApp({ more: printer.env });
});
after(async () => {
  await app?.close();
  await printer?.close();
});

test("a report goes through the printing system as it was shown", async () => {
  const { page } = app;
  await app.call("office.start", { name: "梅园居民区", sample: true });
  await page.run(() => { window.isOld = true; location.reload(); });
  await until("the page anew", 15_000, () => page.run(() => !window.isOld && document.readyState === "complete"));
  await page.click("nav a", { text: "报表打印", limit: 30_000 });
  await page.run(() => void (location.hash = "#/report?kind=ledger_list&ledger=elderly_advanced"));
  const asked = { kind: "ledger_list", ledger: "elderly_advanced", options: { orientation: "auto", masked: true } };
  const shown = await app.call("report.preview", asked);
  await page.words(`打印（${shown.pages} 页）`, 30_000);
  await page.click("button", { text: "打印（", limit: 30_000 });
  await page.words("二楼打印机");
  await page.words("要用 ");
  const copies = await page.find('[role=dialog] input[inputmode="numeric"]');
  await copies.type(`${Key.delete}${Key.backspace}2`);
  await page.click("[role=dialog] button", { text: "双面" });
  await page.click("[role=dialog] button", { text: "只打几页" });
  await page.words(`要用 ${2 * Math.ceil(shown.pages / 2)} 张`);
  await app.keep("30-print");
  await page.click("[role=dialog] footer button", { text: "打印" });
  await page.words("已送到打印机");
  const job = await printer.job();
  assert.match(job.options, /sides=two-sided-long-edge/);
  assert.match(job.options, /media=A4/);
  assert.match(job.options, /page-ranges=1-\d/);
  const folder = await mkdtemp(join(tmpdir(), "juwutai-print-"));
  const original = join(folder, "shown.pdf");
  await writeFile(original, Buffer.from(shown.pdf, "base64"));
  // Printing on both sides, an empty back keeps the second copy off the first one's last sheet.
  assert.equal(await count(job.pdf), 2 * (shown.pages + (shown.pages % 2)), "two copies of every page");
  assert.deepEqual(await words(job.pdf, shown.pages), await words(original, shown.pages), "every word is on the paper");
  const [now, then] = [await picture(job.pdf, join(folder, "a")), await picture(original, join(folder, "b"))];
  // Lying pages may be turned on their way to the printer.
  const share = Math.min(...[then, turned(then), turned(turned(turned(then)))].map((page) => difference(now, page)));
  assert.ok(share < ALLOWED, `the first page differs by ${share}`);
});

async function count(pdf) {
  const { stdout } = await run("pdfinfo", [pdf]);
  return Number(/Pages:\s+(\d+)/.exec(stdout)[1]);
}

/** The words of the first pages. */
async function words(pdf, pages) {
  const { stdout } = await run("pdftotext", ["-l", String(pages), pdf, "-"]);
  return stdout.split(/\s+/).filter(Boolean).sort();
}

/** The first page as rows of grey values. */
async function picture(pdf, name) {
  await run("pdftoppm", ["-gray", "-r", "50", "-f", "1", "-l", "1", "-singlefile", pdf, name]);
  const bytes = await readFile(`${name}.pgm`);
  const [, size] = bytes.subarray(0, 40).toString("latin1").split("\n");
  const [width, height] = size.split(" ").map(Number);
  const grey = bytes.subarray(bytes.length - width * height);
  return Array.from({ length: height }, (_, row) => Array.from(grey.subarray(row * width, (row + 1) * width)));
}

/** A picture turned by a quarter to the right. */
const turned = (page) => page[0].map((_, column) => page.map((row) => row[column]).reverse());

/** How much two pictures differ, as a share of black; wholly when their sizes do. */
function difference(now, then) {
  if (now.length !== then.length || now[0].length !== then[0].length) return 1;
  let sum = 0;
  now.forEach((row, y) => row.forEach((grey, x) => (sum += Math.abs(grey - then[y][x]))));
  return sum / 255 / now.length / now[0].length;
}
