// A clerk's first morning in a browser, over the real core (`juwutai serve`): first run, home, search,
// card, paper, taking back; by keyboard where a clerk would use it. Then every page at the three text
// sizes under axe, and nothing may run over its edge. The sheet and the wizard have scripts of their own.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
const ROSTER = join(top, 'assets/sample/sheets/60岁以上老年人底册.xlsx')

let office, served, base, browser, context, page, person

before(async () => {
  office = mkdtempSync(join(tmpdir(), 'juwutai-pages-'))
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
  const playwright = await import(pathToFileURL(need.resolve('playwright-core')).href)
  browser = await (playwright.default ?? playwright).chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true })
  page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(`page error: ${error.message}`))
  page.setDefaultTimeout(15_000)
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
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '')

describe('the first morning', () => {
  it('starts by keyboard alone', async () => {
    await page.goto(base)
    await named('heading', '字看得清吗？').waitFor()
    await named('button', '下一步').press('Enter')
    await page.getByLabel('居委会名称').waitFor()
    await page.keyboard.type('梅园居民区')
    await page.keyboard.press('Enter')
    await named('radio', /从空的开始/).waitFor()
    await named('button', '开始用').press('Enter')
    await page.getByText('还没有导入过表格').waitFor()
    assert.equal((await call('office.status')).committee.name, '梅园居民区')
  })

  it('shows at home what was imported', async () => {
    const { sheets } = await call('import.open', { path: ROSTER })
    const done = await call('import.apply', { path: ROSTER, sheet: sheets[0].name, ledger: 'elderly', conflict: 'keep' })
    assert.ok(done.added > 10)
    await page.reload()
    await page.getByText('60岁以上老年人底册.xlsx').waitFor()
    await page.getByText(`新增 ${done.added}`).waitFor()
    await named('link', /老年人/).first().waitFor()
  })

  it('finds a resident by the first letters, and opens the card', async () => {
    const { rows } = await call('ledger.rows', { ledger: 'elderly', offset: 0, limit: 1 })
    person = await call('resident.get', { uid: rows[0].uid })
    await page.keyboard.press('Control+f')
    assert.equal(await focused(), '找人找房')
    await page.keyboard.type(person.name)
    await named('option', new RegExp(person.name)).first().waitFor()
    await page.keyboard.press('Enter')
    await named('heading', person.name).waitFor()
    await page.getByText('《60岁以上老年人底册》').first().waitFor()
  })

  it('shows a masked value only on asking', async () => {
    const { value } = await call('resident.reveal', { uid: person.uid, field: 'person.id_number' })
    assert.equal(await page.getByText(value).count(), 0)
    await named('button', '看完整的身份证号').click()
    await page.getByText(value).waitFor()
    await named('button', '遮起身份证号').click()
    assert.equal(await page.getByText(value).count(), 0)
  })

  it('changes a phone in place, and takes it back with Ctrl+Z', async () => {
    const before = person.facts.find((fact) => fact.field === 'person.phone').display
    await named('button', '改联系电话').click()
    await page.getByRole('textbox', { name: '联系电话' }).fill('12')
    await page.keyboard.press('Enter')
    await page.locator('.drawer [role=alert]').waitFor()
    await page.getByRole('textbox', { name: '联系电话' }).fill('13800001234')
    await page.keyboard.press('Enter')
    await page.locator('.drawer').getByText('138****1234').waitFor()
    await page.locator('.drawer header h2').click()
    await page.keyboard.press('Control+z')
    await page.locator('.drawer').getByText(before).waitFor()
    await page.getByText('已撤销：', { exact: false }).first().waitFor()
    await named('button', '关上').click()
  })

  it('shows the paper, turns it, and keeps it', async () => {
    await page.goto(`${base}/#/report?ledger=elderly`)
    await page.locator('.hold canvas').waitFor()
    await page.waitForFunction(inked)
    const wide = await page.locator('.hold canvas').evaluate((sheet) => sheet.width > sheet.height)
    await named('button', wide ? '竖' : '横').click()
    await page.waitForFunction((was) => {
      const sheet = document.querySelector('.hold canvas')
      return sheet && sheet.width > sheet.height !== was
    }, wide)
    const [kept] = await Promise.all([page.waitForEvent('download'), named('button', '存 PDF').click()])
    assert.equal(readFileSync(await kept.path()).subarray(0, 5).toString(), '%PDF-')
    const [sheet] = await Promise.all([page.waitForEvent('download'), named('button', '存 Excel').click()])
    assert.match(sheet.suggestedFilename(), /\.xlsx$/)
  })

  it('takes the import back from the list, after asking', async () => {
    await named('link', '操作记录').click()
    await named('button', /^撤销：导入/).click()
    await named('dialog', '撤销这次导入？').waitFor()
    assert.equal(await focused(), '先不', 'the careful answer has the focus')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await named('button', /^恢复：导入/).waitFor()
    assert.equal((await call('ledger.rows', { ledger: 'elderly', offset: 0, limit: 1 })).total, 0)
    const known = page.getByRole('button', { name: '知道了' })
    if (await known.count()) await known.click()
    await named('button', /^恢复：导入/).click()
    await named('button', /^撤销：导入/).waitFor()
    assert.ok((await call('ledger.rows', { ledger: 'elderly', offset: 0, limit: 1 })).total > 10)
  })

  it('reaches every act of the home page by Tab', async () => {
    await page.goto(`${base}/#/`)
    await page.reload()
    await page.getByText('60岁以上老年人底册.xlsx').waitFor()
    const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href],button,input')].filter((each) => each.offsetParent).length)
    await page.evaluate(() => document.activeElement?.blur())
    const reached = new Set()
    for (let k = 0; k < wanted + 4; k += 1) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const all = [...document.querySelectorAll('a[href],button,input')]
        const ring = getComputedStyle(document.activeElement)
        return [all.indexOf(document.activeElement), ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2]
      })
      if (at[0] >= 0) {
        assert.ok(at[1], 'the focus is seen')
        reached.add(at[0])
      }
    }
    assert.equal(reached.size, wanted)
  })
})

describe('every page at every text size', () => {
  const pages = ['/', '/import', '/ledger?id=elderly', '/report?ledger=elderly', '/history', '/help', '/settings']
  for (const [size, label] of [['std', '标准'], ['l', '大字'], ['xl', '特大']]) {
    for (const address of pages) {
      it(`${address} in ${label}`, async () => {
        const fresh = await context.newPage()
        await fresh.addInitScript((chosen) => localStorage.setItem('juwutai.text-size', chosen), size)
        await fresh.goto(`${base}/#${address}`)
        await fresh.locator('h1').first().waitFor()
        await fresh.waitForTimeout(800)
        await fresh.evaluate(readFileSync(join(ui, 'node_modules/axe-core/axe.min.js'), 'utf8'))
        const found = await fresh.evaluate(async () => {
          const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
          return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).slice(0, 3)}`)
        })
        assert.deepEqual(found, [])
        assert.deepEqual(await fresh.evaluate(overflowing), [])
        await fresh.close()
      })
    }
  }
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
  const cut = (each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
  const style = (each) => getComputedStyle(each)
  return [...document.querySelectorAll('#app *')]
    .filter((each) => cut(each) && style(each).overflowX === 'visible' && style(each).display !== 'inline')
    .filter((each) => !each.closest('.slick-pane, .jw-sheet, .unseen, svg'))
    .map((each) => `${each.tagName}.${each.className} ${each.scrollWidth} > ${each.clientWidth}`)
}
