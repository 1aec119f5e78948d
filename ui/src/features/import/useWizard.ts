// The walk of an import: file, columns, problems, changes, done. Keeps what was decided; each step shows its part.
import { computed, inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { call, office, type ImportRequest, type Inspection, type Ledger, type PickedFile, type SeenColumn, type SeenSheet } from '@/bridge'
import { toastError } from '@/kit'
import { clash, fromSeen, mappingOf, waiting, type ColumnState } from './columnState'
import { planned, type Planned } from './replies'
import { useJob } from './useJob'

/** Where the list goes: a ledger there is, or one still to be made. */
export interface Destination {
  id: string | null
  title: string
  confirmed: boolean
}

/** First and last row of the heading and of the data. */
export interface Zones {
  header?: [number, number]
  data?: [number, number]
}

export const STEPS = ['选文件', '对栏目', '查问题', '看变化', '完成']

/** The state of one import. */
export function createWizard() {
  const job = useJob()
  const step = ref(0)
  const file = shallowRef<PickedFile | null>(null)
  const inspection = shallowRef<Inspection | null>(null)
  const sheetName = ref('')
  const columns = ref<ColumnState[]>([])
  const destination = ref<Destination>({ id: null, title: '', confirmed: false })
  const zones = ref<Zones>({})
  const fixes = ref<{ row: number; letter: string; value: string }[]>([])
  const skipped = ref<number[]>([])
  const take = ref<{ row: number; field: string }[]>([])
  const plan = shallowRef<Planned | null>(null)
  const result = shallowRef<Planned | null>(null)
  const remembered = new Map<string, string>()
  const preset = { ledger: '', title: '' }

  const sheet = computed<SeenSheet | null>(() => inspection.value?.sheets.find((each) => each.name === sheetName.value) ?? null)
  const asks = computed(() => waiting(columns.value).length + (destination.value.confirmed ? 0 : 1))
  const twice = computed(() => clash(columns.value))

  /** Reads a file and shows its most promising sheet. */
  async function open(picked: PickedFile): Promise<void> {
    file.value = picked
    const seen = await look(picked, preset.ledger, () => void open(picked))
    if (!seen) return
    inspection.value = seen
    const best = [...seen.sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden) || b.columns.length * b.rows - a.columns.length * a.rows)[0]
    if (best) chooseSheet(best.name)
    step.value = 1
  }

  function look(picked: PickedFile, ledger: string, again: () => void): Promise<Inspection | null> {
    return job.run<Inspection>('import.open', { path: picked.path, ...(ledger ? { ledger } : {}) }, '正在读表格', again)
  }

  function chooseSheet(name: string): void {
    sheetName.value = name
    zones.value = {}
    fixes.value = []
    skipped.value = []
    take.value = []
    plan.value = null
    columns.value = (sheet.value?.columns ?? []).map(fromSeen)
    const first = sheet.value?.ledgers.find((each) => each.id === preset.ledger) ?? sheet.value?.ledgers[0]
    if (preset.title) destination.value = { id: null, title: preset.title, confirmed: true }
    else destination.value = { id: first?.id ?? null, title: first?.title ?? '', confirmed: !!preset.ledger && first?.id === preset.ledger }
    if (preset.title) keepAsOwn()
    else if (preset.ledger && first?.id !== preset.ledger) void choosePreset()
  }

  async function choosePreset(): Promise<void> {
    const ledger = await call<Ledger>('ledger.get', { id: preset.ledger }).catch(() => null)
    if (ledger) destination.value = { id: ledger.id, title: ledger.title, confirmed: true }
  }

  /** In a new ledger a column without a known target becomes a column of its own. */
  function keepAsOwn(): void {
    columns.value = columns.value.map((column) => {
      const lost = !column.field && column.seen.heading !== '' && column.seen.confidence !== 'sure'
      return lost ? { ...column, fresh: true, confirmed: true } : column
    })
  }

  /** Settles where the list goes; a ledger may know more headings, so the columns are looked at again. */
  async function setDestination(next: Destination): Promise<void> {
    const changed = next.id !== destination.value.id
    destination.value = next
    if (next.id === null) return keepAsOwn()
    columns.value = columns.value.map((column) => (column.fresh ? { ...column, fresh: false, confirmed: false } : column))
    const picked = file.value
    if (!picked || (!changed && preset.ledger === next.id)) return
    const seen = await look(picked, next.id, () => void setDestination(next))
    const known = new Map(seen?.sheets.find((each) => each.name === sheetName.value)?.columns.map((each) => [each.letter, each]))
    columns.value = columns.value.map((column) => {
      const again = known.get(column.seen.letter)
      return again && !column.confirmed && again.heading === column.seen.heading ? fromSeen(again) : column
    })
  }

  /** Settles one column; the word is kept for next time only when the import is applied. */
  function settle(letter: string, choice: { field: string | null; title: string | null; fresh?: boolean }, remember: boolean): void {
    columns.value = columns.value.map((column) => {
      if (column.seen.letter !== letter) return column
      if (remember && choice.field && choice.field !== column.seen.field) remembered.set(column.seen.heading, choice.field)
      else if (remember && choice.field && column.seen.confidence === 'ask') remembered.set(column.seen.heading, choice.field)
      else remembered.delete(column.seen.heading)
      return { ...column, field: choice.field, title: choice.title, fresh: choice.fresh ?? false, confirmed: true }
    })
  }

  /** Takes other header or data rows and asks the core what the columns are then. */
  async function setZones(next: Zones): Promise<void> {
    zones.value = { ...zones.value, ...next }
    const ledger = destination.value.id ?? sheet.value?.ledgers[0]?.id
    if (!ledger) return
    const seen = await job.run<object>('import.preview', { ...request(false), ledger }, '正在重新认栏目', () => void setZones(next))
    if (seen) columns.value = planned(seen).mapping.map((each) => reseen(each))
  }

  function reseen(each: Planned['mapping'][number]): ColumnState {
    const before = columns.value.find((column) => column.seen.letter === each.letter)
    if (before && before.seen.heading === each.heading) return before
    const titles = new Map(columns.value.map((column) => [column.field, column.title]))
    const levels = each.heading.split('/')
    const seen: SeenColumn = {
      letter: each.letter,
      heading: each.heading,
      levels,
      field: each.field,
      title: each.field ? (titles.get(each.field) ?? levels[levels.length - 1] ?? '') : null,
      how: 'none',
      confidence: each.field ? 'sure' : 'ask',
      reasons: [],
      samples: [],
      choices: [],
    }
    return fromSeen(seen)
  }

  function request(mapped = true): ImportRequest {
    return {
      path: file.value?.path ?? '',
      sheet: sheetName.value,
      ledger: destination.value.id ?? '',
      ...(mapped ? { mapping: mappingOf(columns.value) } : {}),
      ...(zones.value.header ? { header_rows: zones.value.header } : {}),
      ...(zones.value.data ? { data_rows: zones.value.data } : {}),
      conflict: 'keep',
      fixes: fixes.value,
      skip_rows: skipped.value,
    }
  }

  /** Works out what would change; makes the new ledger first when one was asked for. */
  async function preview(): Promise<boolean> {
    if (!destination.value.id && !(await makeLedger())) return false
    const made = await job.run<object>('import.preview', request(), '正在核对', () => void preview())
    if (made) plan.value = planned(made)
    return made !== null
  }

  async function makeLedger(): Promise<boolean> {
    const body = { title: destination.value.title, from: file.value?.path ?? '', sheet: sheetName.value }
    const made = await job.run<Ledger>('ledger.new', body, '正在新建台账', () => void preview())
    if (!made) return false
    destination.value = { id: made.id, title: made.title, confirmed: true }
    columns.value = columns.value.map((column) => {
      if (!column.fresh) return column
      const last = column.seen.levels[column.seen.levels.length - 1] ?? column.seen.heading
      const own = made.columns.find((each) => each.title === last || each.title === column.seen.heading)
      return { ...column, fresh: false, field: own?.field ?? null, title: own?.title ?? null }
    })
    return true
  }

  /** Writes the list into the ledger as one batch. */
  async function apply(): Promise<void> {
    const done = await job.run<object>('import.apply', { ...request(), take: take.value }, '正在导入', () => void apply())
    if (!done) return
    result.value = planned(done)
    step.value = 4
    for (const [heading, field] of remembered) await call('dictionary.remember', { heading, field }).catch(toastError)
  }

  function restart(): void {
    step.value = 0
    file.value = inspection.value = plan.value = result.value = null
    columns.value = []
    sheetName.value = ''
    remembered.clear()
    preset.ledger = preset.title = ''
    job.forget()
  }

  return {
    job, step, file, inspection, sheetName, sheet, columns, destination, zones, fixes, skipped, take, plan, result, asks, twice, preset,
    today: office.today, open, chooseSheet, setDestination, settle, setZones, preview, apply, restart,
  }
}

export type Wizard = ReturnType<typeof createWizard>

const KEY: InjectionKey<Wizard> = Symbol('import')

/** Makes the wizard and hands it to the steps below. */
export function provideWizard(): Wizard {
  const wizard = createWizard()
  provide(KEY, wizard)
  return wizard
}

/** The wizard of the page this part belongs to. */
export function useWizard(): Wizard {
  const wizard = inject(KEY)
  if (!wizard) throw new Error('useWizard outside of the import page')
  return wizard
}
