// The words that depend on what a ledger counts. No titles of ledgers or columns: those come from the core.

const UNITS: Record<string, string> = { resident: '人', household: '户', place: '处', organisation: '家', event: '条' }

/** The measure word of a ledger's subject. */
export function unit(subject: string | undefined): string {
  return UNITS[subject ?? ''] ?? '条'
}

/** A number with separators, as on the mock: 3,268. */
export function count(value: number): string {
  return value.toLocaleString('zh-CN')
}
