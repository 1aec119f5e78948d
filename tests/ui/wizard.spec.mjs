// The import wizard by keyboard, in headless Chromium over made-up replies: every step, what is sent for it, pasting,
// several sheets, telling people apart, the rows set aside, and axe at the three text sizes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clean, context, fakes, focused, open, page, press, reply, sent, settle, startPages, text } from './made-up.mjs'

const PATH = 'D:\\收件\\名单.xls'
const FILE = `?start#/import?path=${encodeURIComponent(PATH)}&name=${encodeURIComponent('名单.xls')}`

startPages()

const next = () => page.locator('.foot button.primary').click()
const tab = (name) => page.getByRole('tab', { name })
const many = { 'import.open': () => fakes.manySheets() }

/** Puts a block onto the clipboard's paste event, as WPS does: text with tabs, and HTML. */
const paste = (plain, html) =>
  page.evaluate(([plain, html]) => {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    if (html) data.setData('text/html', html)
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, [plain, html])

/** Confirms the ledger and the one column that is asked about. */
async function answer() {
  await page.getByText('放进哪本台账？').waitFor()
  await settle()
  await press('Enter')
  await page.getByText('“现住址”放到哪一栏？').waitFor()
  await settle()
  await press('Enter')
  await page.getByText('可以查问题了').waitFor()
}

describe('from the file to the end', () => {
  it('is walked by the keyboard alone', async () => {
    await open(FILE)
    await answer()
    assert.match(await focused(), /查问题/, 'the hand goes on by itself')
    await press('Enter')
    await page.getByText('不改也能导').waitFor()
    const asked = sent('import.preview').at(-1)
    assert.equal(asked.ledger, 'disabled')
    assert.equal(asked.sender, '街道残联')
    assert.equal('conflict' in asked, false, 'the rule of each field stands unless somebody says otherwise')
    assert.deepEqual(asked.mapping[4], { letter: 'E', field: 'person.living_address' })
    await settle()
    assert.equal(await focused(), '第 7 行改成')
    await page.keyboard.type('16200000001')
    await press('Enter')
    assert.equal(await focused(), '第 13 行改成')
    await page.keyboard.type('999')
    await press('Escape')
    assert.equal(await page.getByLabel('第 13 行改成').inputValue(), '未留')
    await press('Enter', 'Enter', 'Enter')
    assert.match(await focused(), /看变化/, 'past the last problem stands the way on')
    await press('Enter')
    await tab(/有冲突/).waitFor()
    assert.deepEqual(sent('import.preview').at(-1).fixes, [{ row: 7, letter: 'F', value: '16200000001' }])
    assert.match(await focused(), /有冲突/)
    await page.getByRole('group', { name: '李国平 手机号以谁为准' }).getByRole('button', { name: /以来表为准/ }).press('Enter')
    await page.locator('.foot button.primary').press('Enter')
    await page.getByText('导好了，放在“残疾人台账”').waitFor()
    assert.deepEqual(sent('import.apply')[0].take, [{ row: 6, field: 'p' }])
    assert.deepEqual(sent('dictionary.remember'), [{ heading: '现住址', field: 'person.living_address' }])
    await page.getByText('街道残联发来的').waitFor()
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('这次导入已经撤销').waitFor()
    assert.deepEqual(sent('history.undo'), [{ op: 60 }])
  })

  it('leads on to the paper and to the rows set aside', async () => {
    await open(FILE)
    await answer()
    for (const step of ['查问题', '看变化', '完成']) {
      await next()
      await page.locator('[aria-current=step]').getByText(step).waitFor()
    }
    await page.getByRole('link', { name: '待处理' }).click()
    await page.getByRole('heading', { name: '待处理' }).waitFor()
  })
})

describe('the file', () => {
  const block = '姓名\t电话\n王桂兰\t16200000001'

  it('may be a block pasted from WPS, with the key alone', async () => {
    await open('#/import')
    await page.getByText('把上级发来的表格拖到这里').waitFor()
    assert.equal(await focused(), '选一个表格文件')
    await paste(block, '<table><tr><td>姓名</td></tr></table>')
    await page.getByText('放进哪本台账？').waitFor()
    assert.deepEqual(sent('import.paste'), [{ text: block, html: '<table><tr><td>姓名</td></tr></table>' }])
    assert.equal(sent('import.open').at(-1).path, 'paste:1')
    assert.match(await text('.head .title p'), /粘贴的表格（12 行 9 栏）/)
  })

  it('may be pasted by the button; a word is no table', async () => {
    await open('#/import')
    await page.getByRole('button', { name: '粘贴表格' }).press('Enter')
    await page.getByRole('dialog', { name: '粘贴表格' }).waitFor()
    assert.equal(await focused(), '在这里按 Ctrl+V')
    await paste('王桂兰')
    await page.getByText('粘过来的不是表格').waitFor()
    assert.equal(sent('import.paste').length, 0)
    await paste(block)
    await page.getByText('放进哪本台账？').waitFor()
    assert.deepEqual(sent('import.paste'), [{ text: block }])
  })

  it('may be dropped onto any page, and travels once', async () => {
    await open('#/ledger?id=elderly_living_alone')
    await page.getByRole('heading', { name: '独居老人台账' }).waitFor()
    let uploads = 0
    await page.route('**/upload*', (route) => ((uploads += 1), route.fulfill({ json: { path: PATH } })))
    const drag = (kind) =>
      page.evaluate((kind) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['姓名'], '名单.csv'))
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
      }, kind)
    await drag('dragover')
    await page.getByText('松开手，就开始看这张表').waitFor()
    await drag('drop')
    await page.getByText('放进哪本台账？').waitFor()
    assert.equal(await text('.head .title p'), '名单.csv')
    assert.deepEqual([uploads, sent('import.open').length, sent('import.open')[0].path], [1, 1, PATH])
  })

  it('dropped at home goes the same way', async () => {
    await open('#/')
    await page.getByText('把上级发来的表格拖到这里').waitFor()
    let uploads = 0
    await page.route('**/upload*', (route) => ((uploads += 1), route.fulfill({ json: { path: PATH } })))
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['姓名'], '名单.csv'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    await page.getByText('放进哪本台账？').waitFor()
    assert.deepEqual([uploads, sent('import.open').length], [1, 1])
  })

  it('may hold sheets of the same columns, imported together with what their names mean', async () => {
    await open(FILE, { over: many })
    await page.getByText('这几张表栏目相同，一起导入').waitFor()
    await settle()
    await press('Tab')
    assert.match(await focused(), /5号楼/)
    await page.getByRole('checkbox', { name: /9号楼.*隐藏的/ }).check()
    await page.getByRole('group', { name: '表名的意思' }).getByRole('button', { name: '网格' }).press('Enter')
    await page.getByLabel('谁发来的').fill('街道民政')
    await page.getByRole('button', { name: '下一步：对栏目' }).press('Enter')
    await page.getByText('栏目照上次的对好了').waitFor()
    assert.match(await focused(), /查问题/, 'a known layout asks nothing')
    await press('Enter')
    await page.getByText('不改也能导').waitFor()
    const { sheet, sheets, sheet_field, sender } = sent('import.preview').at(-1)
    assert.deepEqual({ sheet, sheets, sheet_field, sender }, { sheet: '3号楼', sheets: ['5号楼', '9号楼'], sheet_field: 'place.grid', sender: '街道民政' })
  })

  it('may hold a second table below', async () => {
    await open(FILE, { over: many })
    await page.getByLabel(/本季度退出人员/).check()
    await next()
    await page.getByText('可以查问题了').waitFor()
    assert.deepEqual(sent('import.preview').at(-1).header_rows, [140, 140])
    assert.deepEqual(sent('import.preview').at(-1).data_rows, [141, 152])
    await page.getByRole('button', { name: '上一步' }).click()
    await page.getByText('导哪一张？').waitFor()
  })
})

