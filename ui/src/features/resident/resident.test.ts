// The resident's card: facts with their sources, seeing a masked value, changing one fact.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { afterEach, expect, test } from 'vitest'
import { refusal } from '@/bridge/fake'
import { flaws, showPage } from '@/test/page'
import { closeResident, openResident } from './opened'
import ResidentDrawer from './ResidentDrawer.vue'

afterEach(closeResident)

async function open(replies = {}) {
  openResident('r-1')
  const shown = await showPage(ResidentDrawer, '/', replies)
  await screen.findByRole('heading', { name: '王桂兰' })
  return shown
}

test('shows facts with where they came from, without flaws', async () => {
  await open()
  expect(screen.getByText('138****6621')).toBeTruthy()
  expect(screen.getAllByText('《街道残联两项补贴复核名单》').length).toBe(2)
  expect(screen.getAllByText('D12', { exact: false }).length).toBe(2)
  expect(screen.getAllByText('街道残联 ·', { exact: false }).length).toBe(2)
  expect(screen.getByText('走访：膝盖疼，下楼要扶')).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('a masked value is shown only when asked for, and can be masked again', async () => {
  const { fake } = await open()
  expect(screen.queryByText('990102194403091226')).toBe(null)
  await fireEvent.click(screen.getByRole('button', { name: '看完整的身份证号' }))
  expect(await screen.findByText('990102194403091226')).toBeTruthy()
  expect(fake.calls).toContainEqual({ name: 'resident.reveal', request: { uid: 'r-1', field: 'person.id_number' } })
  await fireEvent.click(screen.getByRole('button', { name: '遮起身份证号' }))
  expect(screen.queryByText('990102194403091226')).toBe(null)
})

test('a phone is changed in place', async () => {
  const { fake } = await open()
  await fireEvent.click(screen.getByRole('button', { name: '改手机' }))
  const box = await screen.findByRole('textbox', { name: '手机' })
  await waitFor(() => expect((box as HTMLInputElement).value).toBe('13800006621'))
  await fireEvent.update(box, '13900001234')
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(await screen.findByText('139****1234')).toBeTruthy()
  expect(fake.calls).toContainEqual({ name: 'resident.change', request: { uid: 'r-1', field: 'person.phone', value: '13900001234' } })
})

test('a refused value keeps the box and says why', async () => {
  await open({ 'resident.change': () => refusal('手机号应是 11 位。') })
  await fireEvent.click(screen.getByRole('button', { name: '改手机' }))
  const box = await screen.findByRole('textbox', { name: '手机' })
  await fireEvent.update(box, '139')
  await fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('手机号应是 11 位。'))
  await fireEvent.keyDown(box, { key: 'Escape' })
  expect(screen.queryByRole('textbox', { name: '手机' })).toBe(null)
  expect(screen.getByRole('heading', { name: '王桂兰' })).toBeTruthy()
})
