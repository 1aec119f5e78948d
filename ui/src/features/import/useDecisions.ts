// What the clerk decides row by row: corrections, rows put aside, whose value stands, and who is who.
import { computed, ref } from 'vue'
import type { Fix, ImportRequest, PlanCell, PlanRow } from '@/bridge'

/** Whose value stands: what the office knows, or what the sheet says. */
export type Side = 'ours' | 'theirs'

/** By what differing values are settled as long as nobody decides about one: the field's own rule, ours, theirs. */
export type Rule = 'rule' | 'keep' | 'take'

/** A row of the sheet, of one of several sheets, or of one half of a list set side by side. */
export type RowPlace = Pick<PlanRow, 'row' | 'sheet' | 'half'>

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
const rowKey = (at: RowPlace) => `${at.sheet ?? ''}!${at.half || 0}!${at.row}`
const cellKey = (at: RowPlace, field: string) => `${rowKey(at)}!${field}`

/** Whose value stands as long as nobody decides about the cell. */
export const ruled = (cell: PlanCell): Side => (cell.wins === 'superior' ? 'theirs' : 'ours')

/** Cells that both sides have filled differently; what was empty is filled without asking. */
export const differing = (row: PlanRow) => row.cells.filter((cell) => cell.before)

export function useDecisions() {
  const fixes = ref<Fix[]>([])
  const aside = ref<number[]>([])
  const rule = ref<Rule>('rule')
  const sides = ref(new Map<string, CellSide>())
  const people = ref(new Map<string, Person>())
  /** Decisions that the plan on the screen does not know yet. */
  const unseen = ref(false)

  /** Whose value stands for a cell of the plan. */
  function sideOf(row: PlanRow, cell: PlanCell): Side {
    const decided = sides.value.get(cellKey(row, cell.field))
    if (decided) return decided.side
    return rule.value === 'rule' ? ruled(cell) : rule.value === 'keep' ? 'ours' : 'theirs'
  }

  function setSide(row: RowPlace, field: string, side: Side): void {
    sides.value.set(cellKey(row, field), { ...placed(row), field, side })
  }

  /** Decides one column of all these rows at once. */
  function setColumn(rows: PlanRow[], field: string, side: Side): void {
    for (const row of rows) if (differing(row).some((cell) => cell.field === field)) setSide(row, field, side)
  }

  /** One rule for all cells; what was decided one by one gives way. */
  function setRule(next: Rule): void {
    rule.value = next
    sides.value.clear()
  }

  function setAside(rows: number[], on: boolean): void {
    const rest = aside.value.filter((each) => !rows.includes(each))
    aside.value = on ? [...rest, ...new Set(rows)] : rest
  }

  /** Says who a row is; null is somebody new, undefined takes the answer back. */
  function setPerson(row: RowPlace, uid: string | null | undefined): void {
    if (uid === undefined) people.value.delete(rowKey(row))
    else people.value.set(rowKey(row), { ...placed(row), uid })
    unseen.value = true
  }

  const personOf = (row: RowPlace) => people.value.get(rowKey(row))?.uid

  const request = computed<Pick<ImportRequest, 'fixes' | 'skip_rows' | 'take' | 'keep' | 'choose' | 'conflict'>>(() => {
    const cells = [...sides.value.values()]
    const of = (side: Side) => cells.filter((each) => each.side === side).map(({ row, field, sheet, half }) => ({ row, field, ...(sheet ? { sheet } : {}), ...(half ? { half } : {}) }))
    // Somebody new is a choice without a number.
    const choose = [...people.value.values()].map(({ uid, ...at }) => (uid === null ? at : { ...at, uid }))
    return {
      fixes: fixes.value,
      skip_rows: aside.value,
      take: of('theirs'),
      ...(cells.length ? { keep: of('ours') } : {}),
      ...(choose.length ? { choose } : {}),
      ...(rule.value === 'rule' ? {} : { conflict: rule.value }),
    }
  })

  function forget(): void {
    fixes.value = []
    aside.value = []
    sides.value.clear()
    people.value.clear()
    rule.value = 'rule'
    unseen.value = false
  }

  return { fixes, aside, rule, unseen, people, request, sideOf, setSide, setColumn, setRule, setAside, setPerson, personOf, forget }
}
