// The generic parts: the dialog keeps the focus, a question answers, notices come and go.
import { fireEvent, render, screen, waitFor } from '@testing-library/vue'
import { expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { CallError } from '@/bridge'
import { flaws } from '@/test/page'
import { confirm, ConfirmHost, JwField, JwInput, JwProgress, JwSegmented, JwSelect, JwSwitch, toast, toastError, ToastHost } from '.'

test('a question takes the focus, keeps it, and gives it back', async () => {
  const before = document.createElement('button')
  before.textContent = '撤销'
  document.body.append(before)
  before.focus()
  render(ConfirmHost)
  const answer = confirm({ title: '撤销？', text: '退回到导入以前。', act: '撤销这次导入' })
  const dialog = await screen.findByRole('dialog', { name: '撤销？' })
  expect(document.activeElement?.textContent).toBe('先不')
  expect(await flaws()).toEqual([])
  const act = screen.getByRole('button', { name: '撤销这次导入' })
  act.focus()
  await fireEvent.keyDown(dialog, { key: 'Tab' })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('关闭')
  await fireEvent.click(act)
  expect(await answer).toBe(true)
  await waitFor(() => expect(document.activeElement).toBe(before))
  before.remove()
})

test('Esc is a no', async () => {
  render(ConfirmHost)
  const answer = confirm({ title: '移出？', text: '人还在。', act: '移出' })
  await fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' })
  expect(await answer).toBe(false)
})

test('notices carry an act, and a stopped job is no mistake', async () => {
  render(ToastHost)
  const run = vi.fn()
  toast({ tone: 'done', text: '已改好。', act: { label: '撤销', run } })
  await fireEvent.click(await screen.findByRole('button', { name: '撤销' }))
  expect(run).toHaveBeenCalledOnce()
  expect(screen.queryByText('已改好。')).toBe(null)
  toastError(new CallError({ code: 'cancelled', severity: 'info', message: 'x', hint: '' }))
  expect(await screen.findByText('已停下，没有改动任何内容。')).toBeTruthy()
  toastError(new CallError({ code: 'file', severity: 'warning', message: '文件正被占用。', hint: '请关掉再试。' }))
  expect((await screen.findByText('文件正被占用。')).textContent).toContain('请关掉再试。')
})

test('a notice leaves after six seconds unless it is being read', async () => {
  vi.useFakeTimers()
  try {
    render(ToastHost)
    toast({ tone: 'done', text: '已存好。' })
    await nextTick()
    const shown = screen.getByText('已存好。').closest('.toast')!
    await fireEvent.mouseEnter(shown)
    vi.advanceTimersByTime(20_000)
    await nextTick()
    expect(screen.queryByText('已存好。')).toBeTruthy()
    await fireEvent.mouseLeave(shown)
    vi.advanceTimersByTime(5_900)
    await nextTick()
    expect(screen.queryByText('已存好。')).toBeTruthy()
    vi.advanceTimersByTime(200)
    await nextTick()
    expect(screen.queryByText('已存好。')).toBe(null)
  } finally {
    vi.useRealTimers()
  }
})

test('a field names its box and says what is wrong', async () => {
  const enter = vi.fn()
  const form = defineComponent({
    setup: () => {
      const name = ref('')
      return () => h(JwField, { label: '名称', wrong: '请写上名称。' }, {
        default: (field: object) => h(JwInput, { ...field, modelValue: name.value, 'onUpdate:modelValue': (text: string) => (name.value = text), onEnter: enter }),
      })
    },
  })
  render(form)
  const box = screen.getByLabelText('名称')
  expect(box.getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe('请写上名称。')
  await fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  expect(enter).not.toHaveBeenCalled()
  await fireEvent.keyDown(box, { key: 'Enter' })
  expect(enter).toHaveBeenCalledOnce()
})

test('choices are without flaws', async () => {
  render(JwSegmented, { props: { label: '纸张', modelValue: 'a', options: [{ value: 'a', label: '自动' }, { value: 'b', label: '横' }] } })
  render(JwSwitch, { props: { label: '遮盖身份证号', modelValue: true } })
  render(JwSelect, { props: { label: '台账', modelValue: 'x', options: [{ value: 'x', label: '独居老人台账' }] } })
  render(JwProgress, { props: { stage: '读表', done: 8200, total: 12000 } })
  expect(screen.getByText('读表：8,200 / 12,000')).toBeTruthy()
  expect(screen.getByRole('button', { name: '自动' }).getAttribute('aria-pressed')).toBe('true')
  expect(await flaws()).toEqual([])
})
