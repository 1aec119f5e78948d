// Long calls of the wizard: progress while they run, a way to stop them, and what went wrong in full.
import { ref, shallowRef } from 'vue'
import { CallError, isCancelled, runJob, type Answer, type Asked, type Command, type ErrorReply, type Progress } from '@/bridge'

/** One running call at a time. */
export function useJob() {
  const progress = ref<Progress | null>(null)
  const stopping = ref(false)
  const error = shallowRef<ErrorReply | null>(null)
  const retry = shallowRef<(() => void) | null>(null)
  let cancel: (() => void) | null = null

  /** Runs a call; null when it was stopped or failed, with `error` set and `retry` ready. */
  async function run<C extends Command>(name: C, request: Asked<C>, stage: string, again: () => void): Promise<Answer<C> | null> {
    error.value = null
    stopping.value = false
    progress.value = { stage, done: 0, total: 0 }
    const job = runJob(name, request, (next) => (progress.value = next))
    cancel = job.cancel
    try {
      return await job.done
    } catch (trouble) {
      if (isCancelled(trouble)) return null
      if (!(trouble instanceof CallError)) throw trouble
      error.value = trouble.reply
      retry.value = again
      return null
    } finally {
      progress.value = null
      cancel = null
    }
  }

  function stop(): void {
    stopping.value = cancel !== null
    cancel?.()
  }
  const forget = () => (error.value = null)
  return { progress, stopping, error, retry, run, stop, forget }
}
