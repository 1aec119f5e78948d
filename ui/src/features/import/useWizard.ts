// The walk of an import: file, columns, problems, changes, done. Keeps what was decided; each step shows its part.
import { computed, inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { call, office, type ImportReply, type ImportRequest, type Inspection, type PickedFile, type InspectedSheet } from '@/bridge'
import { mappingOf } from './columnState'
import { useColumns } from './useColumns'
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
  const mapped = useColumns()
  const step = ref(0)
  const file = shallowRef<PickedFile | null>(null)
  const inspection = shallowRef<Inspection | null>(null)
  const sheetName = ref('')
  const destination = ref<Destination>({ id: null, title: '', confirmed: false })
  const zones = ref<Zones>({})
  const fixes = ref<{ row: number; letter: string; value: string }[]>([])
  const skipped = ref<number[]>([])
  const take = ref<{ row: number; field: string }[]>([])
  const plan = shallowRef<ImportReply | null>(null)
  const result = shallowRef<ImportReply | null>(null)
  const preset = { ledger: '', title: '' }
  const sheet = computed<InspectedSheet | null>(() => inspection.value?.sheets.find((each) => each.name === sheetName.value) ?? null)
  const asks = computed(() => mapped.asks.value + (destination.value.confirmed ? 0 : 1))

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
    return job.run('import.open', { path: picked.path, ...(ledger ? { ledger } : {}) }, '正在读表格', again)
  }

  function chooseSheet(name: string): void {
    sheetName.value = name
    zones.value = {}
    fixes.value = []
    skipped.value = []
    take.value = []
    plan.value = null
    mapped.see(sheet.value?.columns ?? [])
    const first = sheet.value?.ledgers.find((each) => each.id === preset.ledger) ?? sheet.value?.ledgers[0]
    if (preset.title) destination.value = { id: null, title: preset.title, confirmed: true }
    else destination.value = { id: first?.id ?? null, title: first?.title ?? '', confirmed: !!preset.ledger && first?.id === preset.ledger }
    if (preset.title) mapped.keepAsOwn()
    else if (preset.ledger && first?.id !== preset.ledger) void choosePreset()
  }

  async function choosePreset(): Promise<void> {
    const ledger = await call('ledger.get', { id: preset.ledger }).catch(() => null)
    if (ledger) destination.value = { id: ledger.id, title: ledger.title, confirmed: true }
  }

  /** Settles where the list goes; a ledger may know more headings, so the columns are looked at again. */
  async function setDestination(next: Destination): Promise<void> {
    destination.value = next
    if (next.id === null) return mapped.keepAsOwn()
    mapped.giveUpOwn()
    if (!file.value) return
    const seen = await look(file.value, next.id, () => void setDestination(next))
    mapped.seeAgain(seen?.sheets.find((each) => each.name === sheetName.value)?.columns ?? [])
  }

  /** Takes other header or data rows and asks the core what the columns are then. */
  async function setZones(next: Zones): Promise<void> {
    zones.value = { ...zones.value, ...next }
    const ledger = destination.value.id ?? sheet.value?.ledgers[0]?.id
    if (!ledger) return
    const seen = await job.run('import.preview', { ...request(false), ledger }, '正在重新认栏目', () => void setZones(next))
    if (seen) mapped.seeMapped(seen.mapping)
  }

  function request(withMapping = true): ImportRequest {
    return {
      path: file.value?.path ?? '',
      sheet: sheetName.value,
      ledger: destination.value.id ?? '',
      ...(withMapping ? { mapping: mappingOf(mapped.columns.value) } : {}),
      ...(zones.value.header ? { header_rows: zones.value.header } : {}),
      ...(zones.value.data ? { data_rows: zones.value.data } : {}),
      conflict: 'keep',
      fixes: fixes.value,
      skip_rows: skipped.value,
      take: [],
    }
  }

  /** Works out what would change; makes the new ledger first when one was asked for. */
  async function preview(): Promise<boolean> {
    if (!destination.value.id && !(await makeLedger())) return false
    const made = await job.run('import.preview', request(), '正在核对', () => void preview())
    if (made) plan.value = made
    return made !== null
  }

  async function makeLedger(): Promise<boolean> {
    const body = { title: destination.value.title, from: file.value?.path ?? '', sheet: sheetName.value }
    const made = await job.run('ledger.new', body, '正在新建台账', () => void preview())
    if (!made) return false
    destination.value = { id: made.id, title: made.title, confirmed: true }
    mapped.adopt(made.columns)
    return true
  }

  /** Writes the list into the ledger as one batch. */
  async function apply(): Promise<void> {
    const done = await job.run('import.apply', { ...request(), take: take.value }, '正在导入', () => void apply())
    if (!done) return
    result.value = done
    step.value = 4
    await mapped.teach()
  }

  /** Back to the choice of a file; only a new import forgets where it was to go. */
  function restart(anew = true): void {
    step.value = 0
    file.value = inspection.value = plan.value = result.value = null
    sheetName.value = ''
    if (anew) preset.ledger = preset.title = ''
    mapped.forget()
    job.forget()
  }

  return {
    job, step, file, inspection, sheetName, sheet, columns: mapped.columns, twice: mapped.twice, settle: mapped.settle, destination, zones, fixes,
    skipped, take, plan, result, asks, preset, today: office.today, open, chooseSheet, setDestination, setZones, preview, apply, restart,
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
