// The report desk by keyboard, in headless Chromium over made-up replies: choosing, days, columns, the people behind a
// figure, several at once, what is sent, how it looks when something is wrong, and axe at the three text sizes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clean, context, focused, open, page, press, sent, settle, startPages, text } from './made-up.mjs'

const LIST = '#/report?kind=ledger_list&ledger=elderly_living_alone'

startPages()

const named = (role, name) => page.getByRole(role, { name, exact: typeof name === 'string' })
/** Opens the desk and waits until a page is drawn. */
async function desk(address = LIST, more = {}) {
  await open(address, more)
  await page.locator('.hold canvas').waitFor()
  await named('button', '打印（3 页）').waitFor()
}
const asked = () => sent('report.preview').at(-1)
const shownPage = () => page.locator('.viewer .desk').getAttribute('aria-label')

describe('choosing', () => {
  it('goes through the reports with the arrow keys', async () => {
    await desk()
    await named('button', /^台账清单/).focus()
    await press('ArrowDown', 'ArrowDown', 'ArrowDown')
    assert.match(await focused(), /^人口统计表/)
    await press('Enter')
    await settle()
    assert.deepEqual(asked(), { kind: 'population', as_of: '2026-11-21', options: {} })
    assert.match(page.url(), /kind=population/)
    assert.equal(await named('combobox', '选一本台账').count(), 0)
    assert.equal(await named('switch', '遮盖身份证号和电话').count(), 0, 'a switch that the kind does not know is absent')
  })

  it('chooses by boxes where there is no room for the list', async () => {
    await desk(LIST, { size: 'xl' })
    assert.equal(await page.locator('.list').count(), 0)
    await named('combobox', '选一张报表').focus()
    await press('Enter')
    await settle()
    await named('option', '居委工作月报').click()
    await settle()
    assert.equal(asked().kind, 'monthly')
    assert.deepEqual([asked().from, asked().to], ['2026-11-01', '2026-11-21'])
    const paper = await page.locator('.hold canvas').boundingBox()
    const room = await page.locator('.viewer .desk').boundingBox()
    assert.ok(paper.width <= room.width, 'the whole width of the paper is seen')
    await named('button', '下一页').press('Enter')
    assert.match(await shownPage(), /第 2 页，共 3 页/)
  })

  it('takes days of one’s own, and says which it cannot read', async () => {
    await desk('#/report?kind=monthly')
    await named('button', '自定').press('Enter')
    await page.getByLabel('从哪一天').fill('9月3日')
    await press('Tab')
    await settle()
    assert.equal(asked().from, '2026-09-03')
    assert.equal(await focused(), '到哪一天')
    await page.keyboard.type('31日')
    await press('Enter')
    await page.getByText('看不懂这个日子').waitFor()
    assert.equal(asked().to, '2026-11-21', 'what cannot be read changes nothing')
  })

  it('chooses and moves columns by keyboard', async () => {
    await desk()
    await named('button', '选栏目').press('Enter')
    await named('dialog', '印哪些栏目').waitFor()
    await settle()
    assert.equal(await focused(), '姓名', 'the first column has the focus')
    await press('Alt+ArrowDown')
    await settle(100)
    assert.equal(await focused(), '姓名')
    await press('Space')
    await named('button', '就印这些').press('Enter')
    await settle()
    assert.equal(asked().options.columns[0], 'person.age')
    assert.equal(asked().options.columns.length, 8)
    assert.equal(await focused(), '选栏目', 'the hand is back where it was')
  })

  it('prints only some people', async () => {
    await desk()
    await named('button', '选哪些人').press('Enter')
    await named('combobox', '第 1 条：看哪一栏').fill('年龄')
    await named('option', '年龄').click()
    await page.getByRole('textbox', { name: '第 1 条：是什么' }).fill('80')
    await named('button', '就印这些人').press('Enter')
    await settle()
    assert.equal(asked().options.where, 'person.age>="80"')
    await page.getByText('年龄至少 80').waitFor()
  })
})

