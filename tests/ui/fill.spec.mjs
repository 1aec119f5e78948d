// Filling a form by keyboard, in headless Chromium over made-up replies: the sheet with its sources, the gaps one after
// another, the file and its record, the way in from home, and axe at the three text sizes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clean, focused, forms, open, page, press, reply, sent, settle, startPages, text } from './made-up.mjs'

const PATH = 'D:\\收件\\走访统计表.xlsx'
const query = `path=${encodeURIComponent(PATH)}&name=${encodeURIComponent('走访统计表.xlsx')}`
const FILE = `?start#/fill?${query}`

startPages()

const next = () => page.locator('.foot button.primary').click()
const over = (seen) => forms.fillReplies(seen)
const sheetReady = () => page.locator('tr.slot td.filled').first().waitFor()
const step = (name) => page.locator('[aria-current=step]').getByText(name).waitFor()

/** The import's view of a form without data. */
function blankForm() {
  const seen = reply('import.open')
  const columns = seen.sheets[0].columns.map((each) => ({ ...each, samples: [] }))
  return { 'import.open': () => ({ ...seen, sheets: [{ ...seen.sheets[0], kind: 'blank_form', columns }] }) }
}

async function toGaps() {
  await open(FILE)
  await sheetReady()
  await next()
  await step('选范围')
  await next()
  await page.locator('.slick-cell.gap').first().waitFor()
  await settle()
}

describe('the sheet as it will print', () => {
  it('is walked by the keyboard, and each cell tells its source', async () => {
    await open(FILE)
    await sheetReady()
    await press('F8')
    await page.getByRole('dialog', { name: /U5/ }).waitFor()
    assert.match(await text('.pop'), /台账里还没有王桂兰的“取暖方式”/)
    await page.getByRole('grid').focus()
    await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowDown', 'Enter')
    await page.getByText('来自《9月走访》').waitFor()
    assert.match(await text('.pop'), /这是2024年8月的数据/)
    await settle()
    assert.match(await focused(), /看原记录/)
    await press('Tab', 'Enter')
    await page.getByLabel('紧急联系人', { exact: true }).fill('儿子 郭亮')
    await press('Enter')
    await page.getByText('郭志强的紧急联系人已改好').waitFor()
    assert.deepEqual(sent('fill.save_gaps')[0].values, [{ uid: 'r-2', field: 'person.emergency', value: '儿子 郭亮' }])
  })

  it('opens the card of a person beside it', async () => {
    await open(FILE)
    await sheetReady()
    await page.locator('tr.slot').first().locator('td').nth(1).click()
    await page.getByRole('button', { name: '看原记录' }).click()
    await page.getByRole('complementary', { name: '居民卡片' }).waitFor()
  })

  it('leads from a block of the strip to its column', async () => {
    await open(FILE)
    await sheetReady()
    await page.getByRole('toolbar').getByRole('button').first().focus()
    await press('End', 'ArrowLeft', 'Enter')
    await page.locator('.abc .on').waitFor()
    assert.equal(await text('.abc .on'), 'AK')
  })

  it('takes other rows for the heading', async () => {
    await open(FILE)
    await sheetReady()
    await page.getByRole('button', { name: '换表头行' }).click()
    await page.getByRole('dialog', { name: '表头是哪几行？' }).waitFor()
    await page.getByRole('combobox', { name: '到这一行为止' }).click({ force: true })
    await page.getByRole('option', { name: /第 5 行/ }).click()
    await page.getByRole('button', { name: '就照这样认' }).click()
    await settle()
    assert.deepEqual(sent('fill.open').at(-1).header_rows, [3, 5])
  })
})

