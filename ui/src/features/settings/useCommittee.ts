// The committee's own words on paper: read, changed one box at a time, kept when the box is left.
import { reactive, ref, watch } from 'vue'
import { call, CallError, useQuery } from '@/bridge'
import { toast, toastError } from '@/kit'

export type Box = 'name' | 'subdistrict' | 'director' | 'filler' | 'phone'

export function useCommittee() {
  const kept = useQuery('committee.get', {}, ['committee'])
  const draft = reactive<Record<Box, string>>({ name: '', subdistrict: '', director: '', filler: '', phone: '' })
  const wrong = ref<{ box: Box; text: string } | null>(null)

  watch(kept.value, (committee) => {
    if (committee) for (const box of Object.keys(draft) as Box[]) draft[box] = committee[box] ?? ''
  })

  async function keep(box: Box): Promise<void> {
    const value = draft[box].trim()
    if (!kept.value.value || value === (kept.value.value[box] ?? '')) return
    try {
      await call('committee.change', { [box]: value })
      wrong.value = null
      toast({ tone: 'done', text: '已改好，以后的报表照这个印。' })
    } catch (error) {
      if (!(error instanceof CallError)) return toastError(error)
      wrong.value = { box, text: error.reply.message }
    }
  }

  return { kept, draft, wrong, keep }
}