describe('before printing', () => {
  it('leads to the page of a rare character', async () => {
    await desk()
    assert.equal(await page.locator('.thumbs .marked').count(), 2)
    await named('button', '看第 3 页').press('Enter')
    assert.match(await shownPage(), /第 3 页/)
  })

  it('leads to what is lacking, and finds everything as it was on the way back', async () => {
    await desk()
    await named('switch', '遮盖身份证号和电话').press('Space')
    await settle()
    await named('link', '去补：12 人没有出生日期').press('Enter')
    await page.locator('.slick-row').first().waitFor()
    assert.equal(sent('ledger.rows').at(-1).where, 'not person.birth_on')
    await named('button', '去掉筛选').click()
    await settle()
    assert.equal('where' in sent('ledger.rows').at(-1), false)
    await named('link', '报表打印').click()
    await page.locator('.hold canvas').waitFor()
    assert.equal(asked().options.masked, false)
  })

  it('takes the condition of a ledger along to its paper', async () => {
    await open('#/ledger?id=elderly_living_alone&where=building%3D%223%22')
    await page.locator('.slick-row').first().waitFor()
    await named('button', '打印').click()
    await page.getByText('楼栋是 3号楼').waitFor()
    assert.deepEqual(sent('report.preview').map((each) => each.options.where), ['building="3"'])
  })

  it('prints by Ctrl+P and keeps files', async () => {
    await desk()
    const [paper] = await Promise.all([context.waitForEvent('page'), press('Control+p')])
    await paper.close()
    assert.equal(sent('report.make')[0].format, 'pdf')
    const [kept] = await Promise.all([page.waitForEvent('download'), named('button', '存 Excel').click()])
    assert.equal(kept.suggestedFilename(), '独居老人台账_20261121.xlsx')
    await page.getByText('3 页，上次 11月21日').waitFor()
  })

  it('says what is wrong in words, and tries again', async () => {
    const error = { code: 'refused', severity: 'warning', message: '这段日子里没有变动。', hint: '换一段日子再看。' }
    await open('#/report?kind=changes', { over: { 'report.preview': () => ({ ok: false, error }) } })
    await page.getByText('换一段日子再看。').waitFor()
    assert.equal(await named('button', '打印').isDisabled(), true)
    await named('button', '再排一次').click()
    await settle()
    assert.equal(sent('report.preview').length, 2)
    await clean('an error')
  })
})

describe('the people behind a figure', () => {
  it('are reached by keyboard, and so are their cards', async () => {
    await desk('#/report?kind=population')
    await named('button', '看是哪些人').press('Enter')
    await settle()
    await press('Tab', 'Tab')
    assert.equal(await focused(), '找一个数')
    await page.keyboard.type('18 女')
    await named('button', /18—59岁 女 347/).press('Enter')
    await page.getByText('620 人，先列 3 人').waitFor()
    assert.deepEqual(sent('report.people'), [{ kind: 'population', as_of: '2026-11-21', options: {}, key: '2/女' }])
    await named('button', /^王桂兰/).press('Enter')
    await named('complementary', '居民卡片').waitFor()
    await named('button', /^李国平/).focus()
    await press('Escape')
    await named('button', /18—59岁 女 347/).waitFor()
    await press('Escape')
    await named('button', '打印（3 页）').waitFor()
  })

  it('are opened by a click on the number itself', async () => {
    await desk('#/report?kind=cross_table')
    await page.locator('.spots button').first().waitFor()
    assert.equal(await page.locator('.spots button').count(), 9)
    const sheet = await page.locator('.hold canvas').boundingBox()
    const spot = page.locator('.spots button[title="B·F 103 人"]')
    const box = await spot.boundingBox()
    // Row 3 and column 3 of the made-up table.
    assert.ok(Math.abs((box.x - sheet.x) / sheet.width - 0.395) < 0.03 && Math.abs((box.y - sheet.y) / sheet.height - 0.182) < 0.02)
    await spot.click()
    await page.getByText('620 人，先列 3 人').waitFor()
    assert.equal(sent('report.people')[0].key, 'B/1')
    await clean('numbers on the paper')
    await named('button', '下一页').or(page.locator('.thumbs button').nth(1)).click()
    await settle()
    assert.equal(await page.locator('.spots button').count(), 0, 'no number is left on the next page')
  })

  it('stay in view beside a card at the largest text', async () => {
    await desk('#/report?kind=population', { size: 'xl' })
    await named('button', '看是哪些人').click()
    await page.locator('.figures .rows button').first().click()
    await named('button', /^王桂兰/).click()
    await named('complementary', '居民卡片').waitFor()
    await settle()
    const edge = (await named('complementary', '居民卡片').boundingBox()).x
    for (const part of ['.figures', '.page .head .seg']) {
      const box = await page.locator(part).boundingBox()
      assert.ok(box.height > 0 && box.x + box.width <= edge + 1, `${part} is covered by the card`)
    }
    await clean('figures beside a card')
  })
})

