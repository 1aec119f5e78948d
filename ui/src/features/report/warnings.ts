// What the paper warns of, and on which pages.
import type { ReportWarning } from '@/bridge'

/** The page that a warning names, or null. */
export function pageOf(warning: ReportWarning): number | null {
  const found = /(?:第\s*)?(\d+)\s*页/.exec(String(warning.where ?? '')) ?? /^(\d+)$/.exec(String(warning.where ?? ''))
  return found ? Number(found[1]) : null
}

export function pagesNamed(warnings: ReportWarning[]): number[] {
  return warnings.map(pageOf).filter((page) => page !== null)
}
