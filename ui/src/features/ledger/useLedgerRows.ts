// The rows of one ledger for the sheet: fetching windows of them, changing cells, adding and removing rows.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { call, CallError, office, onChange, type ErrorReply, type LedgerReply } from '@/bridge'
import { sourceLine } from '@/features/resident'
import { toast, toastError } from '@/kit'
import type { CellEdit, EditReply, GridColumn, GridRow, Sort } from '@/kit/grid'
import { useOwnUndo } from './useOwnUndo'

/** What the page may ask of its sheet. */
export interface SheetHandle {
  refresh(): unknown
  say(text: string, tone?: 'info' | 'warning'): void
}

/** Serves one ledger to a sheet; `given` is a condition that holds beside those of the page. */
export function useLedgerRows(ledger: Ref<LedgerReply | null>, sheet: Ref<SheetHandle | null>, given: Ref<string>) {
  const search = ref('')
  const building = ref('')
  const sort = shallowRef<Sort | null>(null)
  const total = ref<number | null>(null)
  const filtered = ref<number | null>(null)
  const error = ref<ErrorReply | null>(null)
  const columns = shallowRef<GridColumn[]>([])
  let mine = 0
  const told = { say: (text: string) => sheet.value?.say(text), refresh: () => sheet.value?.refresh() }
  const history = useOwnUndo(own, told)

  const present = () => ledger.value?.id ?? ''
  const conditions = computed(() => {
    const beside = building.value && / or /i.test(given.value) ? `(${given.value})` : given.value
    return [beside, building.value && `building="${building.value}"`].filter(Boolean).join(' and ')
  })
  const filter = computed<{ search?: string; where?: string }>(() => ({
    ...(search.value.trim() ? { search: search.value.trim() } : {}),
    ...(conditions.value ? { where: conditions.value } : {}),
  }))

  watch(
    () => ledger.value,
    (now, before) => {
      if (now?.id !== before?.id) forget()
      if (JSON.stringify(now?.columns ?? []) !== JSON.stringify(columns.value)) columns.value = now?.columns ?? []
    },
  )

  function forget(): void {
    search.value = ''
    building.value = ''
    sort.value = null
    total.value = null
    history.forget()
  }

  watch(filter, () => (filtered.value = null))

  const fetchRows = computed(() => {
    const id = ledger.value?.id
    const request = { ledger: id ?? '', ...filter.value, ...(sort.value ? { sort: sort.value } : {}) }
    return async (offset: number, limit: number) => {
      if (!id) return { rows: [], total: 0 }
      try {
        const page = await call('ledger.rows', { ...request, offset, limit })
        if (id === ledger.value?.id) [total.value, filtered.value, error.value] = [page.total, page.filtered, null]
        return { rows: page.rows, total: page.filtered }
      } catch (trouble) {
        if (!(trouble instanceof CallError)) throw trouble
        error.value = trouble.reply
        return { rows: [], total: 0 }
      }
    }
  })

  async function own<T>(work: () => Promise<T>): Promise<T> {
    mine++
    try {
      return await work()
    } catch (trouble) {
      toastError(trouble)
      throw trouble
    } finally {
      mine--
    }
  }

  async function change(edits: CellEdit[]): Promise<EditReply> {
    const reply = await own(() => call('ledger.change', { ledger: present(), edits }))
    history.push(reply.op)
    return reply
  }

  async function reveal(row: GridRow, column: GridColumn): Promise<string | null> {
    if (!row.uid) return null
    const reply = await call('resident.reveal', { uid: row.uid, field: column.field }).catch(() => null)
    return reply?.value ?? null
  }

  /** Where the value of a cell came from, in one line. */
  async function source(row: GridRow, column: GridColumn): Promise<string | null> {
    const request = { ledger: present(), record: row.record, field: column.field }
    const found = await call('ledger.source', request).catch(() => null)
    return found && sourceLine(found, office.today.value)
  }

  /** Adds rows, each with the given values. */
  async function add(rows: Record<string, string>[]): Promise<boolean> {
    try {
      await own(async () => {
        for (const values of rows) {
          const reply = await call('ledger.add', { ledger: present(), values })
          history.push(reply.op)
        }
      })
      return true
    } catch {
      return false
    } finally {
      await sheet.value?.refresh()
    }
  }

  /** Takes records out of this ledger; the people stay. */
  async function remove(records: number[]): Promise<void> {
    const reply = await own(() => call('ledger.remove', { ledger: present(), records })).catch(() => null)
    if (!reply) return
    history.push(reply.op)
    await sheet.value?.refresh()
    toast({ tone: 'done', text: `已移出 ${reply.removed} 行，资料还在。`, act: { label: '撤销', run: () => void history.undo() } })
  }

  function sortBy(field: string): void {
    const now = sort.value
    if (now?.field !== field) sort.value = { field, descending: false }
    else sort.value = now.descending ? null : { field, descending: true }
  }

  let soon = 0
  const hear = () => {
    if (mine) return
    clearTimeout(soon)
    soon = window.setTimeout(() => void sheet.value?.refresh(), 120)
  }
  onScopeDispose(onChange(['ledger', 'resident', 'household', 'place', 'import', 'history'], hear))

  return { columns, fetchRows, search, building, sort, total, filtered, error, filter, change, reveal, source, undo: history.undo, redo: history.redo, add, remove, sortBy }
}
