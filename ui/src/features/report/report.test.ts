// 报表打印: what is asked of the core, what is warned of, printing and keeping.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test, vi } from 'vitest'
import { flaws, showPage } from '@/test/page'
import printing from '@/features/print'
import ReportPage from './ReportPage.vue'
import { pageOf } from './warnings'

// The drawing itself is tried in the real browser; here only the page around it.
vi.mock('@/kit/pdf', () => ({ openPdf: () => new Promise(() => {}), drawPage: async () => {} }))

const open = () => showPage(ReportPage, '/report?ledger=elderly_living_alone', {}, [printing.panel!])

test('shows the ledger of the address, without flaws', async () => {
  const { fake } = await open()
  await screen.findByRole('button', { name: '打印（3 页）' })
  expect(fake.calls).toContainEqual({ name: 'report.preview', request: { kind: 'ledger_list', ledger: 'elderly_living_alone', options: { orientation: 'auto', masked: true } } })
  expect(screen.getByText('“㛃”这个字没有字形，印出来会是空框。')).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('an option draws the paper anew', async () => {
  const { fake } = await open()
  await screen.findByRole('button', { name: '打印（3 页）' })
  await fireEvent.click(screen.getByRole('switch', { name: '遮盖身份证号' }))
  await fireEvent.click(screen.getByRole('button', { name: '横' }))
  await waitFor(() => expect(fake.calls.at(-1)).toEqual({ name: 'report.preview', request: { kind: 'ledger_list', ledger: 'elderly_living_alone', options: { orientation: 'landscape', masked: false } } }))
})

test('prints and keeps', async () => {
  const { fake } = await open()
  await fireEvent.click(await screen.findByRole('button', { name: '打印（3 页）' }))
  await fireEvent.click(await screen.findByRole('button', { name: '打印' }))
  await waitFor(() => expect(fake.printed).toEqual(['独居老人台账 2026-11-21.pdf']))
  await fireEvent.click(screen.getByRole('button', { name: '存 Excel' }))
  await waitFor(() => expect(fake.saved).toEqual(['独居老人台账 2026-11-21.xlsx']))
})

test.each([['第 2 页', 2], ['3', 3], ['落款', null], ['', null]])('the page of %s is %s', (where, page) => {
  expect(pageOf({ kind: 'glyph', text: '', where })).toBe(page)
})
