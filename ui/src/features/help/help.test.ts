// 帮助: Markdown becomes blocks, and what looks like HTML stays words.
import { screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import HelpPage from './HelpPage.vue'
import { blocks, spans } from './markdown'

test('shows a page without flaws', async () => {
  await showPage(HelpPage, '/help')
  expect(await screen.findByRole('heading', { name: /导入一份名单/ })).toBeTruthy()
  expect(screen.getByRole('columnheader', { name: '键' })).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('reads marks', () => {
  expect(spans('按 **撤销** 或 `Ctrl+Z`。')).toEqual([
    { kind: 'text', text: '按 ' }, { kind: 'strong', text: '撤销' }, { kind: 'text', text: ' 或 ' }, { kind: 'code', text: 'Ctrl+Z' }, { kind: 'text', text: '。' },
  ])
})

test('reads lists after a sentence, and never HTML', () => {
  expect(blocks('先看：\n- 一\n- 二')).toMatchObject([{ kind: 'text' }, { kind: 'list', ordered: false, items: [{}, {}] }])
  expect(blocks('<b onclick=x>')).toEqual([{ kind: 'text', spans: [{ kind: 'text', text: '<b onclick=x>' }] }])
})
