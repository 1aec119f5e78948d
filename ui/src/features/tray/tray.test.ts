// 待处理: rows by file, putting one right in place, telling people apart, dropping and taking it back.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import { trayReplies } from './fake'
import TrayPage from './TrayPage.vue'

const rows = () => [...document.querySelectorAll('[data-row]')].map((row) => row.querySelector('b')?.childNodes[0]?.textContent)

async function open() {
  const shown = await showPage(TrayPage, '/', trayReplies())
  await screen.findByRole('heading', { name: '张志强' })
  return shown
}

test('lists rows by file and shows the first with what is wrong, without flaws', async () => {
  await open()
  expect(rows()).toEqual(['张志强', '陈秀英', '没有姓名'])
  expect(screen.getByText('3 行没导全。', { exact: false })).toBeTruthy()
  expect(screen.getByText('应是 11 位，少了一位')).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('a row is put right and imported by keyboard alone; what is still wrong is said', async () => {
  const { fake } = await open()
  const phone = screen.getByLabelText('手机号')
  await fireEvent.update(phone, '161000033')
  await fireEvent.keyDown(screen.getByLabelText('身份证号'), { key: 'Enter' })
  expect(document.activeElement).toBe(phone)
  await fireEvent.keyDown(phone, { key: 'Enter' })
  expect((await screen.findByRole('alert')).textContent).toContain('手机号还是少一位。')
  await fireEvent.update(phone, '16100003310')
  await fireEvent.keyDown(phone, { key: 'Enter' })
  await waitFor(() => expect(rows()).toEqual(['陈秀英', '没有姓名']))
  expect(fake.calls).toContainEqual({ name: 'tray.fix', request: { id: 1, values: { 'person.phone': '16100003310' } } })
  expect(await screen.findByText('张志强新增到“残疾人名单”了。')).toBeTruthy()
})

test('Esc brings the old text back, and then the hand back to the list', async () => {
  await open()
  const phone = screen.getByLabelText('手机号') as HTMLInputElement
  await fireEvent.update(phone, '1')
  await fireEvent.keyDown(phone, { key: 'Escape' })
  expect(phone.value).toBe('1610000331')
  await fireEvent.keyDown(phone, { key: 'Escape' })
  expect(document.activeElement?.textContent).toContain('张志强')
})

test('somebody of two namesakes must be chosen first', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByText('有两位同名的人，认不准是哪一位', { selector: 'nav *' }))
  expect((await screen.findByRole('button', { name: '先认一认是哪一位' })).hasAttribute('disabled')).toBe(true)
  await fireEvent.click(screen.getByRole('button', { name: /9号楼102/ }))
  await fireEvent.click(screen.getByRole('button', { name: '导入这一行' }))
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'tray.fix', request: { id: 2, values: {}, uid: 'r-22' } }))
  expect(await screen.findByText('陈秀英补进“残疾人名单”了。')).toBeTruthy()
})

test('somebody new is said as such', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByText('有两位同名的人，认不准是哪一位', { selector: 'nav *' }))
  await fireEvent.click(await screen.findByRole('button', { name: '都不是，是新的人' }))
  await fireEvent.click(screen.getByRole('button', { name: '导入这一行' }))
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'tray.fix', request: { id: 2, values: {}, new: true } }))
})

test('one row goes at once and can be taken back, a file of rows is asked about first', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByRole('button', { name: '不要了' }))
  await waitFor(() => expect(rows()).toEqual(['陈秀英', '没有姓名']))
  const told = (await screen.findByText('张志强不要了。')).closest<HTMLElement>('.toast')!
  await fireEvent.click(within(told).getByRole('button', { name: '撤销' }))
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'history.undo', request: { op: 71 } }))
})

test('a whole file is asked about before it is dropped', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByRole('button', { name: '残疾人两项补贴复核名单.xls的 2 行都不要了' }))
  const asked = await screen.findByRole('dialog', { name: '这 2 行都不要了？' })
  expect(fake.calls.some((each) => each.name === 'tray.drop')).toBe(false)
  await fireEvent.click([...asked.querySelectorAll('footer button')][1]!)
  await waitFor(() => expect(rows()).toEqual(['没有姓名']))
  expect(fake.calls).toContainEqual({ name: 'tray.drop', request: { ids: [1, 2] } })
})

test('an empty page says so', async () => {
  await showPage(TrayPage, '/', trayReplies([]))
  expect(await screen.findByText('没有要处理的')).toBeTruthy()
})
