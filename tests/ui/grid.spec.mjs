// The sheet under a real keyboard, mouse, clipboard and a (simulated) Chinese input method, in headless Chromium over
// the grid's own example page. Journeys over the real core live in the other scripts of this folder.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ui = join(dirname(fileURLToPath(import.meta.url)), '../../ui')
const need = createRequire(join(ui, 'package.json'))
const bring = async (name) => {
  const module = await import(pathToFileURL(need.resolve(name)).href)
  return module.default ?? module
}
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const PAGE = '/grid-example'

let server, browser, context, page, cdp, base

/** A page that shows only JwGrid.example.vue; nothing of it is shipped. */
const examplePage = {
  name: 'grid-example',
  resolveId: (id) => (id === '/@grid-example.js' ? id : null),
  load: (id) =>
    id === '/@grid-example.js'
      ? `import '/src/styles/tokens.css'
         import { createApp } from 'vue'
         import Example from '/src/kit/grid/JwGrid.example.vue'
         createApp(Example).mount('#app')`
      : null,
  configureServer(vite) {
    vite.middlewares.use(async (request, response, next) => {
      if (!request.url?.startsWith(PAGE)) return next()
      const html = `<!doctype html><html lang="zh-CN"><head><title>台账表格</title></head>
        <body><div id="app"></div><script type="module" src="/@grid-example.js"></script></body></html>`
      response.setHeader('content-type', 'text/html')
      response.end(await vite.transformIndexHtml(request.url, html))
    })
  },
}

before(async () => {
  const { createServer } = await import(pathToFileURL(join(ui, 'node_modules/vite/dist/node/index.js')).href)
  const vue = (await import(pathToFileURL(need.resolve('@vitejs/plugin-vue')).href)).default
  server = await createServer({
    root: ui,
    configFile: false,
    logLevel: 'error',
    plugins: [vue(), examplePage],
    optimizeDeps: { include: ['vue', 'slickgrid'] },
    server: { port: 0, host: '127.0.0.1' },
  })
  await server.listen()
  base = `http://127.0.0.1:${server.httpServer.address().port}${PAGE}`
  const { chromium } = await bring('playwright-core')
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  context = await browser.newContext({ viewport: { width: 960, height: 640 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
})

after(async () => {
  await browser?.close()
  await server?.close()
})

beforeEach(async () => {
  await page?.close()
  page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(`page error: ${error.message}`))
  cdp = await context.newCDPSession(page)
  await page.goto(base)
  await page.waitForSelector('.slick-row .slick-cell')
  await page.waitForSelector('.jw-box')
})

const cell = (row, column) => page.locator(`.slick-row[data-row="${row}"] .slick-cell.l${column + 1}`)
const click = (row, column, options) => cell(row, column).click(options)
const value = (row, field) => page.evaluate(([r, f]) => window.example.value(r, f), [row, field])
const calls = () => page.evaluate(() => window.example.calls)
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}
const settle = () => page.waitForTimeout(60)
const active = () => page.locator('.jw-over textarea').getAttribute('aria-label')
const status = async () => (await page.locator('.status').innerText()).replace(/\s+/g, ' ')

/** Types one word as an input method does: key 229, composition, commit. */
async function compose(pinyin, word) {
  for (let at = 1; at <= pinyin.length; at++) {
    const key = pinyin[at - 1]
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', windowsVirtualKeyCode: 229, key: 'Process', code: `Key${key.toUpperCase()}` })
    await cdp.send('Input.imeSetComposition', { text: pinyin.slice(0, at), selectionStart: at, selectionEnd: at })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0), key })
  }
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Space' })
  await cdp.send('Input.insertText', { text: word })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: 32, key: ' ' })
}

/** Puts text on the clipboard and presses Ctrl+V. */
async function paste(text) {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text)
  await press('Control+v')
  await settle()
}

