// The words of the grid: columns, rows, cells, ranges and edits. Behaviour lives elsewhere.

/** A column as `ledger.get` describes it. */
export interface GridColumn {
  field: string
  title: string
  /** The upper heading that it shares with its neighbours. */
  group?: string | null
  kind: string
  width: number
  computed: boolean
  required?: boolean
  sensitive?: boolean
  options?: string[] | null
}

/** A column's title with its upper heading, for where it stands alone. */
export function fullTitle(column: GridColumn): string {
  return column.group ? `${column.group}：${column.title}` : column.title
}

/** A mark on one cell: an orange corner (problem), a blue one (changed), or a gap that waits for its value. */
export interface CellMark {
  column: number
  /** `problem`; `gap` for what is still to be asked; `stale` for what is old; anything else for what is only new. */
  kind: string
  note: string
}

/** One row as `ledger.rows` sends it; values stand in the order of the columns. */
export interface GridRow {
  record: number
  uid?: string | null
  values: (string | null)[]
  marks?: CellMark[] | null
}

/** One window of rows together with the number of rows behind it. */
export interface RowPage {
  rows: GridRow[]
  total: number
}

/** Fetches `limit` rows from `offset`. */
export type FetchRows = (offset: number, limit: number) => Promise<RowPage>

/** A new value for one cell. */
export interface CellEdit {
  record: number
  field: string
  value: string
}

/** What became of a batch of edits. */
export interface EditReply {
  rows: GridRow[]
  refused: { record: number; field: string; message: string }[]
}

/** A place in the sheet; columns are counted without the row-number gutter. */
export interface Cell {
  row: number
  column: number
}

/** A rectangle of cells, both ends included. */
export interface Range {
  top: number
  left: number
  bottom: number
  right: number
}

/** Sums of the selection for the status bar; null where no cell is a number. */
export interface Sums {
  cells: number
  numbers: number
  sum: number | null
  mean: number | null
  max: number | null
}
