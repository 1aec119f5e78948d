// The problems of the list, grouped by kind, with the rows they stand in and what the clerk put instead.
import { computed, reactive, ref, watch } from 'vue'
import { call, type Problem } from '@/bridge'
import { headingOf, type ColumnState } from './columnState'
import { masked } from './mask'
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
  name_missing: '没有姓名',
  duplicate_row: '重复的行',
  total_mismatch: '合计对不上',
  second_table: '下面还有一张表',
}

/** Groups problems by kind and column; the biggest group first. */
export function grouped(problems: Problem[], columns: ColumnState[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>()
  for (const problem of problems) {
    const key = `${problem.code}:${problem.column ?? ''}`
    const column = columns.find((each) => each.seen.letter === problem.column)
    const word = WORDS[problem.code] ?? problem.message
    const named = column ? (column.title ?? headingOf(column.seen)) : ''
    const title = named && !word.startsWith(named) ? `${named}：${word}` : word
    const group = groups.get(key) ?? { key, title, problems: [] }
    group.problems.push(problem)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.problems.length - a.problems.length)
}

/** Serves the step 查问题. */
export function useProblems(wizard: Wizard) {
  const chosen = ref('')
  const around = reactive(new Map<number, string[]>())
  const groups = computed(() => grouped(wizard.plan.value?.problems ?? [], wizard.columns.value))
  const group = computed(() => groups.value.find((each) => each.key === chosen.value) ?? groups.value[0] ?? null)
  const fixed = computed(() => new Map(wizard.decided.fixes.value.map((fix) => [`${fix.row}${fix.letter}`, fix.value])))
  const aside = computed(() => new Set(wizard.decided.aside.value))
  /** Rows of the kind on the screen. */
  const rows = computed(() => [...new Set(group.value?.problems.map((each) => each.row))])
  const allAside = computed(() => rows.value.length > 0 && rows.value.every((row) => aside.value.has(row)))

  watch(group, () => void fetchAround(), { immediate: true })

  /** Fetches the rows of the problems, so that one sees whose row it is. */
  async function fetchAround(): Promise<void> {
    const wanted = rows.value.filter((row) => !around.has(row)).slice(0, 200)
    for (const row of wanted) {
      if (around.has(row)) continue
      const request = { path: wizard.file.value?.path ?? '', sheet: wizard.sheetName.value, from: row, count: 50 }
      const reply = await call('import.cells', request).catch(() => null)
      if (!reply) return
      reply.rows.forEach((each) => around.set(each.row, each.cells))
    }
  }

  /** The first imported cells of a row, numbers masked: usually enough to know the person. */
  function whose(row: number): string {
    const cells = around.get(row)
    if (!cells) return ''
    const letters = wizard.sheet.value?.columns.map((each) => each.letter) ?? []
    const shown = wizard.columns.value.filter((column) => column.field && column.seen.letter !== group.value?.problems[0]?.column)
    return shown.slice(0, 3).map((column) => masked(cells[letters.indexOf(column.seen.letter)] ?? '')).filter(Boolean).join('　')
  }

  /** What the cell says in the file; the core does not repeat numbers of persons in its messages. */
  function original(problem: Problem): string {
    const at = wizard.sheet.value?.columns.findIndex((each) => each.letter === problem.column) ?? -1
    return problem.value ?? around.get(problem.row)?.[at] ?? ''
  }

  function fix(problem: Problem, value: string): void {
    if (!problem.column) return
    const rest = wizard.decided.fixes.value.filter((each) => each.row !== problem.row || each.letter !== problem.column)
    const same = value === original(problem)
    wizard.decided.fixes.value = same ? rest : [...rest, { row: problem.row, letter: problem.column, value }]
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

  return { chosen, groups, group, rows, fixed, aside, allAside, alike, whose, original, fix, fixAlike, nextKind }
}
