// A question that asks itself again: when its request changes, and when a call changed what it shows.
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import { call, CallError, onChange } from './call'
import type { Answer, Asked, Command } from './commands'
import type { Change, ErrorReply } from './types'

export interface Query<T> {
  value: ShallowRef<T | null>
  error: Ref<ErrorReply | null>
  loading: Ref<boolean>
  again: () => Promise<void>
}

/** Asks `name` with `request`; a null request asks nothing. The last answer stays until the next. */
export function useQuery<C extends Command>(name: C, request: MaybeRefOrGetter<Asked<C> | null>, words: Change[] = []): Query<Answer<C>> {
  const value = shallowRef<Answer<C> | null>(null)
  const error = ref<ErrorReply | null>(null)
  const loading = ref(false)
  let asked = 0

  async function again(): Promise<void> {
    const wanted = toValue(request)
    const turn = ++asked
    if (!wanted) return void (value.value = null)
    loading.value = true
    try {
      const answer = await call(name, wanted)
      if (turn !== asked) return
      value.value = answer
      error.value = null
    } catch (trouble) {
      if (turn !== asked) return
      if (!(trouble instanceof CallError)) throw trouble
      error.value = trouble.reply
    } finally {
      if (turn === asked) loading.value = false
    }
  }

  watch(() => JSON.stringify(toValue(request)), again, { immediate: true })
  if (words.length) onScopeDispose(onChange(words, () => void again()))
  return { value, error, loading, again }
}
