// The problems of the list, grouped by kind, with the rows they stand in and what the clerk put instead.
import { computed, reactive, ref, watch } from 'vue'
import { call, type Problem } from '@/bridge'
import { headingOf, type ColumnState } from './columnState'
import { columnAt, homeOf, shiftOf } from './letters'
import { masked } from './mask'
import { rowKey } from './useDecisions'
import type { Wizard } from './useWizard'

/** Problems of one kind in one column. */
export interface ProblemGroup {
  key: string
  title: string
  problems: Problem[]
}

const WORDS: Record<string, string> = {
  id_length: '位数不对',
  phone_invalid: '位数不对',
  id_characters: '有不该有的字',
  id_checksum: '校验不对',
  id_birth: '里面的生日不对',
  id_digits_lost: '末几位丢了，找不回来',
  id_masked: '遮住了几位，不能存',
  phone_masked: '遮住了几位，不能存',
  name_masked: '遮住了字，不能存',
  name_missing: '没有姓名',
  duplicate_row: '重复的行',
  total_mismatch: '合计对不上',
  second_table: '下面还有一张表',
}
/** Rows that are fetched around the problems at most, so that one sees whose they are. */
const FETCHED = 200

/** Groups problems by kind and column, both halves of a twin table together; the biggest group first. */
export function grouped(problems: Problem[], columns: ColumnState[], blocks: [string, string][] = []): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>()
  for (const problem of problems) {
    const home = problem.column ? homeOf(problem.column, blocks) : ''
    const key = `${problem.code}:${home}`
    const column = columns.find((each) => each.seen.letter === home)
    const word = WORDS[problem.code] ?? problem.message.replace(/。$/, '')
    const named = column ? (column.title ?? headingOf(column.seen)) : ''
    const title = named && !word.startsWith(named) ? `${named}：${word}` : word
    const group = groups.get(key) ?? { key, title, problems: [] }
    group.problems.push(problem)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.problems.length - a.problems.length)
}

/** Whether a field says who or what a row is about. */
const isName = (field: string | null) => /^(person|organisation)\.name$/.test(field ?? '')

/** Where a problem stands, as one word. */
export const placeOf = (at: { row: number; sheet?: string | null }, letter: string | null) => `${at.sheet ?? ''}!${letter ?? ''}${at.row}`

/** Serves the step 查问题. */
export function useProblems(wizard: Wizard) {
  const { decided } = wizard
  const chosen = ref('')
  const around = reactive(new Map<string, string[]>())
  const blocks = computed(() => wizard.sheet.value?.blocks ?? [])
  const groups = computed(() => grouped(wizard.plan.value?.problems ?? [], wizard.columns.value, blocks.value))
  const group = computed(() => groups.value.find((each) => each.key === chosen.value) ?? groups.value[0] ?? null)
  const fixed = computed(() => new Map(decided.fixes.value.map((fix) => [placeOf(fix, fix.letter), fix.value])))
  const { isAside } = decided
  /** Rows of the kind on the screen. */
  const rows = computed(() => [...new Map(group.value?.problems.map((each) => [rowKey(each), each])).values()])
  const allAside = computed(() => rows.value.length > 0 && rows.value.every(isAside))

  watch(group, () => void fetchAround(), { immediate: true })

  async function fetchAround(): Promise<void> {
    for (const problem of group.value?.problems.slice(0, FETCHED) ?? []) {
      if (around.has(placeOf(problem, null))) continue
      const sheet = problem.sheet ?? wizard.sheetName.value
      const reply = await call('import.cells', { path: wizard.file.value?.path ?? '', sheet, from: problem.row, count: 50 }).catch(() => null)
      if (!reply) return
      reply.rows.forEach((each) => around.set(placeOf({ row: each.row, sheet: problem.sheet }, null), each.cells))
    }
  }

  /** Whose row it is: the name first, then what else is imported of it, numbers masked. */
  function whose(problem: Problem): string {
    const cells = around.get(placeOf(problem, null))
    if (!cells) return ''
    const shift = problem.column ? shiftOf(problem.column, blocks.value) : 0
    const home = problem.column ? homeOf(problem.column, blocks.value) : ''
    const shown = wizard.columns.value.filter((column) => column.field && column.seen.letter !== home)
    const named = shown.toSorted((a, b) => Number(isName(b.field)) - Number(isName(a.field)))
    return named.map((column) => masked(cells[columnAt(column.seen.letter) + shift] ?? '')).filter(Boolean).slice(0, 3).join('　')
  }

  /** What the cell says in the file; the core does not repeat numbers of persons in its messages. */
  function original(problem: Problem): string {
    return problem.value ?? (problem.column ? around.get(placeOf(problem, null))?.[columnAt(problem.column)] : '') ?? ''
  }

  function fix(problem: Problem, value: string): void {
    if (!problem.column) return
    const at = placeOf(problem, problem.column)
    const rest = decided.fixes.value.filter((each) => placeOf(each, each.letter) !== at)
    const next = { row: problem.row, letter: problem.column, value, ...(problem.sheet ? { sheet: problem.sheet } : {}) }
    decided.fixes.value = value === original(problem) ? rest : [...rest, next]
  }

  /** The kind after the one on the screen; false when it was the last. */
  function nextKind(): boolean {
    const at = groups.value.findIndex((each) => each.key === group.value?.key)
    const later = groups.value[at + 1]
    if (later) chosen.value = later.key
    return later !== undefined
  }

  /** Cells that say the same wrong thing, to be put right together. */
  const alike = computed(() => {
    const counts = new Map<string, number>()
    for (const each of group.value?.problems ?? []) {
      const said = each.column ? original(each) : ''
      if (said) counts.set(said, (counts.get(said) ?? 0) + 1)
    }
    return [...counts].filter(([, count]) => count > 1)
  })

  function fixAlike(value: string, instead: string): void {
    for (const problem of group.value?.problems ?? []) if (original(problem) === value) fix(problem, instead)
  }

  return { chosen, groups, group, rows, fixed, isAside, allAside, alike, whose, original, fix, fixAlike, nextKind }
}
