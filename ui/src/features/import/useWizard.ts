// The walk of an import: file, columns, problems, changes, done. Each step shows its part of this state.
import { computed, inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { call, office, type ImportReply, type ImportRequest, type Inspection, type PickedFile } from '@/bridge'
import { mappingOf } from './columnState'
import { useColumns } from './useColumns'
import { useDecisions } from './useDecisions'
import { useJob } from './useJob'
import { useSource, type Zones } from './useSource'

/** Where the list goes: a ledger there is, or one still to be made. */
export interface Destination {
  id: string | null
  title: string
  confirmed: boolean
}

export const STEPS = ['选文件', '对栏目', '查问题', '看变化', '完成']

/** The state of one import. */
export function createWizard() {
  const job = useJob()
  const source = useSource()
  const mapped = useColumns()
  const decided = useDecisions()
  const step = ref(0)
  const destination = ref<Destination>({ id: null, title: '', confirmed: false })
  const plan = shallowRef<ImportReply | null>(null)
  const result = shallowRef<ImportReply | null>(null)
  const preset = { ledger: '', title: '' }
  const { file, inspection, sheetName, sheet, zones } = source
  const asks = computed(() => mapped.asks.value + (destination.value.confirmed ? 0 : 1))

  /** Reads a file; where there is nothing to choose in it, its columns come at once. */
  async function open(picked: PickedFile): Promise<void> {
    const seen = await look(picked, preset.ledger, () => void open(picked))
    if (!seen) return
    source.forget()
    file.value = picked
    inspection.value = seen
    chooseSheet(source.best())
    step.value = source.open.value ? 0 : 1
  }

  /** Takes a block that was copied from a spreadsheet the same way as a file. */
  async function paste(text: string, html: string | null): Promise<void> {
    const made = await job.run('import.paste', { text, ...(html ? { html } : {}) }, '正在读粘贴的表格', () => void paste(text, html))
    if (made) await open({ path: made.path, name: `粘贴的表格（${made.rows} 行 ${made.width} 栏）` })
  }

  function look(picked: PickedFile, ledger: string, again: () => void): Promise<Inspection | null> {
    return job.run('import.open', { path: picked.path, ...(ledger ? { ledger } : {}) }, '正在读表格', again)
  }

  function chooseSheet(name: string): void {
    source.choose(name)
    decided.forget()
    plan.value = null
    mapped.see(sheet.value?.columns ?? [])
    const first = sheet.value?.ledgers.find((each) => each.id === preset.ledger) ?? sheet.value?.ledgers[0]
    const known = !!first && (sheet.value?.known_layout || first.id === preset.ledger)
    if (preset.title) destination.value = { id: null, title: preset.title, confirmed: true }
    else destination.value = { id: first?.id ?? null, title: first?.title ?? '', confirmed: known === true }
    if (preset.title) mapped.keepAsOwn()
    else if (preset.ledger && first?.id !== preset.ledger) void choosePreset()
  }

  async function choosePreset(): Promise<void> {
    const ledger = await call('ledger.get', { id: preset.ledger }).catch(() => null)
    if (ledger) destination.value = { id: ledger.id, title: ledger.title, confirmed: true }
  }

  /** From the sheets of the file to the columns of the chosen one. */
  async function toColumns(): Promise<void> {
    if (zones.value.header) await setZones({})
    if (!job.error.value) step.value = 1
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
      ...source.request.value,
      ledger: destination.value.id ?? '',
      ...(withMapping ? { mapping: mappingOf(mapped.columns.value) } : {}),
      ...decided.request.value,
    }
  }

  /** Works out what would change; makes the new ledger first when one was asked for. */
  async function preview(): Promise<boolean> {
    if (!destination.value.id && !(await makeLedger())) return false
    const made = await job.run('import.preview', request(), '正在核对', () => void preview())
    if (!made) return false
    plan.value = made
    decided.unseen.value = false
    return true
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
    const done = await job.run('import.apply', request(), '正在导入', () => void apply())
    if (!done) return
    result.value = done
    step.value = 4
    await mapped.teach()
  }

  /** Back to the choice of a file; only a new import forgets where it was to go. */
  function restart(anew = true): void {
    step.value = 0
    plan.value = result.value = null
    source.forget()
    if (anew) preset.ledger = preset.title = ''
    mapped.forget()
    decided.forget()
    job.forget()
  }

  /** One step back from the columns: to the sheets when there are several, else to the file. */
  const backToFile = () => (source.open.value ? void (step.value = 0) : restart(false))

  return {
    job, step, source, decided, columns: mapped.columns, twice: mapped.twice, settle: mapped.settle, destination, plan, result, asks, preset,
    today: office.today, open, paste, chooseSheet, toColumns, setDestination, setZones, preview, apply, restart, backToFile,
    file, inspection, sheetName, sheet, zones,
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
