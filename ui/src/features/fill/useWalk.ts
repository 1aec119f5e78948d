// Where the hand is in the filled sheet: arrows, Home and End, the next cell that lacks something (F8), and the bubble.
import { computed, nextTick, ref, shallowRef, type Ref } from 'vue'
import type { FilledCell, FilledState } from '@/bridge'
import { letter } from '@/kit/grid'
import type { useFilledCells } from './useFilledCells'

export interface At {
  row: number
  column: number
}

/** Cells that F8 stops at. */
const STOPS: FilledState[] = ['gap', 'stale']

export function useWalk(cells: ReturnType<typeof useFilledCells>, scrollTo: (at: At) => void, stops: Ref<FilledState[] | undefined>) {
  const at = shallowRef<At | null>(null)
  const open = ref(false)
  const here = computed<FilledCell | null>(() => (at.value ? cells.cellAt(at.value.row, at.value.column) : null))
  const name = computed(() => (at.value ? `${letter(at.value.column)}${at.value.row}` : ''))

  /** Makes a cell the one under the hand; a covered cell means the one that covers it. */
  function to(next: At, show = false): void {
    const row = Math.max(1, Math.min(cells.total.value, next.row))
    const column = Math.max(0, Math.min(cells.width.value - 1, next.column))
    const merge = cells.mergeAt(row, column)
    at.value = merge ? { row: merge.row, column: merge.column } : { row, column }
    open.value = false
    const now = at.value
    // The bubble opens where the cell has come to stand.
    void nextTick(() => {
      scrollTo(now)
      open.value = show && at.value === now && tells(cells.cellAt(now.row, now.column))
    })
  }

  /** One step; out of a merged area it leaves at the far edge. */
  function step(rows: number, columns: number): void {
    const from = at.value
    if (!from) return to({ row: 1, column: 0 })
    const merge = cells.mergeAt(from.row, from.column)
    const down = rows > 0 && merge ? merge.rows : rows
    const right = columns > 0 && merge ? merge.columns : columns
    to({ row: from.row + down, column: from.column + right })
  }

  /** The next cell that lacks something; false when there is none. */
  async function next(): Promise<boolean> {
    const wanted = stops.value ?? STOPS
    const from = at.value ?? { row: 0, column: cells.width.value }
    for (let row = Math.max(1, from.row); row <= cells.total.value; row++) {
      if (!cells.held.has(row)) await cells.ensure(row - 1, row - 1)
      const line = cells.held.get(row)?.cells ?? []
      const found = line.findIndex((cell, column) => wanted.includes(cell.state) && (row > from.row || column > from.column))
      if (found < 0) continue
      to({ row, column: found }, true)
      return true
    }
    return false
  }

  return { at, open, here, name, to, step, next }
}

/** Whether there is something to say about a cell. */
export const tells = (cell: FilledCell) => cell.state !== 'form'
