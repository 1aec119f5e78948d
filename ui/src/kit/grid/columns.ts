// Turns our columns into SlickGrid's: letters over titles, the row-number gutter, marks and alignment.
import type { Column, Formatter } from 'slickgrid'
import { fullTitle, type GridColumn, type GridRow } from './types'
import { letter } from './range'

/** The order of the rows, as the header shows it. */
export interface Sort {
  field: string
  descending: boolean
}

const LOOKS: Record<string, string> = { problem: 'bad', gap: 'gap', stale: 'stale' }
const NUMBERS = new Set(['number', 'integer', 'decimal', 'money', 'year'])

/** Builds the columns of the sheet, gutter first. */
export function slickColumns(columns: GridColumn[], scale: number, sort: Sort | null): Column[] {
  return [gutter(scale), ...columns.map((column, at) => slickColumn(column, at, scale, heading(columns, at, sort)))]
}

function gutter(scale: number): Column {
  return {
    id: '#',
    field: '#',
    name: corner(),
    width: Math.round(44 * scale),
    resizable: false,
    focusable: false,
    selectable: false,
    cssClass: 'jw-gutter',
    headerCssClass: 'jw-gutter',
    formatter: (row) => String(row + 1),
    cellAttrs: { 'aria-colindex': 1, role: 'rowheader' },
  }
}

function corner(): HTMLElement {
  const head = document.createElement('div')
  head.className = 'jw-head'
  head.append(line('jw-letter', ''), line('jw-title', '行号'))
  return head
}

function slickColumn(column: GridColumn, at: number, scale: number, name: HTMLElement): Column {
  const kinds = [
    column.computed ? 'computed' : '',
    NUMBERS.has(column.kind) ? 'number' : '',
    at === 0 ? 'lead' : '',
  ]
  const css = kinds.filter(Boolean).join(' ')
  return {
    id: column.field,
    field: column.field,
    name,
    toolTip: column.computed ? `${fullTitle(column)}（自动算，不用填）` : fullTitle(column),
    width: Math.round(column.width * scale),
    minWidth: Math.round(48 * scale),
    cssClass: css,
    headerCssClass: css,
    formatter: cellFormatter(at),
    cellAttrs: { 'aria-colindex': at + 2 },
  }
}

function heading(columns: GridColumn[], at: number, sort: Sort | null): HTMLElement {
  const column = columns[at] as GridColumn
  const head = document.createElement('div')
  head.className = 'jw-head'
  const title = line('jw-title', column.title)
  if (sort?.field === column.field) {
    head.classList.add(sort.descending ? 'descending' : 'ascending')
    const arrow = document.createElement('i')
    arrow.textContent = sort.descending ? '↓' : '↑'
    arrow.setAttribute('aria-label', sort.descending ? '从大到小' : '从小到大')
    arrow.setAttribute('role', 'img')
    title.append(arrow)
  }
  head.append(line('jw-letter', letter(at)))
  if (column.group) head.append(upper(columns, at, column.group))
  head.append(title)
  return head
}

/** An upper heading is written once over the columns that share it. */
function upper(columns: GridColumn[], at: number, group: string): HTMLElement {
  const first = columns[at - 1]?.group !== group || at === 1
  const cell = line('jw-group', first ? group : '')
  const goesOn = columns[at + 1]?.group === group && at !== 0
  if (goesOn) cell.classList.add('on')
  return cell
}

function line(name: string, text: string): HTMLElement {
  const span = document.createElement('span')
  span.className = name
  span.textContent = text
  return span
}

/** Shows a value with its mark; the note is the cell's tooltip. */
function cellFormatter(at: number): Formatter {
  return (_row, _cell, _value, _column, item: GridRow) => {
    const value = item.values[at] ?? ''
    const mark = item.marks?.find((each) => each.column === at)
    if (!mark) return { text: value, toolTip: value.length > 12 ? value : '' }
    return { text: value || (mark.kind === 'gap' ? '待问' : ''), toolTip: mark.note, addClasses: LOOKS[mark.kind] ?? 'changed' }
  }
}
