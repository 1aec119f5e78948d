// Walks the wizard of the real window through ten sheets of ten kinds and keeps a picture of each step
// in out/screens/formats, for people to look at. Run by hand (`node tests/benches/formats.mjs` after
// `./dev test` has built the programs).

import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openApp, programs, top } from "../window/app.mjs";
import { until } from "../window/webdriver.mjs";
import { answerQuestions, at, closeNotes } from "../window/wizard.mjs";

const SHEETS = [
  "公安-实有人口登记表（按户）.xlsx",
  "公安-人口普查底册（按户）.xls",
  "计生-已婚育龄妇女花名册.et",
  "应急-安全生产宣传入户名单.xlsb",
  "残联-持证残疾人名单.ods",
  "物业-充电桩申请名单.csv",
  "公安-常住人口查询结果.txt",
  "公安-家庭成员信息表（网页导出）.xls",
  "消防-沿街商户信息表（平台导出）.xls",
  "计生-特殊家庭走访名单.docx",
];

const pictures = join(top, "out", "screens", "formats");
await mkdir(pictures, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "juwutai-formats-"));
try {
  for (const [number, sheet] of SHEETS.entries()) await walk(String(number + 1).padStart(2, "0"), sheet);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Walks one file through the five steps, each office its own. */
async function walk(number, sheet) {
  const office = join(folder, number);
  execFileSync(join(programs, "juwutai"), ["--data", office, "init", "--name", "梅园居民区", "--sample"]);
  const app = await openApp({ pick: join(top, "tests", "fixtures", "shapes", sheet), office });
  const { page } = app;
  const keep = async (step) => writeFile(join(pictures, `${number}-${step}.png`), await page.picture());
  const next = () => page.click("footer.foot button.primary");
  try {
    await page.click("button", { text: "选择表格文件" });
    await page.words("认出来了", 30_000);
    await settle();
    await keep("2-columns");
    await answerQuestions(page);
    await next();
    await until("the problems", 30_000, () => at(page, "查问题"));
    await settle();
    await keep("3-problems");
    await next();
    await until("the changes", 30_000, () => at(page, "看变化"));
    await settle();
    await keep("4-changes");
    await next();
    await until("the end", 60_000, () => at(page, "完成"));
    await closeNotes(page);
    await keep("5-done");
    console.log(`${number} ${sheet}: imported`);
  } catch (error) {
    await keep("failed");
    console.log(`${number} ${sheet}: ${error.message}`);
  } finally {
    await app.close();
  }
}

/** Lets the page draw what it has just been told. */
function settle() {
  return new Promise((done) => setTimeout(done, 700));
}
