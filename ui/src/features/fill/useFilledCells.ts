// The filled sheet in windows of rows, as WPS will show it; what is on the screen stays until newer cells are here.
import { onScopeDispose, ref, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import { call, onChange, type FillCells, type FilledCell, type FilledRow, type FillRequest } from '@/bridge'

const WINDOW = 100
/** Height of a row in px at the normal text size. */
export const ROW = 36

/** One cell on the screen; covered cells of a merge are left out. */
export interface ShownCell {
  column: number
  cell: FilledCell
  rows: number
  columns: number
}

export interface ShownRow {
  row: number
  at: FilledRow | null
  cells: ShownCell[]
}

const BLANK: FilledCell = { text: '', state: 'form', source: null, on: null }
type Merge = FillCells['merges'][number]

/** Serves the rows between `from` and `to` (counted from 0) of the form as it would be filled. */
export function useFilledCells(form: Ref<FillRequest>, file: Ref<number>) {
  const held = shallowReactive(new Map<number, FilledRow>())
  const merges = shallowRef<Merge[]>([])
  const widths = shallowRef<number[]>([])
  const total = ref(0)
  const width = ref(0)
  const pages = new Map<number, Promise<void>>()
  let turn = 0
  let seen: [number, number] = [0, 40]

  watch(() => JSON.stringify([form.value, file.value]), () => void again())
  onScopeDispose(onChange(['resident', 'household', 'place', 'ledger', 'committee', 'fill'], () => void again()))

  async function again(): Promise<void> {
    turn += 1
    pages.clear()
    await ensure(...seen)
  }

  async function ensure(from: number, to: number): Promise<void> {
    seen = [from, to]
    const waits: Promise<void>[] = []
    for (let page = Math.floor(Math.max(0, from) / WINDOW); page * WINDOW <= to; page++) {
      const wait = pages.get(page) ?? fetch(page)
      pages.set(page, wait)
      waits.push(wait)
    }
    await Promise.all(waits)
  }

  async function fetch(page: number): Promise<void> {
    const mine = turn
    const reply = await call('fill.cells', { form: form.value, from: page * WINDOW + 1, count: WINDOW, ...(file.value ? { file: file.value } : {}) }).catch(() => null)
    if (mine !== turn) return
    if (!reply) return void pages.delete(page)
    if (reply.total < total.value) for (const row of [...held.keys()]) if (row > reply.total) held.delete(row)
    total.value = reply.total
    width.value = reply.width
    widths.value = reply.widths
    const first = page * WINDOW + 1
    const others = merges.value.filter((each) => each.row < first || each.row >= first + WINDOW)
    merges.value = [...others, ...reply.merges.filter((each) => !others.some((other) => other.row === each.row && other.column === each.column))]
    reply.rows.forEach((row) => held.set(row.row, row))
  }

  const cellAt = (row: number, column: number): FilledCell => held.get(row)?.cells[column] ?? BLANK
  const mergeAt = (row: number, column: number) => merges.value.find((each) => covers(each, row, column))

  /** The rows of a window with merged cells spread out, cut to the window. */
  function shown(from: number, to: number): ShownRow[] {
    const rows: ShownRow[] = []
    const last = Math.min(to + 1, total.value)
    for (let at = from + 1; at <= last; at++) rows.push({ row: at, at: held.get(at) ?? null, cells: cellsOf(at, from + 1, last) })
    return rows
  }

  function cellsOf(at: number, first: number, last: number): ShownCell[] {
    const cells: ShownCell[] = []
    for (let column = 0; column < width.value; column++) {
      const merge = mergeAt(at, column)
      if (!merge) {
        cells.push({ column, cell: cellAt(at, column), rows: 1, columns: 1 })
        continue
      }
      const top = Math.max(merge.row, first)
      if (at !== top || column !== merge.column) continue
      const rows = Math.min(merge.row + merge.rows - 1, last) - top + 1
      cells.push({ column, cell: cellAt(merge.row, merge.column), rows, columns: Math.min(merge.columns, width.value - column) })
    }
    return cells
  }

  return { held, total, width, widths, ensure, shown, cellAt, mergeAt }
}

function covers(merge: Merge, row: number, column: number): boolean {
  return row >= merge.row && row < merge.row + merge.rows && column >= merge.column && column < merge.column + merge.columns
}
