// What the paper warns of, and on which pages.
import type { ReportWarning } from '@/bridge'

/** The page that a warning names, or null. */
export function pageOf(warning: ReportWarning): number | null {
  const found = /(?:第\s*)?(\d+)\s*页/.exec(warning.where) ?? /^(\d+)$/.exec(warning.where)
  return found ? Number(found[1]) : null
}

/** A warning as a sentence. The core says what and where; how it matters is said here. */
export function sentence({ kind, text }: ReportWarning): string {
  if (kind === 'missing_glyph') return `“${text}”这个字没有字形，印出来会是空框。`
  if (kind === 'columns_tight') return `${text}排在一页宽里，有的格子要换行。`
  if (kind === 'columns_cut') return `${text}太多，一页放不下，有的格子印不全。`
  return text
}

export function pagesNamed(warnings: ReportWarning[]): number[] {
  return warnings.map(pageOf).filter((page) => page !== null)
}
