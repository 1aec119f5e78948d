// The search box: what it asks, how it is driven by keys, what it says when nobody is found.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { closeResident, residentShown } from '@/features/resident'
import { flaws, showPage } from '@/test/page'
import SearchBox from './SearchBox.vue'
import { tidy } from './useSearch'

test('keys find, mark and open a resident', async () => {
  await showPage(SearchBox)
  const box = screen.getByRole('combobox')
  await fireEvent.update(box, '王')
  expect((await screen.findAllByRole('option')).length).toBe(2)
  expect(screen.getByText('拼音 wgl', { selector: ':first-child > .why' })).toBeTruthy()
  expect(await flaws()).toEqual([])
  await fireEvent.keyDown(box, { key: 'ArrowDown' })
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(residentShown.value).toBe('r-2')
  closeResident()
})

test('keys of an input method are left to it', async () => {
  await showPage(SearchBox)
  const box = screen.getByRole('combobox')
  await fireEvent.update(box, '王')
  await screen.findAllByRole('option')
  await fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  expect(residentShown.value).toBe(null)
})

test('nobody found is said with a way on', async () => {
  await showPage(SearchBox)
  await fireEvent.update(screen.getByRole('combobox'), '没这人')
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('没找到“没这人”'))
})

test.each([["w'g'l", 'wgl'], [' 3-502 ', '3-502'], ['王', '王']])('asks %s as %s', (typed, asked) => {
  expect(tidy(typed)).toBe(asked)
})