describe('the columns', () => {
  it('tell what is hidden and what is skipped', async () => {
    await open(FILE)
    await page.getByText('第 11、12 行和 H 列在原表里是隐藏的，也一起导入。').waitFor()
    await page.getByRole('button', { name: '第 11 行数据，原表里隐藏，改这一行是什么' }).waitFor()
    await page.getByRole('button', { name: '第 14 行跳过，改这一行是什么' }).waitFor()
  })

  it('show both halves of a twin table as one', async () => {
    const inspection = reply('import.open')
    const [sheet] = inspection.sheets
    const twin = { ...sheet, blocks: [['A', 'D'], ['F', 'I']], columns: sheet.columns.slice(0, 4) }
    await open(FILE, { over: { 'import.open': () => ({ ...inspection, sheets: [twin] }) } })
    await page.getByText('A–D、F–I 两半接起来读。', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'G 列：姓名，已对上' }).press('Enter')
    await page.getByText('“姓名”放到哪一栏？').waitFor()
    assert.equal(await page.locator('.map .sel').count(), 2)
  })

  it('may be kept in this ledger only, under a name of their own', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await settle()
    await press('Enter')
    await page.getByText('“现住址”放到哪一栏？').waitFor()
    await settle()
    await press('ArrowDown', 'ArrowDown', 'ArrowDown')
    await page.getByLabel('这一栏的名称').fill('老地址')
    await press('Enter')
    await page.getByText('可以查问题了').waitFor()
    await next()
    await page.getByText('不改也能导').waitFor()
    assert.deepEqual(sent('import.preview').at(-1).mapping[4], { letter: 'E', field: null, own: '老地址' })
  })

  it('take another end of the data from a row number', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await page.getByRole('button', { name: /^第 10 行/ }).press('Enter')
    await press('ArrowDown', 'ArrowDown', 'Enter')
    await settle()
    assert.deepEqual(sent('import.preview').at(-1).data_rows, [5, 10])
    assert.match(await text('.sum strong'), /，6 行/)
  })

  it('make a new ledger only when the clerk goes on', async () => {
    await open(`${FILE}&title=${encodeURIComponent('飞线充电整治')}`)
    await page.getByText('可以查问题了').or(page.getByText('放到哪一栏？').first()).first().waitFor()
    await settle()
    assert.equal(sent('ledger.new').length, 0)
    await next()
    await settle()
    assert.deepEqual(sent('ledger.new'), [{ title: '飞线充电整治', from: PATH, sheet: '复核名单' }])
    assert.equal(sent('import.preview')[0].ledger, 'local_1')
  })
})

