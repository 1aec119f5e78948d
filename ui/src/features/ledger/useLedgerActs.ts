// What the buttons of a ledger do: cards, adding, removing, printing, saving and the way to the import wizard.
import { computed, ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { call, saveFile, type LedgerReply, type ReportOptions } from '@/bridge'
import { openResident, residentShown } from '@/features/resident'
import { confirm, toast, toastError } from '@/kit'
import type { GridRow } from '@/kit/grid'
import type { useLedgerRows } from './useLedgerRows'

/** The acts of the ledger page. */
export function useLedgerActs(ledger: Ref<LedgerReply | null>, rows: ReturnType<typeof useLedgerRows>) {
  const router = useRouter()
  const dialog = ref<'add' | 'new' | 'repeats' | null>(null)
  const selected = ref<number[]>([])
  const saving = ref(false)
  const current = ref<GridRow | null>(null)
  const person = computed(() => ledger.value?.subject === 'resident' || !!current.value?.uid)

  const beside = computed(() => !!residentShown.value)

  function bring(): void {
    void router.push({ path: '/import', query: ledger.value ? { ledger: ledger.value.id } : {} })
  }

  function bringNew(title: string): void {
    dialog.value = null
    void router.push({ path: '/import', query: { title } })
  }

  function open(row: GridRow): void {
    if (row.uid) openResident(row.uid)
  }

  /** An open card follows the active row. */
  function follow(row: GridRow | null): void {
    current.value = row
    if (row?.uid && residentShown.value && residentShown.value !== row.uid) openResident(row.uid)
  }

  async function remove(): Promise<void> {
    const records = selected.value
    const sure = await confirm({
      title: `移出 ${records.length} 行`,
      text: `从“${ledger.value?.title ?? ''}”里移出这 ${records.length} 行。人和房的资料、别的台账都不受影响，可以撤销。`,
      act: '移出',
    })
    if (sure) await rows.remove(records)
  }

  async function beyond(extra: Record<string, string>[]): Promise<void> {
    const sure = await confirm({
      title: `多出 ${extra.length} 行`,
      text: `粘贴的内容比台账多出 ${extra.length} 行，要接在最后新增吗？`,
      act: `新增 ${extra.length} 行`,
      stay: '多的不要',
    })
    if (sure && (await rows.add(extra))) toast({ tone: 'done', text: `新增了 ${extra.length} 行。` })
  }

  function print(): void {
    const { where } = rows.filter.value
    void router.push({ path: '/report', query: { ledger: ledger.value?.id ?? '', ...(where ? { where } : {}) } })
  }

  async function save(): Promise<void> {
    saving.value = true
    try {
      const { where } = rows.filter.value
      const options: ReportOptions = { orientation: 'auto', masked: false, ...(where ? { where } : {}) }
      const made = await call('report.make', { kind: 'ledger_list', ledger: ledger.value?.id, options, format: 'xlsx' })
      const place = await saveFile(made.file_name, made.bytes)
      if (place) toast({ tone: 'done', text: `已存成 ${made.file_name}`, hint: place })
    } catch (trouble) {
      toastError(trouble)
    } finally {
      saving.value = false
    }
  }

  const select = (records: number[]) => (selected.value = records)
  return { dialog, selected, saving, person, beside, bring, bringNew, open, follow, remove, beyond, print, save, select }
}
