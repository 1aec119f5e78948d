// The ledger page and the import wizard by keyboard, in headless Chromium, over made-up replies: what is sent, what is
// shown, what an error looks like, and axe at the three text sizes. The real core is driven by the journeys.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ui = join(dirname(fileURLToPath(import.meta.url)), '../../ui')
const need = createRequire(join(ui, 'package.json'))
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const WRITES = /\.(change|add|remove|apply|new|undo)$/
const PATH = 'D:\\收件\\名单.xls'
const FILE = `?start#/import?path=${encodeURIComponent(PATH)}&name=${encodeURIComponent('名单.xls')}`

let server, browser, base, known, context, page, calls

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
  const { importReplies } = await load('/src/features/import/fake.ts')
  known = (rows) => ({ ...replies(), ...ledgerReplies(rows), ...importReplies() })
  const module = await import(pathToFileURL(need.resolve('playwright-core')).href)
  browser = await (module.default ?? module).chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
})

after(async () => {
  await browser?.close()
  await server?.close()
})

afterEach(() => context?.close())

/** Opens an address with replies that a test may replace. */
async function open(address, { over = {}, size = 'std', rows } = {}) {
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  page = await context.newPage()
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
    const changes = WRITES.test(name) ? ['ledger', 'resident', 'history', 'import'] : []
    return route.fulfill({ json: { ok: true, value, changes } })
  })
  await page.goto(base + address)
}

const sent = (name) => calls.filter(([called]) => called === name).map(([, request]) => request)
const settle = (ms = 350) => page.waitForTimeout(ms)
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}
const next = () => page.locator('.foot button.primary').click()
const text = (selector) => page.locator(selector).innerText()
const cell = (row, column) => page.locator(`.slick-row[data-row="${row}"] .slick-cell.l${column + 1}`)

async function sheetReady() {
  await page.waitForSelector('.slick-row .slick-cell.l1')
  await page.waitForSelector('.jw-box')
}

