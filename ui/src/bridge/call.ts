// Asking the core: `call` for an answer, `runJob` for long work with progress and cancel, `onChange`
// for hearing what any call changed. Which transport carries it is decided once, here.
import { browserTransport } from './browser'
import type { Answer, Asked, Command } from './commands'
import type { Transport } from './transport'
import type { Change, ErrorReply, Progress } from './types'

/** An answer of the core that says no; `reply` holds the sentence for the clerk. */
export class CallError extends Error {
  constructor(readonly reply: ErrorReply) {
    super(reply.message)
    this.name = 'CallError'
  }
}

/** A running job: its outcome and the way to stop it. */
export interface Job<T> {
  done: Promise<T>
  cancel: () => void
}

let transport: Promise<Transport> | undefined
let lastJob = 0
const hearers = new Set<(changes: Change[]) => void>()

/** Puts another way to the core in place; tests use it. */
export function setTransport(other: Transport | undefined): void {
  transport = other && Promise.resolve(other)
}

export function currentTransport(): Promise<Transport> {
  transport ??= chooseTransport()
  return transport
}

/** Whether the page runs in the program's own window, not in a browser. */
export function isOwnWindow(): boolean {
  return '__TAURI_INTERNALS__' in window
}

async function chooseTransport(): Promise<Transport> {
  if (import.meta.env.DEV && import.meta.env.VITE_FAKE) return (await import('./fake')).fakeTransport()
  if (isOwnWindow()) return (await import('./tauri')).tauriTransport()
  return browserTransport()
}

/** Calls the core by name; throws CallError with a Chinese sentence when it says no. */
export async function call<C extends Command>(name: C, request: Asked<C>, options: { job?: string } = {}): Promise<Answer<C>> {
  const way = await currentTransport()
  const reply = await way.call(name, request, options.job).catch(() => unreachable())
  if (!reply.ok) throw new CallError(reply.error)
  const changes = reply.changes ?? []
  if (changes.length) hearers.forEach((hear) => hear(changes))
  return reply.value as Answer<C>
}

function unreachable(): { ok: false; error: ErrorReply } {
  const error: ErrorReply = {
    code: 'bug',
    severity: 'danger',
    message: '程序没有回应，刚才这一步没有做成。',
    hint: '已存的内容没有变动。请再试一次；还不行就关掉重开。',
  }
  return { ok: false, error }
}

/** Starts long work; `on` hears its stages, `cancel` stops it (the promise then fails as cancelled). */
export function runJob<C extends Command>(name: C, request: Asked<C>, on: (progress: Progress) => void = () => {}): Job<Answer<C>> {
  lastJob += 1
  const job = `ui-${Date.now().toString(36)}-${lastJob}`
  const run = async () => {
    const way = await currentTransport()
    const stop = way.watch(job, on)
    return call(name, request, { job }).finally(stop)
  }
  return { done: run(), cancel: () => void currentTransport().then((way) => way.cancel(job)) }
}

/** Hears of changes to any of `words` until the returned function is called. */
export function onChange(words: Change[], on: (changes: Change[]) => void): () => void {
  const hear = (changes: Change[]) => {
    if (changes.some((change) => words.includes(change))) on(changes)
  }
  hearers.add(hear)
  return () => void hearers.delete(hear)
}

/** Whether the clerk stopped it, which is no mistake. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CallError && error.reply.code === 'cancelled'
}
