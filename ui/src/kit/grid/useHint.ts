// Where a cell's value came from: asked when the mouse rests on it, on a right click, and by Shift+F10 or the menu key.
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import type { Sheet } from './sheet'
import type { Cell, GridColumn, GridRow } from './types'

/** How long the mouse rests before anything is asked, in ms. */
const RESTS = 700
const NOTHING = '没有记下这一格是从哪里来的。'

interface Hint {
  text: string
  left: number
  top: number
  above: boolean
}

type Ask = (row: GridRow, column: GridColumn) => Promise<string | null>

export function useHint(sheet: Ref<Sheet | null>, frame: Readonly<Ref<HTMLElement | null>>, ask: Ask, isOffered: () => boolean) {
  const shown = ref<Hint | null>(null)
  let turn = 0
  let wait = 0
  let over: Element | null = null

  function close(): void {
    clearTimeout(wait)
    turn += 1
    shown.value = null
  }

  /** Asks for one cell and shows the answer beside `box`; an unasked question is not answered with "nothing". */
  async function show(at: Cell, box: Element, isAsked: boolean): Promise<void> {
    close()
    const mine = turn
    const row = sheet.value?.row(at.row)
    const column = sheet.value?.columns[at.column]
    if (!row || !column || (!isAsked && !row.values[at.column])) return
    const text = (await ask(row, column)) ?? (isAsked ? NOTHING : null)
    if (mine === turn && text && frame.value) shown.value = { text: `来历：${text}`, ...placeOf(box, frame.value) }
  }

  function onMove(event: MouseEvent): void {
    const cell = (event.target as Element).closest('.slick-cell')
    if (cell === over || !isOffered()) return
    over = cell
    close()
    const at = cell && cellOf(cell)
    if (at) wait = window.setTimeout(() => void show(at, cell, false), RESTS)
  }

  function onLeave(): void {
    over = null
    close()
  }

  function onMenu(event: MouseEvent): void {
    const target = event.target as Element
    const cell = target.closest('.slick-cell')
    const at = cell ? cellOf(cell) : target.closest('.jw-over') ? sheet.value?.active : null
    if (!at || !isFree()) return
    event.preventDefault()
    void show(at, cell ?? target, true)
  }

  /** While a cell is being written the window's own menu stays, for copying and pasting. */
  const isFree = () => isOffered() && sheet.value?.over.mode === 'idle'

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') return close()
    const isMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
    const at = sheet.value?.active
    const box = sheet.value?.over.box
    if (!isMenu || !at || !box || !isFree()) return
    event.preventDefault()
    void show(at, box, true)
  }

  onMounted(() => {
    frame.value?.addEventListener('mousemove', onMove)
    frame.value?.addEventListener('mouseleave', onLeave)
    frame.value?.addEventListener('contextmenu', onMenu)
    frame.value?.addEventListener('keydown', onKey, true)
  })
  onBeforeUnmount(close)
  return { shown, close }
}

/** Which cell an element of the sheet draws; null for the row numbers. */
function cellOf(element: Element): Cell | null {
  const row = Number(element.closest<HTMLElement>('.slick-row')?.dataset.row)
  const column = Number(/\bl(\d+)\b/.exec(element.className)?.[1]) - 1
  return Number.isInteger(row) && column >= 0 ? { row, column } : null
}

/** Below the cell, or above it where there is no room. */
function placeOf(cell: Element, frame: HTMLElement): Omit<Hint, 'text'> {
  const box = cell.getBoundingClientRect()
  const around = frame.getBoundingClientRect()
  const above = box.bottom + 90 > around.bottom
  const left = Math.max(4, Math.min(box.left - around.left, around.width - 300))
  return { left, top: (above ? box.top - 4 : box.bottom + 4) - around.top, above }
}
