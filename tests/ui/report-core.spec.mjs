// The report desk in a browser over the real core (`juwutai serve`) with the practice data: every kind of report is
// drawn, figures open to their people from the list and from the paper, several are printed at once, and all of it is
// looked at by axe. The page by itself is tried in report.spec.mjs.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const top = join(dirname(fileURLToPath(import.meta.url)), '../..')
const ui = join(top, 'ui')
const need = createRequire(join(ui, 'package.json'))
const programs = process.env.JUWUTAI_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(top, 'target'), 'debug')
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
/** A folder for pictures of every page, to be looked at. */
const PICTURES = process.env.JUWUTAI_PICTURES

let office, served, base, browser, context, page, reports

before(async () => {
  office = mkdtempSync(join(tmpdir(), 'juwutai-reports-'))
  const program = join(programs, process.platform === 'win32' ? 'juwutai.exe' : 'juwutai')
  served = spawn(program, ['--clerk', '许文静', '--today', '2026-11-21', 'serve', '--port', '0', '--ui', join(ui, 'dist')], {
    env: { ...process.env, JUWUTAI_DATA: office },
  })
  base = await new Promise((resolve, reject) => {
    served.once('exit', (code) => reject(new Error(`juwutai serve ended with ${code}`)))
    served.stdout.on('data', (text) => {
      const address = /http:\/\/[\d.:]+/.exec(String(text))
      if (address) resolve(address[0])
    })
  })
  await call('office.start', { name: '梅园居民区', subdistrict: '东溪街道', sample: true })
  ;({ reports } = await call('report.list'))
  const playwright = await import(pathToFileURL(need.resolve('playwright-core')).href)
  browser = await (playwright.default ?? playwright).chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
})

after(async () => {
  await browser?.close()
  served?.kill()
  if (office) rmSync(office, { recursive: true, force: true })
})

async function call(name, request = {}) {
  const answer = await fetch(`${base}/call/${name}`, { method: 'POST', body: JSON.stringify(request) })
  const reply = await answer.json()
  assert.ok(reply.ok, `${name}: ${JSON.stringify(reply.error)}`)
  return reply.value
}

const named = (role, name) => page.getByRole(role, { name, exact: typeof name === 'string' })
const picture = async (name) => PICTURES && page.screenshot({ path: join(PICTURES, `${name}.png`) })
const print = () => named('button', /^打印（\d+ 页）$/)

/** Opens the desk at a report and waits until its paper is drawn. */
async function desk(query, size = 'std') {
  await context?.close()
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true })
  page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(`page error: ${error.message}`))
  page.setDefaultTimeout(30_000)
  await page.addInitScript((chosen) => localStorage.setItem('juwutai.text-size', chosen), size)
  await page.goto(`${base}/#/report?${new URLSearchParams(query)}`)
  await print().waitFor()
  await page.waitForFunction(inked)
}

