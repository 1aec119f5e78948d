// Starts the built app in a world of its own: display, window keeper, message bus, data folder. Ends
// all of it together. What the tests do in the window is not known here.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Session, until } from "./webdriver.mjs";

/** The top folder of the project. */
export const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Where the built programs are. */
export const programs = process.env.JUWUTAI_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(top, "target"), "debug");

/** Pictures of the screens, kept for people to look at. */
const screens = join(top, "out", "screens");

/** Opens the app; `pick` is the file that its dialog answers with, `office` the data folder of another window, `more` further environment. */
export async function openApp({ pick = "", office = "", size = [1366, 768], more = {} } = {}) {
  const world = new World();
  try {
    return await world.open(pick, office, size, more);
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** The app and everything that was started for it. */
class World {
  groups = [];

  async open(pick, office, [width, height], more) {
    this.folder = await mkdtemp(join(tmpdir(), "juwutai-window-"));
    this.saved = join(this.folder, "saved");
    this.office = office || join(this.folder, "office");
    await mkdir(this.saved);
    await mkdir(screens, { recursive: true });
    const display = this.display = await this.openDisplay(width, height);
    const env = {
      ...process.env,
      DISPLAY: display,
      HOME: this.folder,
      XDG_DATA_HOME: join(this.folder, "share"),
      XDG_CACHE_HOME: join(this.folder, "cache"),
      XDG_CONFIG_HOME: join(this.folder, "config"),
      JUWUTAI_DATA: this.office,
      JUWUTAI_CLERK: "周桂芳",
      JUWUTAI_TEST_PICK: pick,
      JUWUTAI_TEST_SAVE_DIR: this.saved,
      TAURI_WEBVIEW_AUTOMATION: "true",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
      GDK_BACKEND: "x11",
      ...more,
    };
    delete env.WAYLAND_DISPLAY;
    delete env.DBUS_SESSION_BUS_ADDRESS;
    this.start("openbox", [], env);
    const port = await freePort();
    this.start("dbus-run-session", ["--", "WebKitWebDriver", `--port=${port}`], env);
    const base = `http://127.0.0.1:${port}`;
    await until("the driver", 15_000, async () => (await fetch(`${base}/status`)).ok);
    this.began = Date.now();
    this.page = await Session.open(base, join(programs, "juwutai-desktop"));
    await this.page.call("POST", "/timeouts", { script: 60_000 });
    await this.page.call("POST", "/window/rect", { x: 0, y: 0, width, height });
    return this;
  }

  /** Starts a program at the head of a process group of its own. */
  start(program, args, env, stdio = ["ignore", "ignore", "pipe"]) {
    const child = spawn(program, args, { env, stdio, detached: true });
    child.on("error", (error) => console.error(`${program}: ${error.message}`));
    child.stderr?.on("data", (text) => process.env.JUWUTAI_TEST_LOUD && process.stderr.write(text));
    this.groups.push(child);
    return child;
  }

  async openDisplay(width, height) {
    const args = ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"];
    const xvfb = this.start("Xvfb", args, process.env, ["ignore", "ignore", "pipe", "pipe"]);
    let number = "";
    xvfb.stdio[3].on("data", (text) => (number += text));
    await until("the display", 15_000, () => number.endsWith("\n"));
    return `:${number.trim()}`;
  }

  /** Keeps a picture of the screen under a name, in the usual and in the largest text size. */
  async keep(name) {
    await writeFile(join(screens, `${name}.png`), await this.page.picture());
    await this.resize("+");
    await writeFile(join(screens, `${name}-largest.png`), await this.page.picture());
    await this.resize("-");
  }

  /** Makes the text as large or as small as it gets, by the keys that every page hears. */
  async resize(sign) {
    const width = () => this.page.run(() => innerWidth);
    const usual = await width();
    await this.page.run((sign) => {
      for (let step = 0; step < 2; step += 1) {
        dispatchEvent(new KeyboardEvent("keydown", { key: sign, ctrlKey: true }));
      }
    }, sign);
    // A page without these keys stays as it is.
    await until("the other text size", 2000, async () => (await width()) !== usual).catch(() => {});
    await new Promise((done) => setTimeout(done, 300));
  }

  /** Calls a command of the core through the page's own bridge to the shell. */
  async call(name, request = {}) {
    const reply = await this.page.wait(
      (name, request) => window.__TAURI_INTERNALS__.invoke("call", { name, request }), name, request);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  }

  /** Memory of the app with all its processes, in MB of proportional share. */
  async memory() {
    const parents = new Map();
    for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat) ?? [];
      if (name) parents.set(pid, { name, parent });
    }
    const ours = (pid) => {
      for (let at = pid; parents.has(at); at = parents.get(at).parent) {
        if (this.groups.some((group) => String(group.pid) === at)) return true;
      }
      return false;
    };
    let total = 0;
    for (const [pid, { name }] of parents) {
      if (!/^(juwutai|WebKit)/.test(name) || name.includes("Driver") || !ours(pid)) continue;
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
      total += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    }
    return Math.round(total / 1024);
  }

  /** Ends the window and all that was started for it, whatever state it is in. */
  async close() {
    await this.page?.close().catch(() => {});
    for (const { pid } of this.groups.reverse()) {
      try {
        if (pid) process.kill(-pid, "SIGKILL");
      } catch {
        // The group has ended by itself.
      }
    }
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
