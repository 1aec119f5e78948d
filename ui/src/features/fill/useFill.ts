// The walk of filling a form: the file, its columns, whom it is for, the gaps, the file again. Every call is complete
// in itself, so all that was decided lies here and goes along each time. Each step shows its part of this state.
import { computed, inject, provide, ref, shallowRef, watch, type InjectionKey } from 'vue'
import { call, office, useQuery, type FillChip, type FillOpened, type FillRequest, type GapChoice, type FillOrder, type PickedFile } from '@/bridge'
import { toastError } from '@/kit'
import { useJob } from '@/features/import'
import { chipsOf, joined } from './conditions'
import { asked, lacking } from './words'

export type Step = 'form' | 'match' | 'whom' | 'gaps' | 'make'

/** A resident chosen by hand, for forms about one person. */
export interface Chosen {
  uid: string
  name: string
  place: string
}

const TITLES: Record<Step, string> = { form: '放空表', match: '认栏目', whom: '选范围', gaps: '补缺', make: '导出' }

/** What the clerk decided about one form. */
function decisions() {
  return {
    header: ref<[number, number] | null>(null),
    mapping: ref(new Map<string, string | null>()),
    chips: ref<FillChip[]>([]),
    ledger: ref(''),
    /** Nothing said whom, and everybody is meant indeed. */
    everybody: ref(false),
    people: ref<Chosen[]>([]),
    order: ref<FillOrder>('door'),
    asOf: ref(''),
    choices: ref(new Map<string, GapChoice>()),
    decided: ref(new Map<number, string | null>()),
    byName: ref(false),
    figures: ref(new Map<string, { where: string; count: 'people' | 'households' }>()),
    overflow: ref<'insert' | 'continue' | ''>(''),
  }
}

