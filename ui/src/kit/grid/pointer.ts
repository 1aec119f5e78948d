// The mouse over the sheet: selecting by dragging, whole rows by their number, and the fill handle.
import type { Cell } from './types'

/** What the mouse needs from the sheet. */
export interface PointerHost {
  frame: HTMLElement
  handle: HTMLElement
  drop: HTMLElement
  /** The cell under a point of the window, held inside the sheet; column -1 is the gutter. */
  cellAt(x: number, y: number): Cell | null
  press(cell: Cell, extend: boolean): void
  drag(cell: Cell): void
  pressRow(row: number, extend: boolean): void
  dragRow(row: number): void
  edit(): void
  fillTo(cell: Cell, done: boolean): void
  fillDown(): void
  choices(): void
  /** Scrolls by whole rows or by pixels sideways while a drag is outside the sheet. */
  nudge(x: number, y: number): void
}

type Step = (cell: Cell) => void

/** Listens to the mouse until the returned function is called. */
export function watchPointer(host: PointerHost): () => void {
  const down = (event: MouseEvent) => pressed(host, event)
  const twice = (event: MouseEvent) => doubled(host, event)
  host.frame.addEventListener('mousedown', down)
  host.frame.addEventListener('dblclick', twice, true)
  host.frame.addEventListener('click', keep, true)
  return () => {
    host.frame.removeEventListener('mousedown', down)
    host.frame.removeEventListener('dblclick', twice, true)
    host.frame.removeEventListener('click', keep, true)
  }
}

/** SlickGrid would put the text selection back after a click and so take the caret out of the text box. */
function keep(event: MouseEvent): void {
  if ((event.target as HTMLElement).closest('.grid-canvas')) event.stopPropagation()
}

function pressed(host: PointerHost, event: MouseEvent): void {
  const target = event.target as HTMLElement
  if (event.button !== 0 || target.closest('.jw-over.on')) return
  if (target === host.drop) {
    event.preventDefault()
    return host.choices()
  }
  if (target === host.handle) {
    follow(host, event, (cell) => host.fillTo(cell, false), (cell) => host.fillTo(cell, true))
    return
  }
  if (!target.closest('.grid-canvas')) return
  const cell = host.cellAt(event.clientX, event.clientY)
  if (!cell) return
  if (cell.column < 0) {
    host.pressRow(cell.row, event.shiftKey)
    follow(host, event, (at) => host.dragRow(at.row))
  } else {
    host.press(cell, event.shiftKey)
    follow(host, event, (at) => host.drag({ row: at.row, column: Math.max(0, at.column) }))
  }
}

function doubled(host: PointerHost, event: MouseEvent): void {
  const target = event.target as HTMLElement
  if (target === host.handle) return host.fillDown()
  if (target.closest('.slick-cell:not(.jw-gutter)')) host.edit()
}

/** Follows the mouse until the button is let go, scrolling while it is outside. */
function follow(host: PointerHost, start: MouseEvent, step: Step, end?: Step): void {
  start.preventDefault()
  let point = { x: start.clientX, y: start.clientY }
  const here = () => host.cellAt(point.x, point.y)
  const move = (event: MouseEvent) => {
    point = { x: event.clientX, y: event.clientY }
    const cell = here()
    if (cell) step(cell)
  }
  const timer = setInterval(() => {
    const box = host.frame.getBoundingClientRect()
    const x = point.x > box.right ? 1 : point.x < box.left ? -1 : 0
    const y = point.y > box.bottom ? 1 : point.y < box.top ? -1 : 0
    if (!x && !y) return
    host.nudge(x, y)
    const cell = here()
    if (cell) step(cell)
  }, 60)
  const up = () => {
    clearInterval(timer)
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', up)
    const cell = here()
    if (cell) end?.(cell)
  }
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', up)
}