describe('a Chinese input method', () => {
  it('types over the selected cell, three in a row with Enter', async () => {
    await click(0, 5)
    for (const [pinyin, word] of [['xuwenjing', '许文静'], ['zhang', '张三'], ['li', '李四']]) {
      await compose(pinyin, word)
      await press('Enter')
    }
    await settle()
    assert.deepEqual([await value(0, 'clerk'), await value(1, 'clerk'), await value(2, 'clerk')], ['许文静', '张三', '李四'])
  })

  it('shows the letters in the cell while composing', async () => {
    await click(0, 5)
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'KeyX' })
    await cdp.send('Input.imeSetComposition', { text: 'xu', selectionStart: 2, selectionEnd: 2 })
    assert.equal(await page.locator('.jw-over.on textarea').inputValue(), 'xu')
  })

  it('commits on Tab and on an arrow', async () => {
    await click(0, 5)
    await compose('xu', '许')
    await press('Tab')
    assert.match(await active(), /^本月走访，第 1 行/)
    await click(1, 5)
    await compose('wang', '王')
    await press('ArrowDown')
    await settle()
    assert.deepEqual([await value(0, 'clerk'), await value(1, 'clerk')], ['许', '王'])
    assert.match(await active(), /^结对社工，第 3 行/)
  })

  it('ignores in WebKit the Enter that confirmed the word', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 AppleWebKit/605.1.15 Version/16.0 Safari/605.1.15' }))
    await page.reload()
    await page.waitForSelector('.jw-box')
    await click(0, 5)
    await page.evaluate(() => {
      const box = document.querySelector('.jw-over textarea')
      box.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
      box.value = '许'
      box.dispatchEvent(new InputEvent('input', { bubbles: true }))
      box.dispatchEvent(new CompositionEvent('compositionend', { data: '许', bubbles: true }))
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }))
    })
    assert.match(await active(), /^结对社工，第 1 行/)
    await settle()
    await press('Enter')
    assert.match(await active(), /^结对社工，第 2 行/)
  })

  it('appends after a double click', async () => {
    await click(6, 5, { clickCount: 2 })
    await page.waitForSelector('.jw-over.on')
    await compose('a', '啊')
    await press('Enter')
    await settle()
    assert.equal(await value(6, 'clerk'), '蒋一鸣啊')
  })
})

describe('the keys of WPS', () => {
  it('overtype, Enter down, Tab right, and Enter back under the first Tab', async () => {
    await click(0, 5)
    await page.keyboard.type('abc')
    await press('Tab')
    await page.keyboard.type('7')
    await press('Enter')
    await settle()
    assert.deepEqual([await value(0, 'clerk'), await value(0, 'visits')], ['abc', '7'])
    assert.match(await active(), /^结对社工，第 2 行/)
  })

  it('F2 edits the old text, Escape forgets the new one, arrows stay in the text', async () => {
    await click(6, 5)
    await press('F2', 'ArrowLeft')
    await page.keyboard.type('X')
    assert.equal(await page.locator('.jw-over.on textarea').inputValue(), '蒋一X鸣')
    await press('Escape')
    await settle()
    assert.equal(await value(6, 'clerk'), '蒋一鸣')
    assert.deepEqual(await calls(), [])
  })

  it('Delete empties a Shift range in one call, and Ctrl+Z brings it back', async () => {
    await click(6, 5)
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight')
    assert.match(await status(), /选中 6 格/)
    await press('Delete')
    await settle()
    assert.equal((await calls()).length, 1)
    assert.deepEqual([await value(6, 'clerk'), await value(8, 'visits')], ['', ''])
    await press('Control+z')
    await settle()
    assert.deepEqual([await value(6, 'clerk'), await value(8, 'visits')], ['蒋一鸣', '3'])
  })

  it('Ctrl+arrows, Ctrl+End, Home and PageDown go far and fetch only what is seen', async () => {
    await click(0, 0)
    await press('Control+ArrowRight')
    assert.match(await active(), /^自理情况，第 1 行/)
    await press('Control+End')
    await page.waitForFunction(() => document.querySelector('.slick-row[data-row="3267"] .slick-cell.l1')?.textContent)
    assert.match(await active(), /^备注，第 3268 行/)
    await press('Home', 'Control+Home', 'PageDown')
    assert.match(await active(), /^姓名，第 1\d 行/)
    assert.ok((await page.evaluate(() => window.example.seen.value.fetched)) <= 4)
  })

  it('Ctrl+D repeats the first row, Ctrl+; writes the date', async () => {
    await click(6, 5)
    await page.keyboard.type('许文静')
    await press('Enter', 'ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d')
    await settle()
    assert.deepEqual([await value(7, 'clerk'), await value(8, 'clerk')], ['许文静', '许文静'])
    await click(0, 7)
    await press('Control+;', 'Enter')
    await settle()
    assert.equal(await value(0, 'note'), '2026-11-21')
  })

  it('Alt+Down opens the choices; arrows and Enter take one', async () => {
    await click(0, 4)
    await press('Alt+ArrowDown')
    await page.waitForSelector('[role=listbox]')
    await press('ArrowDown', 'ArrowDown', 'Enter')
    await settle()
    assert.equal(await value(0, 'care'), '失能')
    assert.equal(await page.locator('[role=listbox]').count(), 0)
  })

  it('F8 goes to the next problem and reads it out', async () => {
    await click(0, 0)
    await press('F8')
    await settle()
    assert.match(await active(), /^住址，第 7 行/)
    assert.match(await page.locator('.live').innerText(), /C7 住址 有问题：查不到这个楼栋/)
  })

  it('a computed cell refuses and says so; a refused value is marked', async () => {
    await click(0, 1)
    await page.keyboard.type('9')
    assert.match(await status(), /“年龄”是自动算的/)
    assert.equal(await page.locator('.jw-over.on').count(), 0)
    await click(0, 5)
    await page.keyboard.type('不收')
    await press('Enter')
    await settle()
    assert.match(await status(), /这个值不能存/)
    assert.ok((await cell(0, 5).getAttribute('class')).includes('bad'))
  })

  it('F6 leaves the sheet, which Tab never does', async () => {
    await click(0, 0)
    await press('Tab', 'Tab')
    assert.match(await active(), /^住址，第 1 行/)
    await press('F6')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '离开以后到这里')
  })

  it('F2 on a masked number asks for the full one', async () => {
    await click(0, 3)
    await press('F2')
    await page.waitForSelector('.jw-over.on')
    assert.equal(await page.locator('.jw-over textarea').inputValue(), '13800006621')
  })
})

