// What the clerk decides row by row: corrections, rows put aside, whose value stands, and who is who.
import { computed, ref } from 'vue'
import type { Fix, ImportRequest, PlanCell, PlanRow } from '@/bridge'

/** Whose value stands: what the office knows, or what the sheet says. */
export type Side = 'ours' | 'theirs'

/** By what differing values are settled as long as nobody decides about one: the field's own rule, ours, theirs. */
export type Rule = 'rule' | 'keep' | 'take'

/** A row of the sheet, of one of several sheets, or of one half of a list set side by side. */
export interface RowPlace {
  row: number
  sheet?: string | null
  half?: number
}

interface CellSide {
  row: number
  field: string
  sheet?: string
  half?: number
  side: Side
}

interface Person {
  row: number
  sheet?: string
  half?: number
  uid: string | null
}

const placed = (at: RowPlace) => ({ row: at.row, ...(at.sheet ? { sheet: at.sheet } : {}), ...(at.half ? { half: at.half } : {}) })
/** What tells a row from all others. */
export const rowKey = (at: RowPlace) => `${at.sheet ?? ''}!${at.half || 0}!${at.row}`
/** A row left for later; the first half says so too, or its neighbour at the right would wait with it. */
const left = (at: RowPlace) => ({ ...placed(at), half: at.half ?? 0 })
const cellKey = (at: RowPlace, field: string) => `${rowKey(at)}!${field}`

/** Whose value stands as long as nobody decides about the cell. */
export const ruled = (cell: Pick<PlanCell, 'wins'>): Side => (cell.wins === 'superior' ? 'theirs' : 'ours')

/** Whether both sides have filled a cell differently; what was empty or less exact is filled without asking. */
export const differs = (cell: PlanCell) => cell.before !== null && !cell.finer
export const differing = (row: PlanRow) => row.cells.filter(differs)

export function useDecisions() {
  const fixes = ref<Fix[]>([])
  const aside = ref<ReturnType<typeof left>[]>([])
  const rule = ref<Rule>('rule')
  const sides = ref(new Map<string, CellSide>())
  const columns = ref(new Map<string, Side>())
  const people = ref(new Map<string, Person>())
  /** Decisions that the plan on the screen does not know yet. */
  const unseen = ref(false)

  /** Whose value stands for a cell of the plan. */
  function sideOf(row: PlanRow, cell: PlanCell): Side {
    const decided = sides.value.get(cellKey(row, cell.field))
    return decided?.side ?? columnSide(cell)
  }

  /** Whose value stands in a column wherever no cell was decided alone. */
  function columnSide(column: Pick<PlanCell, 'field' | 'wins'>): Side {
    const said = columns.value.get(column.field)
    return said ?? (rule.value === 'rule' ? ruled(column) : rule.value === 'keep' ? 'ours' : 'theirs')
  }

  function setSide(row: RowPlace, field: string, side: Side): void {
    sides.value.set(cellKey(row, field), { ...placed(row), field, side })
  }

  /** Decides one column of all rows, listed or not; cells decided one by one in it give way. */
  function setColumn(field: string, side: Side): void {
    columns.value.set(field, side)
    for (const [key, each] of sides.value) if (each.field === field) sides.value.delete(key)
  }

  /** One rule for all cells; what was decided one by one gives way. */
  function setRule(next: Rule): void {
    rule.value = next
    sides.value.clear()
    columns.value.clear()
  }

  function setAside(rows: RowPlace[], on: boolean): void {
    const named = new Map(rows.map((row) => [rowKey(row), left(row)]))
    const rest = aside.value.filter((each) => !named.has(rowKey(each)))
    aside.value = on ? [...rest, ...named.values()] : rest
  }

  const isAside = (row: RowPlace) => aside.value.some((each) => rowKey(each) === rowKey(row))

  /** Says who a row is; null is somebody new, undefined takes the answer back. */
  function setPerson(row: RowPlace, uid: string | null | undefined): void {
    if (uid === undefined) people.value.delete(rowKey(row))
    else people.value.set(rowKey(row), { ...placed(row), uid })
    unseen.value = true
  }

  const personOf = (row: RowPlace) => people.value.get(rowKey(row))?.uid

  const request = computed<Pick<ImportRequest, 'fixes' | 'skip_rows' | 'take' | 'keep' | 'take_columns' | 'keep_columns' | 'choose' | 'conflict'>>(() => {
    const cells = [...sides.value.values()]
    const wholly = (side: Side) => [...columns.value].filter(([, each]) => each === side).map(([field]) => field)
    const [theirs, ours] = [wholly('theirs'), wholly('ours')]
    const of = (side: Side) => cells.filter((each) => each.side === side).map(({ row, field, sheet, half }) => ({ row, field, ...(sheet ? { sheet } : {}), ...(half ? { half } : {}) }))
    // Somebody new is a choice without a number.
    const choose = [...people.value.values()].map(({ uid, ...at }) => (uid === null ? at : { ...at, uid }))
    return {
      fixes: fixes.value,
      skip_rows: aside.value,
      take: of('theirs'),
      ...(cells.length ? { keep: of('ours') } : {}),
      ...(theirs.length ? { take_columns: theirs } : {}),
      ...(ours.length ? { keep_columns: ours } : {}),
      ...(choose.length ? { choose } : {}),
      ...(rule.value === 'rule' ? {} : { conflict: rule.value }),
    }
  })

  function forget(): void {
    fixes.value = []
    aside.value = []
    sides.value.clear()
    columns.value.clear()
    people.value.clear()
    rule.value = 'rule'
    unseen.value = false
  }

  return { fixes, aside, rule, unseen, people, request, sideOf, columnSide, setSide, setColumn, setRule, isAside, setAside, setPerson, personOf, forget }
}
