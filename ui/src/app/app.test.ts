// The frame: the menu shows what exists, keys reach the right place, a closed office says why.
import { fireEvent, render, screen, waitFor } from '@testing-library/vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { loadOffice, office, setTransport } from '@/bridge'
import { fakeTransport, refusal, type FakeReply } from '@/bridge/fake'
import { flaws } from '@/test/page'
import App from './App.vue'
import { addShortcut, listenToKeys } from './shortcuts'
import { createAppRouter } from './routes'

beforeEach(() => {
  location.hash = '#/settings'
  office.status.value = null
  office.trouble.value = null
})

async function start(replies: Record<string, FakeReply> = {}) {
  setTransport(fakeTransport(replies))
  const router = createAppRouter()
  const shown = render(App, { global: { plugins: [router] } })
  await router.isReady()
  return { ...shown, router }
}

test('the menu shows what exists, without flaws', async () => {
  await start()
  const menu = await screen.findByRole('navigation', { name: '主菜单' })
  const entries = [...menu.querySelectorAll('a')].map((entry) => entry.textContent?.replace('F1', '').trim())
  expect(entries).toEqual(['今日待办', '导入名单', '填上级表', '台账', '报表打印', '操作记录', '帮助', '设置'])
  expect(menu.querySelector('[aria-current=page]')?.textContent).toBe('设置')
  await screen.findByLabelText('填表人')
  expect(await flaws()).toEqual([])
})

test('F1 opens the help of the page, Ctrl+S answers calmly', async () => {
  const { router } = await start()
  await fireEvent.keyDown(window, { key: 's', ctrlKey: true })
  expect(await screen.findByText('改动都已自动保存，不用另外存。')).toBeTruthy()
  await fireEvent.keyDown(window, { key: 'F1' })
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/help/settings'))
})

test('an office that cannot be opened says why and tries again', async () => {
  let closed = true
  const status = () => (closed ? refusal('资料正被另一个窗口使用。', { code: 'conflict' }) : { started: true, committee: null, clerk: '', today: '2026-11-21', practice: false, version: '1' })
  await start({ 'office.status': status })
  expect(await screen.findByText('资料正被另一个窗口使用。')).toBeTruthy()
  closed = false
  await fireEvent.click(screen.getByRole('button', { name: '再打开一次' }))
  expect(await screen.findByRole('navigation', { name: '主菜单' })).toBeTruthy()
})

test('before there is an office only the first run is shown', async () => {
  setTransport(fakeTransport({ 'office.status': () => ({ started: false, committee: null, clerk: '', today: '2026-11-21', practice: false, version: '1' }) }))
  await loadOffice()
  const router = createAppRouter()
  await router.push('/history')
  expect(router.currentRoute.value.path).toBe('/start')
})

test('keys typed into a box, or into an input method, are not ours', async () => {
  const run = vi.fn()
  const drop = addShortcut({ keys: 'ctrl+z', title: '撤销', run })
  const stop = listenToKeys()
  const box = document.createElement('textarea')
  document.body.append(box)
  await fireEvent.keyDown(box, { key: 'z', ctrlKey: true })
  await fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true, keyCode: 229 })
  expect(run).not.toHaveBeenCalled()
  await fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true })
  expect(run).toHaveBeenCalledOnce()
  box.remove()
  drop()
  stop()
})

test('an entry with a count is shown only while something waits', async () => {
  await start({ 'office.home': () => ({ counts: [], recent: [], tray: 3 }) })
  expect((await screen.findByRole('link', { name: '待处理3行' })).getAttribute('href')).toContain('/tray')
})