describe('what is wrong and what changes', () => {
  async function toChanges() {
    await open(FILE)
    await answer()
    await next()
    await page.getByText('不改也能导').waitFor()
  }

  it('puts rows or a whole kind aside', async () => {
    await toChanges()
    await page.getByText('已整理 37 处').waitFor()
    await page.getByRole('button', { name: '这 2 行都先放到待处理' }).press('Enter')
    await page.getByText('2 行放到待处理').waitFor()
    await page.getByRole('button', { name: '第 13 行还是导入' }).press('Enter')
    await next()
    await tab(/有冲突/).waitFor()
    assert.deepEqual(sent('import.preview').at(-1).skip_rows, [{ row: 7, half: 0 }])
  })

  it('shows the rule of each column and lets a column or everything be switched', async () => {
    await toChanges()
    await next()
    await page.getByText('规矩：补贴金额以来表为准').waitFor()
    await page.getByRole('group', { name: '手机号以谁为准' }).first().getByRole('button', { name: '来表' }).press('Enter')
    await page.getByRole('group', { name: '李国平 补贴金额以谁为准' }).getByRole('button', { name: /以我们为准/ }).press('Enter')
    await next()
    await page.getByText('导好了').waitFor()
    const { take_columns, keep } = sent('import.apply')[0]
    assert.deepEqual(take_columns, ['p'])
    assert.deepEqual(keep, [{ row: 6, field: 'm' }])
    await context.close()
    await toChanges()
    await next()
    await page.getByRole('button', { name: '都以我们为准' }).press('Enter')
    await next()
    await page.getByText('导好了').waitFor()
    assert.equal(sent('import.apply')[0].conflict, 'keep')
  })

  it('shows what a new row says, and asks who somebody is', async () => {
    await toChanges()
    await next()
    await tab(/新增/).click()
    await page.getByText('智力').waitFor()
    await press('ArrowLeft')
    await page.getByText('陈秀英，是哪一位？').waitFor()
    await page.getByRole('button', { name: /9号楼102/ }).press('Enter')
    await page.getByRole('button', { name: '认好 1 位，再核对一遍' }).press('Enter')
    await page.getByRole('button', { name: '导入到残疾人台账' }).waitFor()
    assert.deepEqual(sent('import.preview').at(-1).choose, [{ row: 7, uid: 'r-22' }])
    await page.getByRole('button', { name: '都不是，是新的人' }).press('Enter')
    await next()
    await settle()
    assert.deepEqual(sent('import.preview').at(-1).choose, [{ row: 7 }])
    assert.equal(sent('import.apply').length, 0, 'nothing is written before the plan was seen again')
  })
})

