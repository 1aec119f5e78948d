// The list of ops, asked page by page and laid out by day.
import { computed, ref } from 'vue'
import { office, useQuery, type HistoryOp } from '@/bridge'
import { day, daysAgo, weekday } from '@/kit'

const PAGE = 60

export function useHistory() {
  const limit = ref(PAGE)
  const list = useQuery(
    'history.list', () => ({ limit: limit.value }), ['history', 'import', 'resident', 'ledger', 'household', 'place', 'committee', 'dictionary'],
  )
  const ops = computed(() => list.value.value?.ops ?? null)
  return {
    days: computed(() => ops.value && byDay(ops.value, office.today.value)),
    more: computed(() => (ops.value?.length ?? 0) >= limit.value),
    error: list.error,
    again: list.again,
    showMore: () => (limit.value += PAGE),
  }
}

/** Groups ops by day. Acts that only took something back are told at the act they concern. */
export function byDay(ops: HistoryOp[], today: string): { title: string; ops: HistoryOp[] }[] {
  const days = new Map<string, HistoryOp[]>()
  for (const op of ops.filter((each) => !each.is_undo)) {
    const title = dayTitle(op.at, today)
    days.set(title, [...(days.get(title) ?? []), op])
  }
  return [...days].map(([title, of]) => ({ title, ops: of }))
}

function dayTitle(at: string, today: string): string {
  const ago = daysAgo(at, today)
  const name = `${day(at, today)} ${weekday(at)}`
  return ago === 0 ? `今天 ${name}` : ago === 1 ? `昨天 ${name}` : name
}
