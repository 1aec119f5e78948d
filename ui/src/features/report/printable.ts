// Which ledgers are offered for printing: those with someone in them, and the one that is shown.
import type { LedgersReply } from '@/bridge'

/** Papers that are filled in by hand are wanted most while a ledger is still empty. */
export const offersEmpty = (kind = '') => kind.includes('blank')

export function printable(groups: LedgersReply['groups'], shown: string, kind = ''): LedgersReply['groups'] {
  if (offersEmpty(kind)) return groups.filter((group) => group.ledgers.length)
  const kept = groups.map(({ title, ledgers }) => ({ title, ledgers: ledgers.filter((each) => each.rows > 0 || each.id === shown) }))
  return kept.filter((group) => group.ledgers.length)
}
