// Which ledgers are offered for printing: those with someone in them, and the one that is shown.
import type { LedgerList } from '@/bridge'

export function printable(groups: LedgerList['groups'], shown: string): LedgerList['groups'] {
  const kept = groups.map(({ title, ledgers }) => ({ title, ledgers: ledgers.filter((each) => each.rows > 0 || each.id === shown) }))
  return kept.filter((group) => group.ledgers.length)
}