/** No flaw by axe, and nothing that runs over its edge. */
async function clean(where) {
  await page.evaluate(readFileSync(join(ui, 'node_modules/axe-core/axe.min.js'), 'utf8'))
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).slice(0, 3)}`)
  })
  assert.deepEqual([...found, ...(await page.evaluate(overflowing))], [], where)
}

describe('every kind of report', () => {
  for (const size of ['std', 'l', 'xl']) {
    it(`is drawn and clean at text size ${size}`, async () => {
      for (const { kind, needs_ledger: needs } of reports) {
        await desk({ kind, ...(needs ? { ledger: 'elderly' } : {}) }, size)
        await clean(`${kind} in ${size}`)
        await picture(`${kind}-${size}`)
        await page.locator('.options .body').evaluate((body) => body.scrollTo(0, body.scrollHeight))
        await picture(`${kind}-${size}-bottom`)
      }
    })
  }

  it('names on the button as many pages as the paper has', async () => {
    for (const { kind, needs_ledger: needs } of reports) {
      await desk({ kind, ...(needs ? { ledger: 'elderly' } : {}) })
      const said = Number(/\d+/.exec(await print().innerText())[0])
      assert.equal(await page.locator('.thumbs li').count(), said, kind)
    }
  })
})

describe('what is chosen', () => {
  it('reaches the paper: columns, people, order, and the notice board', async () => {
    await desk({ kind: 'ledger_list', ledger: 'elderly' })
    const { title } = await call('ledger.get', { id: 'elderly' })
    await named('button', '选栏目').click()
    await named('button', '只要常用的').click()
    await named('button', '就印这些').click()
    await page.getByText(/^\d+ 栏，一共 \d+ 栏$/).waitFor()
    await named('button', '选哪些人').click()
    await page.getByRole('combobox', { name: '第 1 条：看哪一栏' }).fill('楼')
    await page.getByRole('option', { name: /楼/ }).first().click()
    await page.getByRole('combobox', { name: '第 1 条：是什么' }).click()
    await page.getByRole('option', { name: /号楼$/ }).first().click()
    await named('button', '就印这些人').click()
    await named('button', '公示用').click()
    await page.waitForTimeout(1500)
    await print().waitFor()
    await clean('a public sheet of some people')
    await picture('chosen')
    const [kept] = await Promise.all([page.waitForEvent('download'), named('button', '存 PDF').click()])
    assert.ok(kept.suggestedFilename().startsWith(title))
    assert.equal(readFileSync(await kept.path()).subarray(0, 5).toString(), '%PDF-')
    await page.getByText(/上次 11月21日/).waitFor()
  })

  it('leads to the rows that lack something, as many as it says', async () => {
    // Nobody of the practice office lacks anything; two people come of whom only name and telephone are known.
    const sheet = '姓名,联系电话\n章予宁,16000000001\n黎知远,16000000002\n'
    const { path } = await (await fetch(`${base}/upload?name=${encodeURIComponent('新来的人.csv')}`, { method: 'POST', body: sheet })).json()
    assert.equal((await call('import.apply', { path, ledger: 'resident' })).added, 2)
    await desk({ kind: 'statistics' })
    const link = page.locator('.gaps li').filter({ has: page.locator('a') }).first()
    const count = Number(/\d+/.exec(await link.innerText())[0])
    await link.locator('a').click()
    await page.getByText(`筛出 ${count.toLocaleString('zh-CN')} 人`).waitFor()
    await picture('lacking')
  })

  it('counts by other fields', async () => {
    await desk({ kind: 'statistics' })
    await page.getByRole('combobox', { name: '每列是' }).click()
    await page.getByRole('option', { name: '楼栋', exact: true }).locator('visible=true').first().click()
    await page.waitForTimeout(1500)
    await print().waitFor()
    await clean('by building')
    await picture('by-building')
  })
})

describe('a figure', () => {
  it('opens to as many people as it says, and a person to their card', async () => {
    await desk({ kind: 'statistics' })
    await named('button', '看是哪些人').click()
    const first = page.locator('.figures .rows button').first()
    const count = Number(/(\d+) 人/.exec(await first.innerText())[1])
    await first.click()
    await page.locator('.figures header p').waitFor()
    assert.equal(Number(/(\d+) 人/.exec(await page.locator('.figures header p').innerText())[1]), count)
    await clean('people')
    await picture('people')
    await page.locator('.figures .rows button').first().click()
    await named('complementary', '居民卡片').waitFor()
    await picture('people-card')
  })

  it('is found on the paper where it stands', async () => {
    await desk({ kind: 'statistics' })
    await page.locator('.spots button').first().waitFor()
    const { figures } = await call('report.preview', { kind: 'statistics', as_of: '2026-11-21', options: {} })
    const here = figures.filter((each) => each.page === 1).length
    const found = await page.locator('.spots button').count()
    assert.ok(found > here / 2, `${found} of ${here} figures of the first page are found on it`)
    await page.locator('.spots button').first().click()
    await page.locator('.figures header p').waitFor()
    await picture('spots')
  })
})

describe('several at once', () => {
  it('become one paper', async () => {
    await desk({ kind: 'ledger_list', ledger: 'elderly' })
    await named('button', '一次打好几张…').click()
    for (const { kind, title } of reports) if (kind !== 'ledger_list') await named('checkbox', title).click()
    await named('button', new RegExp(`^一起打印（${reports.length} 张报表，\\d+ 页）$`)).waitFor({ timeout: 60_000 })
    await page.waitForFunction(inked)
    await clean('several')
    await picture('several')
    const [kept] = await Promise.all([page.waitForEvent('download'), named('button', '存 PDF').click()])
    assert.equal(readFileSync(await kept.path()).subarray(0, 5).toString(), '%PDF-')
  })
})

/** Whether the drawn page has ink on it. */
function inked() {
  const sheet = document.querySelector('.hold canvas')
  if (!sheet?.width) return false
  const { data } = sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height)
  return data.some((value, k) => k % 4 === 0 && data[k + 3] > 0 && value < 100)
}

/** Parts whose content runs over their edge without a way to scroll to it. */
function overflowing() {
  return [...document.querySelectorAll('.report *, [role=dialog] *')]
    .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).overflowX === 'visible' && getComputedStyle(each).display !== 'inline')
    .filter((each) => !each.closest('svg, .unseen, .el-select'))
    .map((each) => `${each.tagName}.${each.className} ${each.scrollWidth} > ${each.clientWidth}`)
}
