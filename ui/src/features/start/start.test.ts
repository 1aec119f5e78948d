// The first run: three steps, a name that must be given, the practice office.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { flaws, showPage } from '@/test/page'
import StartPage from './StartPage.vue'

const next = () => fireEvent.click(screen.getByRole('button', { name: '下一步' }))

test('three steps make a practice office', async () => {
  const { fake, router } = await showPage(StartPage, '/start')
  expect(await flaws()).toEqual([])
  await next()
  await next()
  expect((await screen.findByRole('alert')).textContent).toContain('请写上居委会名称')
  await fireEvent.update(screen.getByLabelText('居委会名称'), '梅园居民区')
  expect(await flaws()).toEqual([])
  await next()
  await fireEvent.click(await screen.findByRole('radio', { name: /练习居委会/ }))
  expect(await flaws()).toEqual([])
  await fireEvent.click(screen.getByRole('button', { name: '开始用' }))
  await waitFor(() => expect(fake.calls).toContainEqual({ name: 'office.start', request: { name: '梅园居民区', subdistrict: undefined, sample: true } }))
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/'))
})

test('the text size changes at once', async () => {
  await showPage(StartPage, '/start')
  await fireEvent.click(screen.getByRole('radio', { name: /特大/ }))
  await waitFor(() => expect(document.documentElement.classList.contains('size-xl')).toBe(true))
  await fireEvent.click(screen.getByRole('radio', { name: /标准/ }))
  await waitFor(() => expect(document.documentElement.classList.contains('size-xl')).toBe(false))
})