async function clean(where) {
  await page.addScriptTag({ path: need.resolve('axe-core/axe.min.js') })
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []
    return [...violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 160)}`), ...wide]
  })
  assert.deepEqual(found, [], where)
}

describe('the ledger page', () => {
  it('sends one change, shows the count and undoes by Ctrl+Z', async () => {
    await open('#/ledger?id=elderly_living_alone')
    await sheetReady()
    assert.match(await text('.count'), /74 人/)
    await cell(0, 5).click()
    await page.keyboard.type('xu')
    await press('Enter')
    await settle()
    assert.deepEqual(sent('ledger.change'), [{ ledger: 'elderly_living_alone', edits: [{ record: 1, field: 'row.clerk', value: 'xu' }] }])
    await press('Control+z')
    await settle()
    assert.deepEqual(sent('history.undo'), [{ op: 51 }])
    await press('Control+z')
    await settle()
    assert.equal(sent('history.undo').length, 1, 'an older op is never taken back from the sheet')
    assert.match(await text('.status'), /没有可以撤销的改动/)
  })

  it('searches in the core and says how many fit', async () => {
    await open('#/ledger?id=elderly_living_alone')
    await sheetReady()
    await page.getByLabel('在这本台账里找', { exact: true }).last().fill('王桂兰')
    await page.waitForFunction(() => document.querySelector('.count')?.textContent?.includes('筛出'))
    assert.equal(sent('ledger.rows').at(-1).search, '王桂兰')
    assert.match(await text('.count'), /筛出 5 人/)
    await page.getByRole('button', { name: '去掉筛选' }).click()
    await settle()
    assert.equal('search' in sent('ledger.rows').at(-1), false)
  })

  it('adds a row by form and takes rows out after asking', async () => {
    await open('#/ledger?id=elderly_living_alone')
    await sheetReady()
    await page.getByRole('button', { name: '新增一行' }).click()
    await page.getByRole('button', { name: '加进台账' }).click()
    assert.match(await text('[role=dialog]'), /请先填“姓名”/)
    await page.getByLabel('姓名（必填）').fill('方杰')
    await press('Enter')
    await settle()
    assert.deepEqual(sent('ledger.add')[0]?.values, { 'person.name': '方杰' })
    await cell(1, 0).click()
    await page.getByRole('button', { name: '移出 1 行' }).click()
    await page.getByRole('button', { name: '移出', exact: true }).click()
    await settle()
    assert.deepEqual(sent('ledger.remove')[0]?.records, [2])
  })

  it('says what to do when it is empty, and when the core says no', async () => {
    await open('#/ledger?id=elderly_living_alone', { rows: [] })
    await page.getByText('这本台账还没有记录').waitFor()
    await page.locator('.empty').getByRole('button', { name: '从表格导入' }).click()
    await page.getByText('把上级发来的表格拖到这里').waitFor()
    await context.close()
    const error = { code: 'damaged', severity: 'danger', message: '资料文件有损坏。', hint: '请从备份恢复。' }
    await open('#/ledger?id=elderly_living_alone', { over: { 'ledger.list': () => ({ ok: false, error }) } })
    await page.getByText('资料文件有损坏。').waitFor()
    await page.getByRole('button', { name: '再试一次' }).waitFor()
  })
})

describe('at the largest text', () => {
  it('keeps the card beside the sheet, with the active cell in view', async () => {
    await open('#/ledger?id=elderly_living_alone', { size: 'xl' })
    await sheetReady()
    await page.locator('.slick-row .slick-cell.l1').nth(5).click()
    await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('Alt+Enter')
    const card = page.getByRole('complementary', { name: '居民卡片' })
    await card.waitFor()
    await page.waitForTimeout(400)
    const edge = (await card.boundingBox()).x
    const stage = await page.locator('main.stage').boundingBox()
    assert.ok(stage.x + stage.width <= edge + 1, 'the card covers nothing')
    const cell = await page.locator('.jw-box:visible').first().boundingBox()
    assert.ok(cell.x + cell.width <= edge + 1, 'the active cell is not behind the card')
  })

  it('draws one focus ring around a choice', async () => {
    await open('#/ledger?id=elderly_living_alone', { size: 'xl' })
    await sheetReady()
    await page.getByRole('combobox', { name: '按楼栋筛选' }).focus()
    const rings = await page.evaluate(() => [document.activeElement, document.activeElement.closest('.el-select__wrapper')].map((each) => getComputedStyle(each).outlineStyle))
    assert.deepEqual(rings, ['none', 'solid'])
  })
})

describe('the import wizard', () => {
  it('is walked by the keyboard from the file to the end', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await settle()
    await press('Enter')
    await page.getByText('“现住址”放到哪一栏？').waitFor()
    await settle()
    await press('ArrowDown', 'ArrowUp', 'Enter')
    await page.getByText('可以查问题了').waitFor()
    await next()
    await page.getByText('不改也能导').waitFor()
    const asked = sent('import.preview').at(-1)
    assert.equal(asked.ledger, 'disabled')
    assert.deepEqual(asked.mapping[4], { letter: 'E', field: 'person.living_address' })
    await page.getByLabel('第 7 行改成').fill('13800000001')
    await next()
    await page.getByRole('tab', { name: /有冲突/ }).waitFor()
    assert.deepEqual(sent('import.preview').at(-1).fixes, [{ row: 7, letter: 'F', value: '13800000001' }])
    await page.getByRole('button', { name: /用这次的.*139/ }).click()
    await next()
    await page.getByText('导好了，放在“残疾人台账”').waitFor()
    assert.deepEqual(sent('import.apply')[0].take, [{ row: 6, field: 'p' }])
    assert.deepEqual(sent('dictionary.remember'), [{ heading: '现住址', field: 'person.living_address' }])
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('这次导入已经撤销').waitFor()
    assert.deepEqual(sent('history.undo'), [{ op: 60 }])
  })

  it('takes another end of the data from a row number', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await page.getByRole('button', { name: /^第 10 行/ }).click()
    await page.getByRole('menuitem', { name: '数据到这里为止' }).click()
    await settle()
    assert.deepEqual(sent('import.preview').at(-1).data_rows, [5, 10])
    assert.match(await text('.sum strong'), /，6 行/)
  })

  it('makes a new ledger only when the clerk goes on', async () => {
    await open(`${FILE}&title=${encodeURIComponent('飞线充电整治')}`)
    await page.getByText('可以查问题了').or(page.getByText('放到哪一栏？').first()).first().waitFor()
    await settle()
    assert.equal(sent('ledger.new').length, 0)
    await next()
    await settle()
    assert.deepEqual(sent('ledger.new'), [{ title: '飞线充电整治', from: PATH, sheet: '复核名单' }])
    assert.equal(sent('import.preview')[0].ledger, 'local_1')
  })

  it('shows an error in full and tries again', async () => {
    let broken = true
    const error = { code: 'bad_file', severity: 'warning', message: '文件正被 WPS 打开，读不了。', hint: '请在 WPS 里关闭它再点重试。' }
    const over = { 'import.open': () => (broken ? { ok: false, error } : known()['import.open']({})) }
    await open(FILE, { over })
    await page.getByText('请在 WPS 里关闭它再点重试。').waitFor()
    broken = false
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByText('放进哪本台账？').waitFor()
  })

  it('asks before it is left', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await page.getByRole('button', { name: '退出导入' }).click()
    await page.getByRole('button', { name: '接着导' }).click()
    await page.getByText('放进哪本台账？').waitFor()
    await page.getByRole('button', { name: '退出导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '退出导入' }).click()
    await page.waitForURL(/#\/$/)
  })
})

describe('for everyone', () => {
  for (const size of ['std', 'l', 'xl']) {
    it(`is clean for axe at text size ${size}`, async () => {
      await open('#/ledger?id=elderly_living_alone', { size })
      await sheetReady()
      await clean('ledger')
      await context.close()
      await open(FILE, { size })
      await page.getByText('放进哪本台账？').waitFor()
      await clean('columns')
      await settle()
      await press('Enter')
      await settle()
      await press('Enter')
      await page.getByText('可以查问题了').waitFor()
      for (const step of ['problems', 'changes', 'done']) {
        await next()
        await settle(600)
        await clean(step)
      }
    })
  }
})
