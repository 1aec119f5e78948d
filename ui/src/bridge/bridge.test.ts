// The bridge: answers, refusals, a core that is gone, and hearing of changes.
import { expect, test, vi } from 'vitest'
import { call, CallError, isCancelled, onChange, runJob, setTransport } from '.'
import { fakeTransport, refusal } from './fake'

const renamed = { uid: 'r-1', field: 'person.name', value: '王桂兰' }

test('an answer comes back and its changes are heard', async () => {
  setTransport(fakeTransport({ 'resident.change': () => ({ op: 5 }) }))
  const hear = vi.fn()
  const stop = onChange(['resident'], hear)
  const deaf = vi.fn()
  onChange(['dictionary'], deaf)
  expect(await call('resident.change', renamed)).toEqual({ op: 5 })
  expect(hear).toHaveBeenCalledOnce()
  expect(deaf).not.toHaveBeenCalled()
  stop()
  await call('resident.change', renamed)
  expect(hear).toHaveBeenCalledOnce()
})

test('a refusal is thrown with its sentence', async () => {
  setTransport(fakeTransport({ 'office.home': () => refusal('台账正忙。', { code: 'cancelled' }) }))
  const error = await call('office.home', {}).catch((trouble: unknown) => trouble)
  expect(error).toBeInstanceOf(CallError)
  expect((error as CallError).message).toBe('台账正忙。')
  expect(isCancelled(error)).toBe(true)
})

test('a core that is gone is told in words', async () => {
  const way = fakeTransport()
  setTransport({ ...way, call: () => Promise.reject(new TypeError('fetch failed')) })
  await expect(call('office.home', {})).rejects.toThrow('程序没有回应')
})

test('a job reports, can be stopped and stops listening at its end', async () => {
  const way = fakeTransport({ 'import.apply': () => ({ op: 1 }) })
  const stop = vi.fn()
  const cancel = vi.fn(async () => {})
  setTransport({ ...way, watch: (_job, on) => (on({ stage: '读表', done: 1, total: 2 }), stop), cancel })
  const seen = vi.fn()
  const job = runJob('import.apply', { path: '', ledger: '', conflict: 'keep', fixes: [], skip_rows: [], take: [] }, seen)
  job.cancel()
  expect(await job.done).toEqual({ op: 1 })
  expect(seen).toHaveBeenCalledWith({ stage: '读表', done: 1, total: 2 })
  expect(stop).toHaveBeenCalledOnce()
  expect(cancel).toHaveBeenCalledOnce()
})
