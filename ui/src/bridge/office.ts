// The one reactive thing that every page may know: whose office this is, and what day it is.
import { computed, shallowRef } from 'vue'
import { call, onChange } from './call'
import type { OfficeStatus } from './types'

const status = shallowRef<OfficeStatus | null>(null)
let listening = false

export const office = {
  status,
  started: computed(() => status.value?.started ?? false),
  name: computed(() => status.value?.committee?.name ?? ''),
  clerk: computed(() => status.value?.clerk ?? ''),
  today: computed(() => status.value?.today ?? ''),
  practice: computed(() => status.value?.practice ?? false),
}

/** Asks the core for the office's state; afterwards it keeps itself fresh. */
export async function loadOffice(): Promise<OfficeStatus> {
  const answer = await call<OfficeStatus>('office.status')
  status.value = answer
  if (!listening) {
    listening = true
    onChange(['committee'], () => void loadOffice())
  }
  return answer
}
