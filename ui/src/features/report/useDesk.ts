// The desk: which report, of which ledger, about which days, laid out how. From these comes the request
// that every call of the page sends. What was chosen outlives the page, so that 去补 and back loses nothing.
import { computed, reactive, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { office, useQuery, type CrossField, type ReportEntry, type ReportOptions, type ReportRequest } from '@/bridge'
import { dayOf, daysOf, type Days, type Moment, type Stretch } from './period'
import { offersEmpty, printable } from './printable'

export const groupTitles: Record<ReportEntry['group'], string> = { list: '名单台账', figures: '统计', official: '公文报告', slips: '标签小条' }

/** The paper that the ledger page and the import wizard lead to. */
const LEDGER_LIST = 'ledger_list'

interface Kept {
  kind: string
  ledger: string
  stretch: Stretch
  own: Days
  moment: Moment
  asOf: string
  options: Record<string, ReportOptions>
  /** The ledgers of kinds that may be about one, or about everybody. */
  narrowed: Record<string, string>
}

const blank = (): Kept => ({ kind: '', ledger: '', stretch: 'month', own: { from: '', to: '' }, moment: 'today', asOf: '', options: {}, narrowed: {} })
const kept = ref(blank())

/** Forgets what was chosen; tests begin with it. */
export function forgetDesk(): void {
  kept.value = blank()
}

/** Kinds that take a ledger without needing one, but do not name it among their options. */
const eitherWay = ['statistics', 'changes', 'labels', 'door_slips']

/** Whether a kind may be about one ledger, or about everybody. */
export function mayNarrow(report: ReportEntry | null): boolean {
  return !!report && !report.needs_ledger && (report.options.includes('ledger') || eitherWay.includes(report.kind))
}

function crossOf(fields: CrossField[]): ReportOptions['cross'] {
  const find = (word: string) => fields.find((each) => each.id.includes(word))?.id
  const rows = find('age') ?? fields[0]?.id
  if (!rows) return undefined
  return { rows, columns: find('gender') ?? fields.find((each) => each.id !== rows)?.id ?? null, split: null }
}

export function useDesk() {
  const route = useRoute()
  const router = useRouter()
  const reports = useQuery('report.list', {}, ['report'])
  const ledgers = useQuery('ledger.list', {}, ['ledger', 'resident', 'import', 'history'])
  const all = computed(() => reports.value.value?.reports ?? [])
  const groups = computed(() =>
    (Object.keys(groupTitles) as ReportEntry['group'][])
      .map((group) => ({ title: groupTitles[group], reports: all.value.filter((each) => each.group === group) }))
      .filter((group) => group.reports.length),
  )
  const word = (name: string) => (typeof route.query[name] === 'string' ? String(route.query[name]) : '')

  const entry = computed<ReportEntry | null>(() => {
    const wanted = word('kind') || (word('ledger') ? LEDGER_LIST : kept.value.kind)
    return all.value.find((each) => each.kind === wanted) ?? all.value[0] ?? null
  })
  const kind = computed({
    get: () => entry.value?.kind ?? '',
    set: (next) => void router.replace({ path: '/report', query: { kind: next, ...(ledger.value ? { ledger: ledger.value } : {}) } }),
  })
  const ledger = computed({
    get: () => word('ledger') || kept.value.ledger || ledgers.value.value?.ledgers.find((each) => each.rows > 0 || offersEmpty(entry.value?.kind))?.id || '',
    set: (next) => void router.replace({ path: '/report', query: { kind: kind.value, ledger: next } }),
  })
  /** The ledger of a kind that can do without one; empty is everybody. */
  const narrowed = computed({
    get: () => kept.value.narrowed[kind.value] ?? '',
    set: (next) => (kept.value.narrowed[kind.value] = next),
  })
  watch([kind, ledger], () => {
    if (kind.value) kept.value.kind = kind.value
    if (word('ledger')) kept.value.ledger = word('ledger')
  }, { immediate: true })
  const shelf = computed(() => printable(ledgers.value.value?.groups ?? [], ledger.value, entry.value?.kind))

  /** The ledger of all residents, which stands first. */
  const register = computed(() => ledgers.value.value?.ledgers.find((each) => each.subject === 'resident' && !each.local)?.id ?? '')
  const fields = useQuery('report.fields', () => (all.value.some((each) => each.options.includes('cross')) ? {} : null))
  const today = office.today
  const period = reactive({
    stretch: computed({ get: () => kept.value.stretch, set: chooseStretch }),
    moment: computed({ get: () => kept.value.moment, set: chooseMoment }),
    days: computed({ get: () => stretchDays(), set: (days) => (kept.value.own = days) }),
    asOf: computed({ get: () => asOf(), set: (date) => (kept.value.asOf = date) }),
  })

  function stretchDays(): Days {
    const { stretch, own } = kept.value
    if (stretch !== 'own') return daysOf(stretch, today.value)
    // Typed the wrong way round, they still mean the same days.
    return own.from > own.to ? { from: own.to, to: own.from } : own
  }
  function asOf(): string {
    return kept.value.moment === 'own' ? kept.value.asOf : dayOf(kept.value.moment, today.value)
  }
  /** Days of one's own begin with those shown so far. */
  function chooseStretch(next: Stretch): void {
    if (next === 'own') kept.value.own = stretchDays()
    kept.value.stretch = next
  }
  function chooseMoment(next: Moment): void {
    if (next === 'own') kept.value.asOf = asOf()
    kept.value.moment = next
  }

  const place = (report: ReportEntry, book: string) => (report.needs_ledger ? `${report.kind} ${book}` : report.kind)

  function optionsOf(report: ReportEntry, book: string): ReportOptions {
    const knows = (option: string) => report.options.includes(option)
    const chosen = Object.entries(kept.value.options[place(report, book)] ?? {}).filter(([option, value]) => knows(option) && value !== undefined)
    const cross = crossOf(fields.value.value?.rows ?? [])
    return {
      ...(knows('orientation') ? { orientation: 'auto' as const } : {}),
      ...(knows('masked') ? { masked: true } : {}),
      ...(knows('cross') && cross ? { cross } : {}),
      ...(Object.fromEntries(chosen) as ReportOptions),
    }
  }
  const options = computed<ReportOptions>({
    get: () => (entry.value ? optionsOf(entry.value, ledger.value) : {}),
    set: (next) => entry.value && (kept.value.options[place(entry.value, ledger.value)] = next),
  })

  // A condition that another page sends along is taken over once, and can be changed here from then on.
  watch([entry, () => word('where')], () => {
    if (!entry.value || !word('where')) return
    options.value = { ...options.value, where: word('where') }
    void router.replace({ path: '/report', query: { kind: kind.value, ledger: ledger.value } })
  }, { immediate: true })

  /** What is asked of the core for a report, or null while something is still lacking. */
  function requestFor(report: ReportEntry | null, book: string): ReportRequest | null {
    if (!report || (report.needs_ledger && !book)) return null
    const chosen = optionsOf(report, book)
    // Without the fields the core chooses what a cross table counts; while they are on their way, nothing is drawn twice.
    if (report.options.includes('cross') && !chosen.cross && !fields.error.value && !fields.value.value) return null
    return {
      kind: report.kind,
      ...(report.needs_ledger ? { ledger: book } : mayNarrow(report) && kept.value.narrowed[report.kind] ? { ledger: kept.value.narrowed[report.kind] } : {}),
      ...(report.period === 'as_of' ? { as_of: period.asOf } : {}),
      ...(report.period === 'range' ? stretchDays() : {}),
      options: chosen,
    }
  }
  const request = computed(() => requestFor(entry.value, ledger.value))

  return { reports, ledgers, all, groups, entry, kind, ledger, narrowed, shelf, register, fields, period, options, request, requestFor, place }
}

export type Desk = ReturnType<typeof useDesk>
