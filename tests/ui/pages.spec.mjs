// The ledger page by keyboard, in headless Chromium over made-up replies: what is sent, what is shown, what an error
// looks like, and axe at the three text sizes. The import wizard has a script of its own.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clean, context, open, page, press, sent, settle, startPages, text } from './made-up.mjs'

startPages()

const cell = (row, column) => page.locator(`.slick-row[data-row="${row}"] .slick-cell.l${column + 1}`)

async function sheetReady() {
  await page.waitForSelector('.slick-row .slick-cell.l1')
  await page.waitForSelector('.jw-box')
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

describe('where a value came from', () => {
  it('is shown by the menu key, by a right click and to a resting mouse', async () => {
    await open('#/ledger?id=elderly_living_alone')
    await sheetReady()
    await cell(2, 3).click()
    await press('Shift+F10')
    await page.getByText('来历：街道残联两项补贴复核名单.xls · 复核名单 · F7 · 街道残联 · 11月18日').waitFor()
    await press('ArrowDown')
    assert.equal(await page.getByText('来历：').count(), 0)
    await cell(4, 3).hover()
    await page.getByText('F9').waitFor()
    await cell(1, 0).click({ button: 'right' })
    await page.getByText('没有记下这一格是从哪里来的').waitFor()
    await press('Escape')
    assert.equal(await page.getByText('来历：').count(), 0)
    assert.deepEqual(sent('ledger.source')[0], { ledger: 'elderly_living_alone', record: 3, field: 'person.phone' })
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

describe('for everyone', () => {
  for (const size of ['std', 'l', 'xl']) {
    it(`is clean for axe at text size ${size}`, async () => {
      await open('#/ledger?id=elderly_living_alone', { size })
      await sheetReady()
      await clean('ledger')
    })
  }
})
