// A client of the WebDriver protocol, as small as these tests need: every call has a time limit of
// its own, because a window that never painted answers some calls never. It knows no page.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Keys as WebDriver names them. */
export const Key = {
  enter: "\uE007", tab: "\uE004", escape: "\uE00C", down: "\uE015", backspace: "\uE003", delete: "\uE017",
  f2: "\uE032", control: "\uE009", shift: "\uE008",
};

/** One session of a driver: one window under control. */
export class Session {
  constructor(base, id) {
    this.base = base;
    this.id = id;
  }

  /** Opens a session; `binary` is the program that the driver starts. */
  static async open(base, binary, args = []) {
    const value = await request(base, "POST", "/session", {
      capabilities: { alwaysMatch: { browserName: "wry", "webkitgtk:browserOptions": { binary, args } } },
    }, 60_000);
    return new Session(base, value.sessionId);
  }

  call(method, path, body, limit = 20_000) {
    return request(this.base, method, `/session/${this.id}${path}`, body, limit);
  }

  /** Runs a function in the page; it and its arguments must stand alone. */
  run(work, ...args) {
    return this.call("POST", "/execute/sync", { script: `return (${work})(...arguments)`, args });
  }

  /** Runs an asynchronous function in the page and waits for its result. */
  async wait(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      (${work})(...[...arguments].slice(0, -1)).then(value => done({ value }), error => done({ error: String(error?.stack ?? error) }))`;
    const { value, error } = await this.call("POST", "/execute/async", { script, args }, 60_000);
    if (error) throw new Error(error);
    return value;
  }

  /** The first visible element of a selector, waited for; `text` narrows it to what holds the words. */
  async find(selector, { text, limit = 15_000 } = {}) {
    const sought = text ? `${selector} with “${text}”` : selector;
    return until(sought, limit, () => this.visible(selector, text));
  }

  /** The same without waiting; nothing when it is not there. */
  async visible(selector, text) {
    const found = await this.run((selector, text) => {
      const seen = [...document.querySelectorAll(selector)].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility !== "hidden";
      });
      return seen.find((one) => !text || one.textContent.includes(text)) ?? null;
    }, selector, text ?? null);
    return found?.[ELEMENT] ? new Element(this, found[ELEMENT]) : null;
  }

  /** Waits until a selector shows nothing any more. */
  gone(selector, { text, limit = 15_000 } = {}) {
    return until(`no ${selector}`, limit, async () => !(await this.visible(selector, text)));
  }

  /** Waits until the page shows these words anywhere. */
  words(text, limit = 15_000) {
    return until(`the words “${text}”`, limit, () =>
      this.run((text) => document.body.innerText.includes(text), text));
  }

  /** Clicks the first visible element of a selector that can be pressed; looks again when it was redrawn. */
  click(selector, { text, limit = 15_000 } = {}) {
    return until(`a click on ${selector} ${text ?? ""}`, limit, async () => {
      const element = await this.visible(`:is(${selector}):not([disabled])`, text);
      await element?.click();
      return element;
    });
  }

  /** Types keys into whatever has the focus. */
  async type(keys) {
    const element = await this.call("GET", "/element/active");
    await new Element(this, element[ELEMENT]).type(keys);
  }

  /** A picture of the page, as PNG bytes. */
  async picture() {
    // WebKit waits for a repaint before it takes the picture, and a page at rest never repaints (seen
    // with WEBKIT_DISABLE_DMABUF_RENDERER=1): a speck in the corner is kept moving meanwhile.
    await this.run(() => {
      const speck = document.createElement("div");
      speck.id = "speck-for-pictures";
      speck.style.cssText = "position:fixed;left:0;top:0;width:1px;height:1px;pointer-events:none;background:#8888";
      document.body.append(speck);
      speck.animate([{ opacity: 0.1 }, { opacity: 0.2 }], { duration: 500, iterations: Infinity });
    });
    try {
      return Buffer.from(await this.call("GET", "/screenshot", undefined, 30_000), "base64");
    } finally {
      await this.run(() => document.getElementById("speck-for-pictures").remove());
    }
  }

  close() {
    return this.call("DELETE", "", undefined, 10_000);
  }
}

/** An element of the page. */
export class Element {
  constructor(session, id) {
    this.session = session;
    this.id = id;
  }

  call(method, path, body) {
    return this.session.call(method, `/element/${this.id}${path}`, body);
  }

  click() {
    return this.call("POST", "/click", {});
  }

  /** Two quick clicks, as on a cell. */
  doubleClick() {
    const press = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const origin = { [ELEMENT]: this.id };
    return this.session.call("POST", "/actions", {
      actions: [{
        type: "pointer", id: "mouse", parameters: { pointerType: "mouse" },
        actions: [{ type: "pointerMove", x: 0, y: 0, origin }, ...press, ...press],
      }],
    });
  }

  type(text) {
    return this.call("POST", "/value", { text });
  }

  text() {
    return this.call("GET", "/text");
  }

  attribute(name) {
    return this.call("GET", `/attribute/${name}`);
  }

  clear() {
    return this.call("POST", "/clear", {});
  }

  get json() {
    return { [ELEMENT]: this.id };
  }
}

/** Tries again until something true comes back. */
export async function until(what, limit, attempt) {
  const end = Date.now() + limit;
  let trouble;
  do {
    try {
      const value = await attempt();
      if (value) return value;
    } catch (error) {
      trouble = error;
    }
    await new Promise((done) => setTimeout(done, 100));
  } while (Date.now() < end);
  throw new Error(`waited ${limit} ms in vain for ${what}`, { cause: trouble });
}

async function request(base, method, path, body, limit) {
  const reply = await fetch(base + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(limit),
  });
  const { value } = await reply.json();
  if (!reply.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}