describe('when something is in the way', () => {
  it('shows an error in full and tries again', async () => {
    let broken = true
    const error = { code: 'bad_file', severity: 'warning', message: '文件正被 WPS 打开，读不了。', hint: '请在 WPS 里关闭它再点重试。' }
    const over = { 'import.open': () => (broken ? { ok: false, error } : reply('import.open')) }
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

  it('shows progress with a way to stop it, but only when it takes long', async () => {
    await open(FILE)
    await page.getByText('放进哪本台账？').waitFor()
    await page.unroute('**/call/*')
    let cancelled = false
    await page.route('**/job/*/cancel', (route) => ((cancelled = true), route.fulfill({ json: null })))
    const error = { code: 'cancelled', severity: 'info', message: '已停下。', hint: '' }
    await page.route('**/call/*', async (route) => {
      for (let k = 0; k < 100 && !cancelled; k += 1) await new Promise((wake) => setTimeout(wake, 50))
      await route.fulfill({ json: { ok: false, error } })
    })
    await press('Enter')
    await page.waitForTimeout(100)
    assert.equal(await page.getByRole('button', { name: '不办了' }).isVisible(), false)
    await page.getByRole('button', { name: '不办了' }).click()
    await page.getByRole('button', { name: '不办了' }).waitFor({ state: 'hidden' })
    assert.equal(cancelled, true)
  })
})

describe('the rows set aside', () => {
  it('are put right and imported by the keyboard alone', async () => {
    await open('#/tray')
    await page.getByRole('button', { name: /张志强/ }).press('Enter')
    await settle()
    assert.match(await focused(), /身份证号/)
    await press('Enter')
    assert.match(await focused(), /手机号/)
    await page.keyboard.type('16100003310')
    await press('Enter')
    await page.getByText('张志强新增到“残疾人名单”了。').waitFor()
    assert.deepEqual(sent('tray.fix'), [{ id: 1, values: { 'person.phone': '16100003310' } }])
    await settle()
    await press('Tab', 'Enter')
    await page.getByRole('button', { name: '导入这一行' }).press('Enter')
    await page.getByText('陈秀英补进“残疾人名单”了。').waitFor()
    assert.equal(sent('tray.fix')[1].uid, 'r-22')
  })

  it('are dropped, and the drop is taken back', async () => {
    await open('#/tray')
    await page.getByRole('button', { name: '不要了', exact: true }).press('Enter')
    await page.getByText('张志强不要了。').waitFor()
    await page.locator('.toast').getByRole('button', { name: '撤销' }).press('Enter')
    await settle()
    assert.deepEqual(sent('tray.drop'), [{ ids: [1] }])
    assert.deepEqual(sent('history.undo'), [{ op: 71 }])
  })

  it('are counted in the menu and at home only while there are some', async () => {
    const home = (tray) => ({ over: { 'office.home': () => ({ counts: [], recent: [], tray }) } })
    await open('#/', home(3))
    await page.getByText('有 3 行没导全').waitFor()
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: /待处理/ }).press('Enter')
    await page.getByRole('heading', { name: '待处理' }).waitFor()
    await context.close()
    await open('#/', home(0))
    await page.getByText('还没有导入过表格').waitFor()
    assert.equal(await page.getByText('待处理').count(), 0)
  })
})

describe('for everyone', () => {
  for (const size of ['std', 'l', 'xl']) {
    it(`every step is clean for axe at text size ${size}`, async () => {
      await open('#/import', { size })
      await page.getByText('把上级发来的表格拖到这里').waitFor()
      await clean('file')
      await page.getByRole('button', { name: '粘贴表格' }).click()
      await clean('paste')
      await context.close()
      await open(FILE, { size, over: many })
      await page.getByText('导哪一张？').waitFor()
      await clean('sheets')
      await context.close()
      await open(FILE, { size })
      await page.getByText('放进哪本台账？').waitFor()
      await clean('columns')
      await answer()
      await clean('ready')
      await next()
      await settle(600)
      await clean('problems')
      await next()
      await settle(600)
      await clean('conflicts')
      for (const each of [/新增/, /没导入/]) {
        await tab(each).click()
        await clean(String(each))
      }
      await next()
      await settle(600)
      await clean('done')
    })

    it(`the rows set aside are clean for axe at text size ${size}`, async () => {
      await open('#/tray', { size })
      await page.getByRole('heading', { name: '张志强' }).waitFor()
      await clean('tray')
      await page.getByRole('button', { name: /陈秀英/ }).first().click()
      await clean('people')
    })
  }
})
