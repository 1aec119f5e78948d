// The one reactive thing that every page may know: whose office this is, and what day it is.
import { computed, shallowRef } from 'vue'
import { call, CallError, onChange } from './call'
import type { ErrorReply, StatusReply } from './types'

const status = shallowRef<StatusReply | null>(null)
const trouble = shallowRef<ErrorReply | null>(null)
let listening = false

export const office = {
  status,
  /** Why the office could not be opened, such as a damaged file or another program using it. */
  trouble,
  started: computed(() => status.value?.started ?? false),
  name: computed(() => status.value?.committee?.name ?? ''),
  clerk: computed(() => status.value?.clerk ?? ''),
  today: computed(() => status.value?.today ?? ''),
  practice: computed(() => status.value?.practice ?? false),
}

/** Asks the core for the office's state; afterwards it keeps itself fresh. */
export async function loadOffice(): Promise<void> {
  try {
    status.value = await call('office.status', {})
    trouble.value = null
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    trouble.value = error.reply
  }
  if (!listening) {
    listening = true
    onChange(['committee'], () => void loadOffice())
  }
}
