// Which ledgers there are, which one is shown, and which of them repeat each other.
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useQuery } from '@/bridge'

const LAST = 'jw-ledger'

/** The list of kinds and the chosen one; the choice is the address, so Back works. */
export function useLedgers() {
  const route = useRoute()
  const router = useRouter()
  const list = useQuery('ledger.list', {}, ['ledger', 'import'])
  const overlap = useQuery('ledger.overlap', {}, ['import'])
  const wanted = computed(() => (typeof route.query.id === 'string' ? route.query.id : ''))
  const groups = computed(() => list.value.value?.groups.filter((group) => group.ledgers.length) ?? [])
  const all = computed(() => groups.value.flatMap((group) => group.ledgers))
  const id = computed(() => {
    const known = (each: string | null) => all.value.some((ledger) => ledger.id === each)
    if (known(wanted.value)) return wanted.value
    const last = localStorage.getItem(LAST)
    return known(last) ? (last ?? '') : (all.value.find((ledger) => ledger.rows > 0)?.id ?? all.value[0]?.id ?? '')
  })
  const ledger = useQuery('ledger.get', () => (id.value ? { id: id.value } : null), ['import', 'dictionary'])
  watch(id, (now) => now && localStorage.setItem(LAST, now))

  function choose(next: string): void {
    void router.push({ path: '/ledger', query: { id: next } })
  }

  /** A condition that another page sent along, such as 12 people without a birth date. */
  const given = computed(() => (typeof route.query.where === 'string' ? route.query.where : ''))
  function dropGiven(): void {
    if (given.value) void router.replace({ path: '/ledger', query: { id: id.value } })
  }

  const pairs = computed(() => overlap.value.value?.pairs ?? [])
  return { list, groups, id, ledger, given, dropGiven, pairs, choose }
}
