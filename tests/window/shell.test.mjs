// What the window itself promises, whatever page is shown in it: it stays on the page, reaches no
// network, asks the system through our own commands only, and is light.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openApp } from "./app.mjs";
import { until } from "./webdriver.mjs";

let app;
before(async () => (app = await openApp({ pick: "/nowhere/名单.xlsx" })));
after(() => app?.close());

/** Asks the shell as the page does; a refusal comes back as the value. */
const ask = (command, request) =>
  app.page.wait((command, request) => window.__TAURI_INTERNALS__.invoke(command, request)
    .catch((refused) => ({ refused })), command, request);

test("the window has its title and size", async () => {
  assert.equal(await app.page.call("GET", "/title"), "居务台");
  const { width, height } = await app.page.run(() => ({ width: innerWidth, height: innerHeight }));
  assert.ok(width >= 1300 && height >= 680, `${width}×${height}`);
});

test("a call is answered by the core, an unknown one with a reply too", async () => {
  const status = await ask("call", { name: "office.status", request: {} });
  assert.equal(status.ok, true);
  assert.equal(status.value.started, false, "a new data folder holds no office");
  const unknown = await ask("call", { name: "no.such", request: {} });
  assert.equal(unknown.error.code, "not_found");
  assert.match(unknown.error.message, /没有/);
});

test("the page can neither leave the app nor reach the network", async () => {
  await app.page.run(() => void (location.href = "http://127.0.0.1:9/"));
  await new Promise((done) => setTimeout(done, 500));
  assert.match(await app.page.run(() => location.href), /^tauri:/);
  const fetched = await app.page.wait(() => fetch("http://127.0.0.1:9/").then(() => "reached", () => "blocked"));
  assert.equal(fetched, "blocked");
});

test("the page may call our commands and nothing else", async () => {
  for (const command of ["plugin:webview|create_webview_window", "plugin:dialog|open", "plugin:opener|open_path",
    "plugin:window|close", "plugin:path|resolve_directory"]) {
    const { refused } = await ask(command, {});
    assert.match(String(refused), /not allowed|not found/, command);
  }
  assert.equal(await app.page.run(() => typeof window.__TAURI__), "undefined");
});

test("a file is chosen and saved by the shell", async () => {
  assert.equal(await ask("pick_file", {}), "/nowhere/名单.xlsx");
  assert.equal(await ask("pick_folder", {}), "/nowhere/名单.xlsx", "a folder is chosen by the same dialog in a test");
  const path = await ask("save_file", { name: "甲/乙 台账.pdf", bytesBase64: "JVBERi0=" });
  assert.equal(path, join(app.saved, "甲_乙 台账.pdf"));
  assert.equal(await readFile(path, "utf8"), "%PDF-");
  assert.deepEqual(await readdir(app.saved), ["甲_乙 台账.pdf"], "no half-written file is left");
  const { refused } = await ask("save_file", { name: "x.pdf", bytesBase64: "不是" });
  assert.equal(refused.code, "usage");
});

test("the page is magnified and made normal again", async () => {
  const width = () => app.page.run(() => innerWidth);
  const normal = await width();
  await ask("set_zoom", { factor: 1.25 });
  await until("a narrower page", 5000, async () => Math.abs((await width()) - normal / 1.25) < 3);
  await ask("set_zoom", { factor: 1 });
  await until("the normal width", 5000, async () => (await width()) === normal);
});

test("a second window on the same office is refused politely", async () => {
  await ask("call", { name: "office.status", request: {} });
  const second = await openApp({ office: app.office });
  try {
    const reply = await second.page.wait(() => window.__TAURI_INTERNALS__.invoke("call", { name: "office.status", request: {} }));
    assert.equal(reply.ok, false);
    assert.match(reply.error.message, /另一个/);
    await second.page.words("另一个");
    await second.keep("00-in-use");
  } finally {
    await second.close();
  }
});

test("the whole process tree is light", async (t) => {
  const memory = await app.memory();
  t.diagnostic(`memory: ${memory} MB`);
  assert.ok(memory > 50, "the processes were found");
  assert.ok(memory < 350, `${memory} MB`);
});