describe('the clipboard', () => {
  it('pastes a table from WPS, a trailing newline and a quoted newline included', async () => {
    await click(0, 5)
    await paste('许文静\t3\n"两\n行"\t4\n')
    assert.deepEqual([await value(0, 'clerk'), await value(0, 'visits')], ['许文静', '3'])
    assert.deepEqual([await value(1, 'clerk'), await value(1, 'visits')], ['两\n行', '4'])
    assert.equal(await value(2, 'visits'), '2')
    assert.equal((await calls()).length, 1)
  })

  it('fills the whole selection with a single value', async () => {
    await click(0, 5)
    await press('Shift+ArrowDown', 'Shift+ArrowDown')
    await paste('许文静')
    assert.deepEqual([await value(0, 'clerk'), await value(2, 'clerk'), await value(3, 'clerk')], ['许文静', '许文静', ''])
  })

  it('skips computed columns and says how many', async () => {
    await click(0, 0)
    await paste('张三\t99\t3号楼502')
    assert.deepEqual([await value(0, 'name'), await value(0, 'age'), await value(0, 'place')], ['张三', '60', '3号楼502'])
    assert.match(await status(), /1 格是自动算的/)
  })

  it('hands rows past the end to the page', async () => {
    await click(0, 0)
    await press('Control+End', 'Home')
    await page.waitForSelector('.slick-row[data-row="3267"]')
    await settle()
    await paste('甲\n乙\n丙')
    assert.deepEqual(await page.evaluate(() => window.example.seen.value.beyond), [{ name: '乙' }, { name: '丙' }])
  })

  it('copies text and HTML that keeps numbers as text', async () => {
    await click(0, 0)
    await press('Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c')
    await settle()
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const read = async (type) => (await item.getType(type)).text()
      return { text: await read('text/plain'), html: await read('text/html') }
    })
    assert.equal(copied.text, '王桂兰\t60\n李国平\t61')
    assert.match(copied.html, /<td[^>]*>王桂兰<\/td>/)
  })
})

describe('the mouse', () => {
  it('drags across the frozen edge', async () => {
    await cell(0, 0).hover()
    await page.mouse.down()
    await cell(2, 3).hover()
    await page.mouse.up()
    assert.match(await status(), /选中 12 格/)
  })

  it('pulls the fill handle down', async () => {
    await click(6, 5)
    await page.locator('.jw-fill').hover()
    await page.mouse.down()
    await cell(8, 5).hover()
    await page.mouse.move(0, 0, { steps: 0 })
    await cell(9, 5).hover()
    await page.mouse.up()
    await settle()
    const box = await calls()
    assert.equal(box.length, 0, 'equal values change nothing')
    await click(0, 2)
    await page.locator('.jw-fill').hover()
    await page.mouse.down()
    await cell(3, 2).hover()
    await page.mouse.up()
    await settle()
    assert.deepEqual([await value(1, 'place'), await value(3, 'place')], ['1号楼500', '1号楼500'])
  })

  it('fills down by a double click, only where it is empty', async () => {
    await click(0, 5)
    await page.keyboard.type('许')
    await press('Enter', 'ArrowUp')
    await page.locator('.jw-fill').dblclick()
    await settle()
    assert.deepEqual([await value(5, 'clerk'), await value(6, 'clerk')], ['许', '蒋一鸣'])
  })

  it('selects a row by its number and sums only numbers', async () => {
    await page.locator('.slick-row[data-row="3"] .jw-gutter').first().click()
    assert.match(await status(), /选中 8 格/)
    await click(0, 6)
    await press('Shift+ArrowDown', 'Shift+ArrowDown')
    assert.match(await status(), /选中 3 格 求和 3 平均 1 最大 2/)
  })
})

describe('for everyone', () => {
  it('has no axe violations', async () => {
    await click(0, 4)
    await page.addScriptTag({ path: need.resolve('axe-core/axe.min.js') })
    const found = await page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
      const { violations } = await window.axe.run(document, { runOnly: tags })
      return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
    })
    assert.deepEqual(found, [])
  })

  it('scales its rows with the text size', async () => {
    await page.goto(`${base}?scale=1.3`)
    await page.waitForSelector('.slick-row .slick-cell')
    assert.equal(await page.locator('.slick-row').first().evaluate((row) => row.getBoundingClientRect().height), 47)
  })
})
