// The gaps of a form as rows of one grid, in walking order. What is typed is a fact at once and stays on the screen as
// done; the list is asked for anew only when one comes to this step again.
import { computed, onMounted, ref, shallowRef } from 'vue'
import { call, CallError, type ErrorReply, type FillGaps, type GapRow } from '@/bridge'
import type { CellEdit, EditReply, GridColumn, GridRow } from '@/kit/grid'
import { toast, toastError } from '@/kit'
import type { Fill } from './useFill'
import { lastOf, month } from './words'

interface Building {
  title: string
  people: number
  /** How many of its cells still wait, and how many there were. */
  left: number
  all: number
  first: number
}

/** About how many px the columns to be filled share in the window at its usual width. */
const ROOM = 620
const fixed = { computed: true, required: false, kind: 'text' }
const FIXED: GridColumn[] = [
  { ...fixed, field: '#name', title: '姓名', width: 84 },
  { ...fixed, field: '#building', title: '楼栋', width: 76 },
  { ...fixed, field: '#place', title: '室号', width: 84 },
  { ...fixed, field: '#age', title: '年龄', width: 60, kind: 'integer' },
]

export function useGaps(fill: Fill) {
  const gaps = shallowRef<FillGaps | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  const rows = shallowRef<GapRow[]>([])
  /** Gaps of each row at the beginning, so that a building shows how far one has come. */
  const before = shallowRef<number[]>([])
  const undone: { op: number; edits: { record: number; field: string; cell: GapRow['cells'][number] }[] }[] = []
  const source = ref(0)

  onMounted(load)

  async function load(): Promise<void> {
    error.value = null
    const reply = await call('fill.gaps', fill.request.value).catch((trouble: unknown) => {
      if (!(trouble instanceof CallError)) throw trouble
      error.value = trouble.reply
      return null
    })
    if (!reply) return
    gaps.value = reply
    rows.value = reply.rows
    before.value = reply.rows.map(open)
    undone.length = 0
    source.value += 1
  }

  const columns = computed<GridColumn[]>(() => [
    ...FIXED,
    ...(gaps.value?.columns ?? []).map((each) => ({ field: each.field, title: lastOf(each.heading), kind: 'text', computed: false, required: false, options: each.options.length ? each.options : null, width: Math.max(116, Math.min(220, Math.max(each.heading.length * 17 + 20, Math.floor(ROOM / (gaps.value?.columns.length ?? 1))))) })),
  ])

  function gridRow(row: GapRow, at: number): GridRow {
    return {
      record: at,
      uid: row.uid,
      values: [row.name, row.building, row.place, row.age === null ? '' : String(row.age), ...row.cells.map((cell) => cell.value)],
      marks: row.cells.flatMap((cell, k) => {
        const column = k + FIXED.length
        if (cell.state === 'gap') return [{ column, kind: 'gap', note: cell.why ?? `${row.name}的这一格还没有` }]
        return cell.state === 'stale' ? [{ column, kind: 'stale', note: `${month(cell.on)}的数据，问到了就改` }] : []
      }),
    }
  }

  /** A new function for every load, so that the grid shows the new rows. */
  const fetchRows = computed(() => {
    void source.value
    return async (from: number, limit: number) => ({ rows: rows.value.slice(from, from + limit).map((row, k) => gridRow(row, from + k)), total: rows.value.length })
  })

  async function change(edits: CellEdit[]): Promise<EditReply> {
    const values = edits.map((edit) => ({ uid: rows.value[edit.record]?.uid ?? '', field: edit.field, value: edit.value.trim() }))
    const reply = await call('fill.save_gaps', { path: fill.request.value.path, values }).catch((trouble: unknown) => {
      toastError(trouble)
      throw trouble
    })
    const no = (edit: CellEdit) => reply.refused.find((each) => each.field === edit.field && each.uid === rows.value[edit.record]?.uid)
    const taken = edits.filter((edit) => !no(edit))
    const was = taken.flatMap((edit) => put(edit.record, edit.field, edit.value.trim()))
    if (reply.op !== null && was.length) undone.push({ op: reply.op, edits: was })
    const touched = [...new Set(edits.map((edit) => edit.record))]
    const refused = edits.flatMap((edit) => (no(edit) ? [{ record: edit.record, field: edit.field, message: no(edit)?.message ?? '' }] : []))
    return { rows: touched.flatMap((at) => (rows.value[at] ? [gridRow(rows.value[at], at)] : [])), refused }
  }

  /** Writes one value into the rows on the screen; returns what stood there. */
  function put(record: number, field: string, value: string, back?: GapRow['cells'][number]) {
    const row = rows.value[record]
    const at = row?.cells.findIndex((cell) => cell.field === field) ?? -1
    const cell = row?.cells[at]
    if (!row || !cell) return []
    const was = { ...cell }
    const next = back ?? { ...cell, value, state: value ? ('known' as const) : ('gap' as const), on: null, why: null }
    const cells = row.cells.map((each, k) => (k === at ? next : each))
    rows.value = rows.value.map((each, k) => (k === record ? { ...row, cells } : each))
    return [{ record, field, cell: was }]
  }

  /** Takes back the last thing typed here; older acts belong to other pages. */
  async function undo(): Promise<boolean> {
    const last = undone.pop()
    if (!last) return false
    const done = await call('history.undo', { op: last.op }).catch(toastError)
    if (!done) return false
    for (const each of last.edits) put(each.record, each.field, each.cell.value, each.cell)
    toast({ tone: 'done', text: '刚才填的退回去了。' })
    return true
  }

  const left = computed(() => rows.value.reduce((sum, row) => sum + open(row), 0))
  /** Filled cells of the form now: those before, and those that were typed here. */
  const done = computed(() => (gaps.value ? gaps.value.done + Math.max(0, before.value.reduce((sum, each) => sum + each, 0) - left.value) : 0))
  const buildings = computed<Building[]>(() => {
    const found = new Map<string, Building>()
    rows.value.forEach((row, at) => {
      const one = found.get(row.building) ?? { title: row.building, people: 0, left: 0, all: 0, first: at }
      one.people += 1
      one.left += open(row)
      one.all += Math.max(before.value[at] ?? 0, open(row))
      found.set(row.building, one)
    })
    return [...found.values()]
  })

  return { gaps, error, rows, columns, fetchRows, left, done, buildings, load, change, undo }
}

/** How many cells of a row still wait. */
const open = (row: GapRow) => row.cells.filter((cell) => cell.state === 'gap').length