describe('the gaps', () => {
  it('are filled one after another by Enter alone', async () => {
    await toGaps()
    assert.match(await text('.sum h2'), /还差 238 格/)
    await page.keyboard.type('电')
    await page.getByRole('option', { name: '电热毯' }).waitFor()
    await press('ArrowDown', 'Enter')
    await settle()
    assert.deepEqual(sent('fill.save_gaps')[0].values, [{ uid: 'r-1', field: 'person.heating', value: '电热毯' }])
    assert.match(await text('.sum h2'), /还差 237 格/)
    await page.keyboard.type('不够')
    await press('Enter')
    await settle()
    assert.deepEqual(sent('fill.save_gaps')[1].values, [{ uid: 'r-1', field: 'person.quilt', value: '不够' }])
    await press('Control+z')
    await settle()
    assert.equal(sent('history.undo').length, 1)
    assert.match(await text('.sum h2'), /还差 237 格/)
  })

  it('say why a value is refused, and keep waiting for it', async () => {
    await toGaps()
    await page.keyboard.type('不收')
    await press('Escape')
    await page.keyboard.type('不收')
    await press('Tab')
    await settle()
    await page.locator('.slick-cell.bad').first().waitFor()
    assert.match(await text('.sum h2'), /还差 238 格/)
  })

  it('go by building, and are printed for the doorstep', async () => {
    await toGaps()
    await page.getByRole('button', { name: /5号楼/ }).click()
    await settle()
    assert.match(await text('.visit [aria-current]'), /5号楼/)
    await page.getByRole('switch', { name: '留签名栏' }).click()
    await page.getByRole('button', { name: '打印走访单' }).click()
    await settle()
    assert.equal(sent('fill.visit')[0].sign, false)
  })
})

describe('a known form', () => {
  it('is saved with four clicks from home, what changed marked', async () => {
    await open('#/', { over: { ...blankForm(), ...over(forms.knownForm) } })
    await page.getByText('把上级发来的表格拖到这里').waitFor()
    await page.route('**/upload*', (route) => route.fulfill({ json: { path: PATH } }))
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '选择表格文件' }).click()])
    await chooser.setFiles({ name: '走访统计表.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') })
    await page.getByRole('button', { name: '填这张表' }).click()
    await step('导出')
    await page.getByText('3 格和上次不一样').waitFor()
    await page.getByLabel('文件名').waitFor()
    await press('F8')
    await page.locator('td.changed.here').waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), next()])
    assert.match(file.suggestedFilename(), /独居老人冬季走访统计表/)
    assert.equal(await page.getByLabel('交给谁').inputValue(), '街道民政科')
    await settle()
    await press('Enter')
    await page.getByText('办好了').waitFor()
    assert.deepEqual(sent('fill.done').map((each) => each.to), ['街道民政科'])
  })
})

describe('for everyone', () => {
  const walks = {
    file: async (size) => (await open('#/fill', { size }), page.getByText('把上级发来的空表拖到这里').waitFor()),
    columns: async (size) => (await open(FILE, { size }), sheetReady()),
    figures: async (size) => (await open(FILE, { size, over: over(forms.openedAs('figures')) }), page.getByText('还有 1 个数没定数什么').waitFor()),
    people: async (size) => (await open(FILE, { size, over: over(forms.openedAs('person')) }), page.getByLabel('找人加进来').waitFor()),
    names: async (size) => (await open(FILE, { size, over: over(forms.openedAs('roster')) }), await sheetReady(), await next(), page.getByText('陈秀英，是哪一位？').waitFor()),
    made: async (size) => (await open(FILE, { size, over: over(forms.knownForm) }), await sheetReady(), page.getByLabel('文件名').waitFor()),
    record: async (size) => (await open('#/fill/submissions', { size }), page.getByText('交过的表').waitFor()),
    offer: async (size) => (await open(`?start#/import?${query}`, { size, over: blankForm() }), page.getByRole('button', { name: '填这张表' }).waitFor()),
  }
  for (const size of ['std', 'l', 'xl']) {
    it(`is clean for axe at text size ${size}`, async () => {
      for (const [name, walk] of Object.entries(walks)) {
        await walk(size)
        await settle(150)
        await clean(`${name} at ${size}`)
        await page.context().close()
      }
      await open(FILE, { size })
      await sheetReady()
      await page.locator('tr.slot').first().locator('td').nth(1).click()
      await page.getByRole('button', { name: '看原记录' }).waitFor()
      await clean(`bubble at ${size}`)
      await next()
      await step('选范围')
      await settle(150)
      await clean(`whom at ${size}`)
      await next()
      await page.locator('.slick-cell.gap').first().waitFor()
      await settle()
      await clean(`gaps at ${size}`)
    })
  }
})
