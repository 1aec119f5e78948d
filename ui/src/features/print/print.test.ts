// 打印: printers with their troubles, copies, sides and pages, and what is remembered.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { beforeEach, expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import PrintHost from './parts/PrintHost.vue'
import { sheetsOf, whole } from './sheets'
import { askToPrint } from './usePrint'

const paper = { name: '台账清单.pdf', base64: 'JVBERi0=', pages: 5 }

beforeEach(() => localStorage.clear())

async function open() {
  const shown = await showPage(PrintHost, '/')
  await askToPrint(paper)
  const sheet = await screen.findByRole('dialog', { name: '打印' })
  return { ...shown, sheet }
}

test('asks for copies, sides and pages and hands them over', async () => {
  const { fake } = await open()
  expect(screen.getByText('要用 5 张 A4 纸')).toBeTruthy()
  await fireEvent.update(screen.getByLabelText('份数'), '２')
  await fireEvent.click(screen.getByRole('button', { name: '双面' }))
  await fireEvent.click(screen.getByRole('button', { name: '只打几页' }))
  await fireEvent.update(screen.getByLabelText('从第几页'), '2')
  await fireEvent.update(screen.getByLabelText('到第几页'), '4')
  expect(screen.getByText('要用 4 张 A4 纸')).toBeTruthy()
  expect(await flaws()).toEqual([])
  await fireEvent.click(screen.getByRole('button', { name: '打印' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null))
  expect(fake.choices).toEqual([{ printer: 'Office', copies: 2, sides: 'long_edge', pages: [2, 4], media: 'a4' }])
})

test('pages that are not there are not printed', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByRole('button', { name: '只打几页' }))
  await fireEvent.update(screen.getByLabelText('到第几页'), '9')
  expect(screen.getByText('请写清楚份数和页码。')).toBeTruthy()
  expect(screen.getByRole('button', { name: '打印' }).hasAttribute('disabled')).toBe(true)
  await fireEvent.click(screen.getByRole('button', { name: '先不打' }))
  expect(fake.choices).toEqual([])
})

test('where the system asks by itself the paper goes there at once', async () => {
  const { fake } = await showPage(PrintHost, '/')
  fake.printers = undefined
  await askToPrint(paper)
  expect(fake.printed).toEqual(['台账清单.pdf'])
  expect(screen.queryByRole('dialog')).toBe(null)
})

test('paper is counted', () => {
  expect(sheetsOf([1, 5], 1, 'one')).toBe(5)
  expect(sheetsOf([1, 5], 2, 'long_edge')).toBe(6)
  expect(whole(' ３ ', 1, 5)).toBe(3)
  for (const typed of ['', '0', '6', '1.5', '-1', '一']) expect(whole(typed, 1, 5)).toBe(null)
})
