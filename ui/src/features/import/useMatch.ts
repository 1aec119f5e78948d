// The step 对栏目: which question is shown, and what becomes of its answer.
import { computed, nextTick, ref, type Ref } from 'vue'
import { tally, waiting } from './columnState'
import { leftBehind, noticed, unread } from './reading'
import type { ColumnAnswer } from './useColumns'
import type { Destination, Wizard } from './useWizard'

/** Stands for the question about the whole list. */
export const LEDGER = '#'

interface Focusable {
  focus(): void
}

export function useMatch(wizard: Wizard, question: Readonly<Ref<Focusable | null>>, foot: Readonly<Ref<{ focusNext(): void } | null>>) {
  const chosen = ref('')
  const menu = ref<{ row: number; zone: string; at: HTMLElement } | null>(null)
  const counts = computed(() => tally(wizard.columns.value))
  const waits = computed(() => waiting(wizard.columns.value))
  const column = computed(() => wizard.columns.value.find((each) => each.seen.letter === chosen.value) ?? null)
  const others = computed(() => wizard.columns.value.filter((each) => each.field && each.seen.letter !== chosen.value))
  /** Fields that other columns go to, with their letters. */
  const taken = computed(() => new Map(others.value.map((each) => [each.field ?? '', each.seen.letter])))
  const header = computed<[number, number] | null>(() => wizard.zones.value.header ?? wizard.sheet.value?.header_rows ?? null)
  const data = computed<[number, number] | null>(() => wizard.zones.value.data ?? wizard.sheet.value?.data_rows ?? null)
  const rows = computed(() => (data.value ? data.value[1] - data.value[0] + 1 : (wizard.sheet.value?.rows ?? 0)))
  const read = computed(() => [wizard.sheetName.value, ...wizard.source.together.value])
  const facts = computed(() => (wizard.sheet.value ? [...noticed(wizard.sheet.value), ...leftBehind(wizard.source.sheets.value, read.value), ...unread(wizard.inspection.value?.left_out ?? [])] : []))

  /** Shows the next thing that waits: the ledger first, then the columns from the present one on. */
  function next(): void {
    if (!wizard.destination.value.confirmed) return show(LEDGER)
    const order = wizard.columns.value.map((each) => each.seen.letter)
    const at = order.indexOf(chosen.value)
    const later = waits.value.find((each) => order.indexOf(each.seen.letter) > at)
    show((later ?? waits.value[0])?.seen.letter ?? '')
  }

  function show(letter: string): void {
    chosen.value = letter
    void nextTick(() => (letter ? question.value?.focus() : foot.value?.focusNext()))
  }

  function settleColumn(answer: ColumnAnswer, remember: boolean): void {
    wizard.settle(chosen.value, answer, remember)
    next()
  }

  async function settleLedger(destination: Destination): Promise<void> {
    await wizard.setDestination(destination)
    next()
  }

  /** Takes what a row number was told: another heading, or another first or last row of the data. */
  function setZones(change: { header?: [number, number] }, end: 'start' | 'end' | null): void {
    const row = menu.value?.row ?? 1
    const now = data.value ?? [row, row]
    menu.value = null
    if (end === 'start') void wizard.setZones({ data: [row, Math.max(row, now[1])] })
    else if (end === 'end') void wizard.setZones({ data: [Math.min(now[0], row), row] })
    else if (change.header) void wizard.setZones({ header: change.header, data: [change.header[1] + 1, Math.max(change.header[1] + 1, now[1])] })
  }

  async function forward(): Promise<void> {
    if (await wizard.preview()) wizard.step.value = 2
  }

  return { chosen, menu, counts, waits, column, taken, header, rows, facts, next, show, settleColumn, settleLedger, setZones, forward }
}
