// 操作记录: acts by day, 撤销 and 恢复, and what could not be taken back.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import HistoryPage from './HistoryPage.vue'
import KeptHost from './parts/KeptHost.vue'
import { undoLast } from './useUndo'
import { countParts } from './words'

test('lists acts by day without flaws', async () => {
  await showPage(HistoryPage)
  expect(await screen.findByRole('heading', { name: '今天 11月21日 周六' })).toBeTruthy()
  expect(screen.getByRole('button', { name: '撤销：改了王桂兰的手机' })).toBeTruthy()
  expect(screen.getByRole('button', { name: '恢复：导入“街道残联两项补贴复核名单.xls”到《残疾人台账》' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: '撤销：开办居务台' })).toBe(null)
  expect(await flaws()).toEqual([])
})

test('rows that stay are named after an undo', async () => {
  await showPage(HistoryPage, '/', {}, [KeptHost])
  await fireEvent.click(await screen.findByRole('button', { name: '撤销：导入“11月独居老人名单.xlsx”到《独居老人台账》' }))
  const asked = await screen.findByRole('dialog', { name: '撤销这次导入？' })
  await fireEvent.click([...asked.querySelectorAll('footer button')][1]!)
  const kept = await screen.findByRole('dialog', { name: '有些内容保留了下来' })
  expect(kept.textContent).toContain('王桂兰 的手机')
  expect(await flaws()).toEqual([])
  await fireEvent.keyDown(kept, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null))
})

test('Ctrl+Z takes back the newest act', async () => {
  const { fake } = await showPage(HistoryPage)
  await undoLast()
  expect(fake.calls).toContainEqual({ name: 'history.undo', request: { op: 8 } })
  expect(await screen.findByText('已撤销：改了王桂兰的手机')).toBeTruthy()
})

test('counts leave zeros unsaid', () => {
  const none = { added: 0, changed: 0, same: 0, conflict: 0, refused: 0, absent: 3 }
  expect(countParts(none)).toEqual(['没有变化'])
  expect(countParts({ ...none, added: 2, same: 5 })).toEqual(['新增 2，', '一样 5'])
})
