// Which ledgers are offered for printing: those with someone in them, and the one that is shown.
import type { LedgersReply } from '@/bridge'

export function printable(groups: LedgersReply['groups'], shown: string): LedgersReply['groups'] {
  const kept = groups.map(({ title, ledgers }) => ({ title, ledgers: ledgers.filter((each) => each.rows > 0 || each.id === shown) }))
  return kept.filter((group) => group.ledgers.length)
}
