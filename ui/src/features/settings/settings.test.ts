// 设置: a box is kept when it is left, and only if it changed.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import SettingsPage from './SettingsPage.vue'

test('keeps a changed box, without flaws', async () => {
  const { fake } = await showPage(SettingsPage, '/settings')
  const box = await screen.findByLabelText('填表人')
  await fireEvent.focusOut(box)
  expect(fake.calls.some((each) => each.name === 'committee.change')).toBe(false)
  await fireEvent.update(box, '蒋一鸣')
  await fireEvent.focusOut(box)
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'committee.change', request: { filler: '蒋一鸣' } }))
  expect(await flaws()).toEqual([])
})
