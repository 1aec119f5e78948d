// The door of the grid: other folders import from here only.
export { default as JwGrid } from './JwGrid.vue'
export { parseTsv, toHtml, toTsv } from './tsv'
export { letter } from './range'
export { fullTitle } from './types'
export type { Sort } from './columns'
export type { CellEdit, CellMark, EditReply, FetchRows, GridColumn, GridRow, Range, RowPage } from './types'
