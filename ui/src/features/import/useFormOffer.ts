// Whether an opened file asks to be filled rather than to be read. Forms that hold data are lists all the same.
import { computed, ref, watch } from 'vue'
import type { InspectedSheet } from '@/bridge'
import type { Wizard } from './useWizard'

const WORDS: Partial<Record<InspectedSheet['kind'], string>> = { blank_form: '一张要填的空表', person_form: '一张一人一表的空表', indicator_form: '一张要填数的报表' }

/** What a sheet without data asks for; empty for everything else. */
export function asksFor(sheet: InspectedSheet): string {
  const word = WORDS[sheet.kind] ?? ''
  const holds = sheet.columns.some((column) => column.samples.some((sample) => sample.trim() !== ''))
  return holds && sheet.kind !== 'indicator_form' ? '' : word
}

/** Serves the question 填这张表; the clerk may say that it is a list after all. */
export function useFormOffer(wizard: Wizard) {
  const declined = ref(false)
  watch(wizard.inspection, () => (declined.value = false))
  const offer = computed(() => {
    const sheets = wizard.inspection.value?.sheets ?? []
    // A file with any list in it is a list.
    if (declined.value || wizard.preset.ledger || sheets.some((sheet) => sheet.kind === 'roster')) return null
    const found = sheets.filter((sheet) => !sheet.hidden).find((sheet) => asksFor(sheet))
    return found ? { title: found.title || wizard.file.value?.name || found.name, what: asksFor(found) } : null
  })
  return { offer, decline: () => (declined.value = true) }
}
