// 今日待办: what it shows, how a sheet comes in, how an import is taken back.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { office } from '@/bridge'
import { refusal } from '@/bridge/fake'
import { flaws, showPage } from '@/test/page'
import HomePage from './HomePage.vue'

test('shows the day, recent imports and counts, without flaws', async () => {
  await showPage(HomePage)
  expect(await screen.findByText('11月独居老人名单.xlsx')).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('周六，11月21日')
  expect(screen.getByText('今天已导入 1 份表格', { exact: false })).toBeTruthy()
  expect(screen.getByRole('link', { name: /独居老人/ }).getAttribute('href')).toContain('elderly_living_alone')
  expect(await flaws()).toEqual([])
})

test('a chosen sheet goes to the import page', async () => {
  const { router } = await showPage(HomePage)
  await fireEvent.click(await screen.findByRole('button', { name: '选择表格文件' }))
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/import'))
  expect(router.currentRoute.value.query).toEqual({ path: 'D:\\收件\\名单.xlsx', name: '11月独居老人名单.xlsx' })
})

test('an import is asked about before it is taken back', async () => {
  const { fake } = await showPage(HomePage)
  const [first] = await screen.findAllByRole('button', { name: '撤销这次导入' })
  await fireEvent.click(first!)
  const dialog = await screen.findByRole('dialog', { name: '撤销这次导入？' })
  expect(fake.calls.some((each) => each.name === 'history.undo')).toBe(false)
  const [, act] = [...dialog.querySelectorAll('footer button')]
  await fireEvent.click(act!)
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'history.undo', request: { op: 7 } }))
})

test('an office without imports says how to begin', async () => {
  await showPage(HomePage, '/', { 'office.home': () => ({ counts: [], recent: [], hint: null }) })
  expect(await screen.findByText('还没有导入过表格')).toBeTruthy()
})

test('an office that does not answer shows no invented day', async () => {
  office.status.value = null
  await showPage(HomePage, '/', { 'office.status': () => refusal('资料正忙。') })
  await screen.findByRole('button', { name: '选择表格文件' })
  expect(screen.getByRole('heading', { level: 1 }).textContent).not.toMatch(/年|月/)
})

test('rows that wait are told, with the way to them', async () => {
  const { router } = await showPage(HomePage, '/', { 'office.home': () => ({ counts: [], recent: [], tray: 3 }) })
  expect(await screen.findByText('有 3 行没导全')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: '去处理' }))
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/tray'))
})
