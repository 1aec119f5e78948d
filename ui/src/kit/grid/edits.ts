// What a paste, a fill or a Delete changes, worked out before anything is sent. Pure.
import type { CellEdit, GridColumn, GridRow, Range } from './types'

/** The sheet as the edit builders see it. */
export interface Cells {
  columns: GridColumn[]
  total: number
  row(index: number): GridRow | null
}

/** A batch of edits with what had to be left out. */
export interface Batch {
  edits: CellEdit[]
  /** Cells left alone because the program computes them. */
  computed: number
  /** Cells left alone because the new text is a masked number. */
  masked: number
  /** Pasted rows that lie below the last row. */
  beyond: Record<string, string>[]
  /** The cells that the batch covers. */
  range: Range
}

/** Says whether a text is a masked number, which must never be stored. */
export function isMasked(value: string, column: GridColumn): boolean {
  return column.sensitive === true && /\*{2,}/.test(value)
}

/** Spreads a pasted table over the sheet; a single value fills the whole selection, a small one repeats in it. */
export function paste(cells: Cells, at: Range, table: string[][]): Batch {
  const height = table.length
  const width = Math.max(...table.map((row) => row.length))
  const repeat = (size: number, room: number) => (room > size && room % size === 0 ? room : size)
  const rows = repeat(height, at.bottom - at.top + 1)
  const columns = repeat(width, at.right - at.left + 1)
  const right = Math.min(cells.columns.length - 1, at.left + columns - 1)
  const range = { top: at.top, left: at.left, bottom: Math.min(cells.total - 1, at.top + rows - 1), right }
  const batch = empty(range)
  for (let row = 0; row < rows; row++) {
    const source = table[row % height] ?? []
    if (at.top + row >= cells.total) beyond(batch, cells, range, source)
    else eachColumn(range, (column) => set(batch, cells, at.top + row, column, source[(column - at.left) % width] ?? ''))
  }
  return batch
}

/** Empties every cell of a range. */
export function clear(cells: Cells, range: Range): Batch {
  const batch = empty(range)
  for (let row = range.top; row <= range.bottom; row++) eachColumn(range, (column) => set(batch, cells, row, column, ''))
  return batch
}

/** Sets one cell. */
export function single(cells: Cells, row: number, column: number, value: string): Batch {
  const batch = empty({ top: row, left: column, bottom: row, right: column })
  set(batch, cells, row, column, value)
  return batch
}

/** Repeats the cells of `from` over `to`, which contains it (the fill handle, Ctrl+D and Ctrl+R). */
export function fill(cells: Cells, from: Range, to: Range): Batch {
  const batch = empty(to)
  const wrap = (at: number, start: number, end: number) => start + ((((at - start) % (end - start + 1)) + (end - start + 1)) % (end - start + 1))
  for (let row = to.top; row <= to.bottom; row++) {
    eachColumn(to, (column) => {
      const inside = row >= from.top && row <= from.bottom && column >= from.left && column <= from.right
      if (inside) return
      const source = cells.row(wrap(row, from.top, from.bottom))
      set(batch, cells, row, column, source?.values[wrap(column, from.left, from.right)] ?? '')
    })
  }
  return batch
}

/** Says in one sentence what a batch left out; null when nothing was. */
export function leftOut(batch: Batch): string | null {
  const said: string[] = []
  if (batch.computed) said.push(`${batch.computed} 格是自动算的，没有改`)
  if (batch.masked) said.push(`${batch.masked} 格带星号，不是完整号码，没有改`)
  return said.length ? `${said.join('；')}。` : null
}

function empty(range: Range): Batch {
  return { edits: [], computed: 0, masked: 0, beyond: [], range }
}

function eachColumn(range: Range, visit: (column: number) => void): void {
  for (let column = range.left; column <= range.right; column++) visit(column)
}

function set(batch: Batch, cells: Cells, row: number, column: number, value: string): void {
  const target = cells.columns[column]
  const held = cells.row(row)
  if (!target || !held) return
  if ((held.values[column] ?? '') === value) return
  if (target.computed) batch.computed++
  else if (isMasked(value, target)) batch.masked++
  else batch.edits.push({ record: held.record, field: target.field, value })
}

function beyond(batch: Batch, cells: Cells, range: Range, source: string[]): void {
  const values: Record<string, string> = {}
  eachColumn(range, (column) => {
    const target = cells.columns[column]
    const value = source[column - range.left] ?? ''
    if (target && !target.computed && value !== '' && !isMasked(value, target)) values[target.field] = value
  })
  if (Object.keys(values).length) batch.beyond.push(values)
}
