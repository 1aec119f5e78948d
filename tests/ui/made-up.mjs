// Pages in headless Chromium over made-up replies: starting the page, opening an address, what was sent, and axe.
// What the pages must do stands in the *.spec.mjs beside this file; the real core is driven by the journeys.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, afterEach, before } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ui = join(dirname(fileURLToPath(import.meta.url)), '../../ui')
const need = createRequire(join(ui, 'package.json'))
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const WRITES = /\.(change|add|remove|apply|new|undo|fix|drop|save_gaps|done|unpack)$/

let server, browser, base, known, calls
export let context, page, fakes, forms

/** Starts the page once for all tests of a file. */
export function startPages() {
  before(async () => {
    process.chdir(ui)
    const { createServer } = await import(pathToFileURL(join(ui, 'node_modules/vite/dist/node/index.js')).href)
    server = await createServer({
      root: ui,
      configFile: join(ui, 'vite.config.ts'),
      logLevel: 'error',
      server: { port: 0, strictPort: false, host: '127.0.0.1', proxy: {}, hmr: false },
    })
    await server.listen()
    base = `http://127.0.0.1:${server.httpServer.address().port}/`
    const load = (path) => server.ssrLoadModule(path)
    const { replies } = await load('/src/bridge/fake/replies.ts')
    const { ledgerReplies } = await load('/src/features/ledger/fake.ts')
    const { trayReplies } = await load('/src/features/tray/fake.ts')
    fakes = await load('/src/features/import/fake.ts')
    forms = await load('/src/features/fill/fake.ts')
    known = (rows) => ({ ...replies(), ...ledgerReplies(rows), ...fakes.importReplies(), ...trayReplies(), ...forms.fillReplies() })
    const module = await import(pathToFileURL(need.resolve('playwright-core')).href)
    browser = await (module.default ?? module).chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  })
  after(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(() => context?.close())
}

/** Opens an address with replies that a test may replace. */
export async function open(address, { over = {}, size = 'std', rows } = {}) {
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  calls = []
  const table = { ...known(rows), ...over }
  page.on('pageerror', (error) => assert.fail(`page error: ${error.message}`))
  await page.addInitScript((chosen) => localStorage.setItem('juwutai.text-size', chosen), size)
  await page.route('**/job/**', (route) => route.fulfill({ json: null }))
  await page.route('**/call/*', (route) => {
    const name = route.request().url().split('/call/')[1]
    const request = JSON.parse(route.request().postData() ?? '{}')
    calls.push([name, request])
    const value = table[name]?.(request)
    if (value?.ok === false) return route.fulfill({ json: value })
    const changes = WRITES.test(name) ? ['ledger', 'resident', 'history', 'import', 'tray', 'fill'] : /^report\.(make|bundle)$/.test(name) ? ['report'] : []
    return route.fulfill({ json: { ok: true, value, changes } })
  })
  await page.goto(base + address)
}

/** The reply that the made-up core gives to a call. */
export const reply = (name, request = {}) => known()[name](request)
export const sent = (name) => calls.filter(([called]) => called === name).map(([, request]) => request)
export const settle = (ms = 350) => page.waitForTimeout(ms)
export const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}
export const text = (selector) => page.locator(selector).innerText()
/** The words under the hand: the label or the text of what has the focus. */
export const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement
    return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent?.trim() ?? ''
  })

/** No flaw by axe, nothing wider than the window. */
export async function clean(where) {
  await page.addScriptTag({ path: need.resolve('axe-core/axe.min.js') })
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []
    return [...violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 160)}`), ...wide]
  })
  assert.deepEqual(found, [], where)
}
