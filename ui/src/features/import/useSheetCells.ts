// The cells of the sheet as WPS shows them, fetched in windows while the clerk scrolls; merged cells and widths.
import { computed, ref, shallowReactive, watch, type Ref } from 'vue'
import { call, type CellsReply, type Zone } from '@/bridge'

const WINDOW = 100
/** Height of a row in px at the normal text size. */
export const ROW = 36

/** One row on the screen. */
export interface ShownRow {
  row: number
  zone: Zone
  first: boolean
  hidden: boolean
  cells: ShownCell[]
}

/** One cell on the screen; covered cells of a merge are left out. */
export interface ShownCell {
  column: number
  text: string
  rows: number
  columns: number
}

type Row = CellsReply['rows'][number]

/** Serves the rows between `from` and `to` (counted from 0). */
export function useSheetCells(source: Ref<{ path: string; sheet: string; header_rows?: [number, number]; data_rows?: [number, number] } | null>, width: Ref<number>) {
  const held = shallowReactive(new Map<number, Row>())
  const merges = ref<CellsReply['merges']>([])
  const total = ref(0)
  const asked = new Set<number>()

  watch(source, () => {
    held.clear()
    asked.clear()
    merges.value = []
    total.value = 0
  })

  async function ensure(from: number, to: number): Promise<void> {
    const at = source.value
    if (!at) return
    for (let page = Math.floor(from / WINDOW); page * WINDOW <= to; page++) {
      if (asked.has(page)) continue
      asked.add(page)
      const reply = await call('import.cells', { ...at, from: page * WINDOW + 1, count: WINDOW }).catch(() => null)
      if (source.value !== at) return
      if (!reply) return void asked.delete(page)
      total.value = reply.total
      const known = new Set(merges.value.map((each) => `${each.row}:${each.column}`))
      merges.value = [...merges.value, ...reply.merges.filter((each) => !known.has(`${each.row}:${each.column}`))]
      reply.rows.forEach((row) => held.set(row.row, row))
    }
  }

  /** The rows of a window with merged cells spread out, cut to the window. */
  function shown(from: number, to: number): ShownRow[] {
    const rows: ShownRow[] = []
    for (let at = from + 1; at <= Math.min(to + 1, total.value); at++) {
      const row = held.get(at)
      const before = held.get(at - 1)
      rows.push({ row: at, zone: row?.zone ?? 'blank', first: row?.zone !== before?.zone, hidden: row?.hidden ?? false, cells: cellsOf(at, row, from + 1, Math.min(to + 1, total.value)) })
    }
    return rows
  }

  function cellsOf(at: number, row: Row | undefined, first: number, last: number): ShownCell[] {
    const cells: ShownCell[] = []
    for (let column = 0; column < width.value; column++) {
      const merge = merges.value.find((each) => covers(each, at, column))
      if (!merge) {
        cells.push({ column, text: row?.cells[column] ?? '', rows: 1, columns: 1 })
        continue
      }
      const top = Math.max(merge.row, first)
      if (at !== top || column !== merge.column) continue
      const text = held.get(merge.row)?.cells[merge.column] ?? ''
      const rows = Math.min(merge.row + merge.rows - 1, last) - top + 1
      cells.push({ column, text, rows, columns: Math.min(merge.columns, width.value - column) })
    }
    return cells
  }

  const widths = computed(() => {
    const found = Array.from({ length: width.value }, () => 0)
    for (const row of [...held.values()].slice(0, 60)) {
      if (row.zone === 'title' || row.zone === 'meta' || row.zone === 'note') continue
      row.cells.forEach((text, column) => (found[column] = Math.max(found[column] ?? 0, spread(text))))
    }
    return found.map((each) => Math.max(64, Math.min(220, each + 20)))
  })

  return { ensure, shown, total, widths }
}

function covers(merge: CellsReply['merges'][number], row: number, column: number): boolean {
  return row >= merge.row && row < merge.row + merge.rows && column >= merge.column && column < merge.column + merge.columns
}

/** About how many px a text takes at 15 px. */
export function spread(text: string): number {
  let px = 0
  for (const sign of text.split('\n')[0] ?? '') px += sign.charCodeAt(0) > 255 ? 15 : 8.4
  return px
}
