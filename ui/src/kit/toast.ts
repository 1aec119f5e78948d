// Short notices at the lower edge, and errors in the core's own words. They never take the focus.
import { ref } from 'vue'
import { CallError, isCancelled } from '@/bridge'

export interface Notice {
  id: number
  tone: 'done' | 'info' | 'warning' | 'danger'
  text: string
  hint?: string
  act?: { label: string; run: () => void }
}

/** How long a notice stays, in ms, unless somebody reads it with the mouse or the focus on it. */
const STAYS = 6_000

export const notices = ref<Notice[]>([])
const clocks = new Map<number, ReturnType<typeof setTimeout>>()
let last = 0

/** Shows a notice. */
export function toast(notice: Omit<Notice, 'id'>): void {
  const id = ++last
  notices.value = [...notices.value.slice(-2), { ...notice, id }]
  release(id)
}

/** Lets a notice stay for as long as it is held. */
export function hold(id: number): void {
  clearTimeout(clocks.get(id))
  clocks.delete(id)
}

/** Starts the time of a notice anew. */
export function release(id: number): void {
  hold(id)
  clocks.set(id, setTimeout(() => dismiss(id), STAYS))
}

export function dismiss(id: number): void {
  hold(id)
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** Shows what went wrong; a job that the clerk stopped is no mistake and is told calmly. */
export function toastError(error: unknown): void {
  if (isCancelled(error)) return toast({ tone: 'info', text: '已停下，没有改动任何内容。' })
  if (!(error instanceof CallError)) {
    console.error(error)
    return toast({ tone: 'danger', text: '这一步没有做成。', hint: '请再试一次；还不行就关掉重开，已存的内容都在。' })
  }
  const { severity, message, hint } = error.reply
  toast({ tone: severity === 'info' ? 'info' : severity, text: message, hint: hint ?? undefined })
}
