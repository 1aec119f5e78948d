// The window's figures: from starting the program to a home page that answers, and the memory of all
// its processes, with ten thousand residents in the store. Run by hand (`node tests/benches/start.mjs`
// after `./dev test` has built the programs); nothing here can fail for being slow.

import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openApp, programs } from "../window/app.mjs";

const PEOPLE = 10_000;
const RUNS = 3;

/** A roster of clearly fictional people: nobody has an identity number. */
function roster() {
  const surnames = [..."王李张刘陈杨赵黄周吴"], given = ["国强", "桂兰", "志明", "秀英", "建国", "雅婷", "文静"];
  const lines = ["姓名,出生日期,联系电话,家庭住址"];
  for (let at = 0; at < PEOPLE; at += 1) {
    const name = surnames[at % 10] + given[Math.floor(at / 10) % 7];
    const birth = `${1930 + (at % 80)}-${String((at % 12) + 1).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")}`;
    const door = `梅园新村${(at % 120) + 1}号楼${(Math.floor(at / 120) % 4) + 1}单元${Math.floor(at / 480) + 1}0${(at % 4) + 1}室`;
    lines.push(`${name},${birth},16${String(at * 7919 % 1_000_000_000).padStart(9, "0")},${door}`);
  }
  return lines.join("\n");
}

const folder = await mkdtemp(join(tmpdir(), "juwutai-start-"));
const office = join(folder, "office");
const list = join(folder, "居民名册.csv");
await writeFile(list, roster());
const juwutai = (...words) => execFileSync(join(programs, "juwutai"), ["--data", office, ...words], { encoding: "utf8" });
juwutai("init", "--name", "大样居民区");
juwutai("import", list, "--ledger", "resident");
try {
  for (let run = 1; run <= RUNS; run += 1) {
    const app = await openApp({ office });
    await app.page.words("居民");
    const usable = Date.now() - app.began;
    await new Promise((done) => setTimeout(done, 2000));
    console.log(`run ${run}: ${(usable / 1000).toFixed(2)} s to the home page, ${await app.memory()} MB`);
    await app.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
