// The clerk's main job in the real window, from the first start to the undo, in the order of a day:
// every test goes on where the one before it stopped. Each screen is kept in out/screens.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { openApp, top } from "./app.mjs";
import { Key, until } from "./webdriver.mjs";
import { answerQuestions, at, closeNotes } from "./wizard.mjs";

const run = promisify(execFile);
const roster = join(top, "assets", "sample", "sheets", "残疾人两项补贴复核名单.xls");
const LEDGER = "disabled";
const NEW_PHONE = "13800013800";

let app;
let page;
let broken = false;

/** One step of the day; when one fails, the later ones cannot mean anything. */
function step(name, work) {
  test(name, async (t) => {
    if (broken) return t.skip("an earlier step failed");
    try {
      await work(t);
    } catch (error) {
      broken = true;
      await app?.keep(`failed-${name.replaceAll(/\W+/g, "-")}`).catch(() => {});
      throw error;
    }
  });
}

before(async () => {
  app = await openApp({ pick: roster });
  page = app.page;
});
after(() => app?.close());

const rows = async () => (await app.call("ledger.rows", { ledger: LEDGER, offset: 0, limit: 500 })).total;
const button = (text, options) => page.click("button", { text, ...options });
const menu = (text) => page.click("nav a", { text });

/** The files of a kind that the shell has saved. */
const saved = async (ending) => (await readdir(app.saved)).filter((name) => name.endsWith(ending));

let beforeImport;

step("the first start offers the practice office", async (t) => {
  await page.words("字看得清吗");
  await app.keep("01-start-size");
  await button("下一步");
  await page.words("您是哪个居委会");
  const name = await page.find("main input");
  await name.type("梅园居民区");
  await app.keep("02-start-name");
  await button("下一步");
  await page.click("label", { text: "练习居委会" });
  await app.keep("03-start-practice");
  await button("开始用");
  await page.find("button", { text: "选择表格文件", limit: 60_000 });
  await page.words("练习数据");
  assert.equal((await app.call("office.status")).started, true);
  await weigh(t, "at home", 330);
  await app.keep("04-home");
});

step("a roster from the superiors is recognised", async () => {
  beforeImport = await rows();
  await button("选择表格文件");
  await page.words("认出来了", 30_000);
  await app.keep("05-import-match");
  await answerQuestions(page);
  await app.keep("06-import-matched");
  await page.click("footer.foot button.primary");
});

step("the roster goes into its ledger", async () => {
  await until("the step of the problems", 30_000, () => at(page, "查问题"));
  await app.keep("07-import-problems");
  await page.click("footer.foot button.primary");
  await until("the step of the changes", 30_000, () => at(page, "看变化"));
  await app.keep("08-import-changes");
  await page.click("footer.foot button.primary");
  await until("the last step", 60_000, () => at(page, "完成"));
  await app.keep("09-import-done");
  assert.ok((await rows()) > beforeImport, "somebody new is in the ledger");
});

step("a phone number is changed in the grid", async () => {
  await button("去看台账");
  await page.words("残疾人台账");
  await page.find(".slick-row .slick-cell");
  await app.keep("10-ledger");
  const { columns } = await app.call("ledger.get", { id: LEDGER });
  const phone = columns.findIndex((each) => each.field === "person.phone");
  const cell = await page.find(`.slick-row[data-row="0"] .slick-cell.l${phone + 1}`);
  await cell.click();
  await page.type(NEW_PHONE + Key.enter);
  await until("the new number in the store", 15_000, async () => {
    const { hits } = await app.call("resident.find", { text: NEW_PHONE.slice(-4) });
    return hits.length > 0;
  });
  const { ops } = await app.call("history.list", { limit: 1 });
  assert.equal(ops[0].file ?? null, null, "the change is an act of its own");
  await app.keep("11-ledger-changed");
});

step("the ledger is shown as paper, and saved as PDF and Excel", async () => {
  await button("打印");
  await page.find("canvas", { limit: 30_000 });
  await until("ink on the page", 30_000, () => page.run(() => [...document.querySelectorAll("canvas")].some((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, k) => k % 4 === 0 && value < 100 && data[k + 3] === 255);
  })));
  await app.keep("12-report");
  await page.click("[role=switch], .switch, label", { text: "遮盖身份证号" });
  await page.words("会完整印出来");
  await button("存 PDF", { limit: 30_000 });
  await until("a PDF", 30_000, async () => (await saved(".pdf")).length > 0);
  await until("an Excel file", 30_000, async () => {
    if ((await saved(".xlsx")).length > 0) return true;
    await (await page.visible("button:not([disabled])", "存 Excel"))?.click();
    return false;
  });
  const [pdf] = await saved(".pdf");
  const { stdout } = await run("pdftotext", ["-layout", join(app.saved, pdf), "-"]);
  assert.match(stdout, /残疾人台账/);
  assert.ok(stdout.includes(NEW_PHONE), "the new number is on the paper");
  const [xlsx] = await saved(".xlsx");
  assert.ok((await stat(join(app.saved, xlsx))).size > 5000);
  await app.keep("13-report-saved");
  await button("打印（");
  await until("the paper at the printer", 30_000, async () => (await saved("printed.pdf")).length > 0);
  await page.words("已送到打印机");
});

step("the search box finds a resident by initials and opens the card", async () => {
  await closeNotes(page);
  const box = await page.click("[role=search] input[role=combobox]");
  await box.type("wxy");
  await page.find("#search-hits [role=option]", { text: "王秀英" });
  await app.keep("14-search");
  await page.click("#search-hits [role=option]", { text: "王秀英" });
  await page.words("在这些台账里");
  await app.keep("15-resident");
  await page.type(Key.escape);
});

step("help and settings open", async () => {
  await menu("帮助");
  await page.find("main h1, main h2", { text: "帮助" });
  await app.keep("16-help");
  await menu("设置");
  await page.find("main h1", { text: "设置" });
  await app.keep("17-settings");
});

step("the import is taken back in the list of what was done", async () => {
  await menu("操作记录");
  const { ops } = await app.call("history.list", { limit: 20 });
  const op = ops.find((each) => each.file && each.can_undo);
  const undo = await page.find(`button[aria-label="撤销：${op.label}"]`);
  await app.keep("18-history");
  await undo.click();
  await page.click("[role=dialog] button", { text: "撤销这次导入" });
  await until("the undo", 30_000, async () => (await rows()) === beforeImport);
  await page.words("已撤销");
  await app.keep("19-history-undone");
  await (await page.visible("[role=dialog] button", "知道了"))?.click();
  assert.deepEqual((await app.call("office.check")).problems, []);
});

step("the window stays light", (t) => weigh(t, "after the day", 500));

/** Tells how much memory the window takes with all its processes, and minds a limit in MB. */
async function weigh(t, moment, limit) {
  const memory = await app.memory();
  t.diagnostic(`memory ${moment}: ${memory} MB`);
  assert.ok(memory < limit, `${memory} MB ${moment}`);
}