/** The state of filling one form. */
export function createFill() {
  const job = useJob()
  const step = ref<Step>('form')
  const file = shallowRef<PickedFile | null>(null)
  const opened = shallowRef<FillOpened | null>(null)
  const sheet = ref('')
  const said = decisions()
  /** Whether the file was saved since anything was changed. */
  const saved = ref(false)
  /** Which of several files is on the screen. */
  const shown = ref(0)
  const kind = computed(() => opened.value?.kind ?? 'none')
  /** A form about one person says nothing before one knows about whom. */
  const steps = computed<Step[]>(() => {
    if (kind.value === 'figures') return ['form', 'match', 'make']
    return kind.value === 'person' ? ['form', 'whom', 'match', 'gaps', 'make'] : ['form', 'match', 'whom', 'gaps', 'make']
  })
  /** Whether it is settled whom the form is for: the form said so, or the clerk did. */
  const isSaid = computed(() => {
    if (kind.value === 'person') return said.people.value.length > 0
    const chosen = said.everybody.value || said.chips.value.length > 0 || said.ledger.value !== ''
    return kind.value !== 'list' || opened.value?.is_said !== false || chosen
  })

  const request = computed<FillRequest>(() => ({
    path: file.value?.path ?? '',
    ...(sheet.value ? { sheet: sheet.value } : {}),
    ...(said.header.value ? { header_rows: said.header.value } : {}),
    ...(said.mapping.value.size ? { mapping: [...said.mapping.value].map(([letter, field]) => ({ letter, field })) } : {}),
    as_of: said.asOf.value,
    ...(opened.value && kind.value !== 'figures' ? { whom: whom() } : {}),
    ...(said.choices.value.size ? { choices: [...said.choices.value].map(([letter, choice]) => ({ letter, choice })) } : {}),
    ...(said.decided.value.size ? { decided: [...said.decided.value].map(([row, uid]) => ({ row, uid })) } : {}),
    ...(said.byName.value ? { by_name: true } : {}),
    ...(said.figures.value.size ? { figures: [...said.figures.value].map(([cell, bound]) => ({ cell, ...bound })) } : {}),
    ...(said.overflow.value ? { overflow: said.overflow.value } : {}),
  }))

  function whom() {
    const people = said.people.value.map((each) => each.uid)
    return {
      where: joined(said.chips.value),
      order: said.order.value,
      ...(said.ledger.value ? { ledger: said.ledger.value } : {}),
      ...(people.length ? { people } : {}),
    }
  }

  const looked = useQuery('fill.preview', () => (opened.value && kind.value !== 'none' ? request.value : null), ['resident', 'household', 'place', 'ledger', 'committee', 'fill'])
  const preview = computed(() => looked.value.value)
  watch(request, () => (saved.value = false))
  watch(() => preview.value?.files, (files) => (shown.value = Math.min(shown.value, Math.max(0, (files ?? 1) - 1))))

  const lacks = computed(() => lacking(preview.value?.columns ?? [], opened.value?.columns ?? [], said.choices.value))
  const columns = computed(() => asked(preview.value?.columns ?? [], opened.value?.columns ?? []))
  /** How many cells are still to be asked for. */
  const toAsk = computed(() => (preview.value?.columns ?? []).filter((each) => each.choice === 'ask' && each.field).reduce((sum, each) => sum + each.gaps, 0))

  /** Reads a form; a layout that was filled before goes straight to the file. */
  async function open(picked: PickedFile): Promise<void> {
    const seen = await job.run('fill.open', { path: picked.path }, '正在看这张表', () => void open(picked))
    if (!seen) return
    forget()
    file.value = picked
    take(seen)
    if (seen.kind === 'none') step.value = 'form'
    else if (seen.kind === 'person') step.value = 'whom'
    else step.value = seen.known && !seen.reissued ? 'make' : 'match'
  }

  /** Looks at another tab, or takes other rows for the heading. */
  async function look(name: string, header: [number, number] | null): Promise<boolean> {
    const asked = { path: file.value?.path ?? '', ...(name ? { sheet: name } : {}), ...(header ? { header_rows: header } : {}) }
    const seen = await job.run('fill.open', asked, '正在重新认栏目', () => void look(name, header))
    if (!seen) return false
    if (name !== sheet.value && name !== opened.value?.sheet) said.header.value = null
    said.header.value = header
    said.mapping.value = new Map()
    said.choices.value = new Map()
    take(seen)
    return true
  }

  function take(seen: FillOpened): void {
    sheet.value = seen.sheet
    said.chips.value = chipsOf(seen.whom, seen.chips)
    said.ledger.value = seen.whom.ledger ?? ''
    said.order.value = seen.whom.order ?? 'door'
    said.asOf.value = seen.as_of || office.today.value
    opened.value = seen
  }

  const bind = (letter: string, field: string | null) => (said.mapping.value = new Map(said.mapping.value).set(letter, field))
  const choose = (letter: string, choice: GapChoice) => (said.choices.value = new Map(said.choices.value).set(letter, choice))
  const settle = (row: number, uid: string | null | undefined) => {
    const next = new Map(said.decided.value)
    if (uid === undefined) next.delete(row)
    else next.set(row, uid)
    said.decided.value = next
  }

  /** Goes one step on or back; what was said of the layout is kept for next time on the way. */
  function go(by: 1 | -1): void {
    const at = steps.value.indexOf(step.value)
    let next = steps.value[at + by] ?? step.value
    // With nothing to ask for there is nothing to see at 补缺.
    if (next === 'gaps' && toAsk.value === 0 && preview.value) next = steps.value[at + 2 * by] ?? next
    if (by > 0 && (step.value === 'match' || step.value === 'whom')) void call('fill.keep', request.value).catch(toastError)
    if (next === 'form') restart()
    else step.value = next
  }

  function forget(): void {
    opened.value = null
    sheet.value = ''
    saved.value = false
    const fresh = decisions()
    for (const key of Object.keys(fresh) as (keyof typeof fresh)[]) (said[key] as { value: unknown }).value = fresh[key].value
  }

  function restart(): void {
    step.value = 'form'
    file.value = null
    forget()
    job.forget()
  }

  return { job, step, steps, titles: computed(() => steps.value.map((each) => TITLES[each])), file, opened, sheet, kind, isSaid, shown, said, saved, request, looked, preview, columns, lacking: lacks, toAsk, today: office.today, open, look, bind, choose, settle, go, restart }
}

export type Fill = ReturnType<typeof createFill>

const KEY: InjectionKey<Fill> = Symbol('fill')

/** Makes the state and hands it to the steps below. */
export function provideFill(): Fill {
  const fill = createFill()
  provide(KEY, fill)
  return fill
}

/** The state of the page this part belongs to. */
export function useFill(): Fill {
  const fill = inject(KEY)
  if (!fill) throw new Error('useFill outside of the fill page')
  return fill
}