describe('several at once', () => {
  it('are ticked by keyboard and printed with one button', async () => {
    await desk()
    await named('button', '一次打好几张…').press('Enter')
    await named('checkbox', '台账清单').focus()
    await press('ArrowDown', 'ArrowDown', 'ArrowDown')
    assert.equal(await focused(), '80岁以上高龄老人台账')
    await press('Space')
    await named('checkbox', '居委工作月报').press('Space')
    await named('button', '上月').click()
    await named('button', '一起打印（3 张报表，9 页）').waitFor()
    const [paper] = await Promise.all([context.waitForEvent('page'), press('Control+p')])
    await paper.close()
    const made = sent('report.bundle').at(-1)
    assert.equal(made.make, true)
    assert.deepEqual(made.reports.map((each) => each.ledger ?? each.from), ['elderly_living_alone', 'elderly', '2026-10-01'])
    assert.equal(sent('report.make').length, 0)
    await named('button', '只打一张').click()
    await named('button', '打印（3 页）').waitFor()
  })
})

/** What a hand cannot hit well: less than 40 px either way. Numbers on the paper have the list of figures beside them. */
const small = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('.report button:not([tabindex="-1"]), .report a, .report input, [role=dialog] button')]
      .filter((each) => each.offsetParent && !each.closest('.el-select'))
      .map((each) => [each.getAttribute('aria-label') ?? each.textContent.trim(), each.getBoundingClientRect()])
      .filter(([, box]) => box.height < 39.5 || box.width < 39.5)
      .map(([name, box]) => `${name} ${Math.round(box.width)}×${Math.round(box.height)}`),
  )
/** Parts whose content runs over their edge without a way to scroll to it. */
const cut = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('.report *, [role=dialog] *')]
      .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'visible' && getComputedStyle(each).display !== 'inline')
      .filter((each) => !each.closest('svg, .unseen, .el-select'))
      .map((each) => `${each.tagName}.${each.className} ${each.scrollWidth} > ${each.clientWidth}`),
  )

describe('for everyone', () => {
  const states = {
    'a list of a ledger': (size) => desk(LIST, size),
    'a cross table with its notes': async (size) => {
      await desk('#/report?kind=cross_table', size)
      await named('button', /这些数怎么算的/).click()
    },
    'days of one’s own': async (size) => {
      await desk('#/report?kind=changes', size)
      await named('button', '自定').click()
    },
    'the columns': async (size) => {
      await desk(LIST, size)
      await named('button', '选栏目').click()
    },
    'the conditions': async (size) => {
      await desk(LIST, size)
      await named('button', '选哪些人').click()
    },
    'the figures': async (size) => {
      await desk('#/report?kind=population', size)
      await named('button', '看是哪些人').click()
    },
    'several at once': async (size) => {
      await desk(LIST, size)
      await named('button', '一次打好几张…').click()
      await named('checkbox', '居委工作月报').click()
      await named('button', /^一起打印（2/).waitFor()
    },
  }
  for (const size of ['std', 'l', 'xl']) {
    it(`is clean for axe, easy to hit and whole at text size ${size}`, async () => {
      for (const [name, show] of Object.entries(states)) {
        await show({ size })
        await settle()
        await clean(`${name} in ${size}`)
        assert.deepEqual([await small(), await cut()], [[], []], `${name} in ${size}`)
        await context.close()
      }
    })
  }

  it('is reached by Tab to the last act, and the focus is seen', async () => {
    for (const address of [LIST, '#/report?kind=cross_table']) {
      await desk(address)
      const wanted = await page.evaluate(() => {
        const all = [...document.querySelectorAll('.report button, .report a[href], .report input')].filter((each) => each.offsetParent && !each.disabled && each.tabIndex >= 0)
        all.forEach((each, k) => (each.dataset.walk = String(k)))
        document.querySelector('.top input').focus()
        return all.length
      })
      const reached = new Set()
      for (let k = 0; k < wanted + 40 && reached.size < wanted; k += 1) {
        await press('Tab')
        const [at, seen] = await page.evaluate(() => {
          const now = document.activeElement
          const ring = [now, now.closest('.el-select__wrapper')].filter(Boolean).map((each) => getComputedStyle(each))
          return [now.dataset.walk, ring.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)]
        })
        if (at === undefined) continue
        assert.ok(seen, `the focus is seen on ${await focused()}`)
        reached.add(at)
      }
      assert.equal(reached.size, wanted, address)
      await context.close()
    }
  })

  it('keeps the last words of the page in reach', async () => {
    await desk(LIST, { size: 'xl' })
    await named('switch', '印上谁打的、几时打的').scrollIntoViewIfNeeded()
    assert.equal(await named('switch', '印上谁打的、几时打的').isVisible(), true)
    assert.match(await text('.options footer'), /打印（3 页）/)
  })
})
