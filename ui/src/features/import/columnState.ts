// What the clerk and the program have agreed on for each column of the sheet. Pure: the wizard keeps the list.
import type { ColumnChoice, SeenColumn } from '@/bridge'

/** How a column stands: 已对上, 较有把握, 请您确认, 不导入. */
export type Standing = 'sure' | 'likely' | 'ask' | 'skip'

/** A column with its present target. */
export interface ColumnState {
  seen: SeenColumn
  field: string | null
  title: string | null
  /** Kept as a column of its own in a ledger that is still to be made. */
  fresh: boolean
  /** Title of a column that is kept in this ledger only (只留在本台账). */
  own: string | null
  confirmed: boolean
}

/** The words of the four states, as shown over the sheet. */
export const STANDING: Record<Standing, string> = { sure: '已对上', likely: '较有把握', ask: '请您确认', skip: '不导入' }

/** Starts from what the program saw. */
export function fromSeen(seen: SeenColumn): ColumnState {
  return { seen, field: seen.field, title: seen.title, fresh: false, own: null, confirmed: false }
}

/** How a column stands now. */
export function standing(column: ColumnState): Standing {
  if (!column.confirmed && column.seen.confidence === 'ask') return 'ask'
  if (column.fresh || column.own) return 'sure'
  if (!column.field) return 'skip'
  return column.confirmed || column.seen.confidence === 'sure' ? 'sure' : 'likely'
}

/** What stands in the row 导入到. */
export function target(column: ColumnState): string {
  if (column.own) return column.own
  if (column.fresh) return headingOf(column.seen)
  return column.title ?? (standing(column) === 'ask' ? '放到哪一栏？' : '不导入')
}

/** The heading as one reads it aloud: upper and lower level, or a word for none. */
export function headingOf(seen: SeenColumn): string {
  return seen.levels.filter(Boolean).join('·') || seen.heading || '没有名字的一栏'
}

/** Columns that wait for the clerk, in the order of the sheet. */
export function waiting(columns: ColumnState[]): ColumnState[] {
  return columns.filter((column) => standing(column) === 'ask')
}

/** How many columns stand how. */
export function tally(columns: ColumnState[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { sure: 0, likely: 0, ask: 0, skip: 0 }
  for (const column of columns) counts[standing(column)]++
  return counts
}

/** The mapping as `import.preview` wants it. */
export function mappingOf(columns: ColumnState[]): ColumnChoice[] {
  return columns.map((column) => ({ letter: column.seen.letter, field: column.field, ...(column.own ? { own: column.own } : {}) }))
}

/** Two columns with the same target, which the core would refuse; null when there are none. */
export function clash(columns: ColumnState[]): [ColumnState, ColumnState] | null {
  const held = new Map<string, ColumnState>()
  for (const column of columns) {
    const target = column.field ?? (column.own ? `own:${column.own}` : null)
    if (!target) continue
    const other = held.get(target)
    if (other) return [other, column]
    held.set(target, column)
  }
  return null
}
