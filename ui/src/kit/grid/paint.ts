// Draws what is selected: one outlined box per pane, a hole for the active cell, and the fill handle.
import type { SlickGrid } from 'slickgrid'
import type { Cell, Range } from './types'

/** The row-number gutter stands before the first column. */
export const GUTTER = 1
/** Columns up to this SlickGrid index stay when the sheet scrolls sideways. */
export const FROZEN = 1

interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** The outline of the selection in both panes of the sheet. */
export class SelectionPaint {
  readonly handle = document.createElement('div')
  readonly drop = document.createElement('div')
  private readonly boxes = [make('left'), make('right')] as const
  private readonly ghosts = [make('left ghost'), make('right ghost')] as const

  constructor(private readonly grid: SlickGrid) {
    this.handle.className = 'jw-fill'
    this.handle.title = '按住往下拉，照样填'
    this.handle.setAttribute('aria-hidden', 'true')
    this.drop.className = 'jw-drop'
    this.drop.title = '从几种里选一个（Alt+↓）'
    this.drop.setAttribute('aria-hidden', 'true')
  }

  /** Puts the small arrow of a column with fixed choices into the active cell. */
  drawDrop(active: Cell | null): void {
    if (!active) return this.drop.remove()
    const box = this.boxOf({ top: active.row, bottom: active.row, left: active.column, right: active.column })
    const canvas = this.canvas(active.column)
    if (this.drop.parentElement !== canvas) canvas.append(this.drop)
    Object.assign(this.drop.style, {
      left: px(box.left + box.width - 28),
      top: px(box.top + 2),
      height: px(box.height - 5),
    })
  }

  /** Draws the selected range around the active cell. */
  draw(range: Range | null, active: Cell | null): void {
    this.place(this.boxes, range)
    this.tint(range, active)
    if (!range) return this.handle.remove()
    const box = this.boxOf(range)
    const canvas = this.canvas(range.right)
    if (this.handle.parentElement !== canvas) canvas.append(this.handle)
    this.handle.style.left = `${box.left + box.width - 6}px`
    this.handle.style.top = `${box.top + box.height - 6}px`
  }

  /** Draws the dashed outline of what a dragged fill handle would cover. */
  drawGhost(range: Range | null): void {
    this.place(this.ghosts, range)
  }

  /** The box of a range in the pane of its last column. */
  boxOf(range: Range): Box {
    const first = this.grid.getCellNodeBox(range.top, range.left + GUTTER)
    const last = this.grid.getCellNodeBox(range.bottom, range.right + GUTTER)
    if (!first || !last) return { left: 0, top: 0, width: 0, height: 0 }
    const height = this.grid.getOptions().rowHeight ?? 36
    return {
      left: first.left,
      top: first.top,
      width: last.right - first.left,
      height: (range.bottom - range.top + 1) * height,
    }
  }

  /** The pane that holds a column. */
  canvas(column: number): HTMLElement {
    return this.grid.getCanvasNode(column + GUTTER, 0)
  }

  private place(boxes: readonly [HTMLElement, HTMLElement], range: Range | null): void {
    const frozen = FROZEN - GUTTER
    const parts = [
      range && range.left <= frozen ? { ...range, right: Math.min(range.right, frozen) } : null,
      range && range.right > frozen ? { ...range, left: Math.max(range.left, frozen + 1) } : null,
    ]
    parts.forEach((part, pane) => {
      const box = boxes[pane]
      if (!box) return
      if (!part) return box.remove()
      const canvas = this.canvas(pane === 0 ? 0 : frozen + 1)
      if (box.parentElement !== canvas) canvas.append(box)
      box.classList.toggle('seam', parts[0] !== null && parts[1] !== null)
      const at = this.boxOf(part)
      Object.assign(box.style, { left: px(at.left), top: px(at.top), width: px(at.width), height: px(at.height) })
    })
  }

  /** Leaves the active cell white inside the tinted selection, as WPS does. */
  private tint(range: Range | null, active: Cell | null): void {
    this.boxes.forEach((box, pane) => {
      const fill = box.firstElementChild as HTMLElement
      const here = active && (active.column <= FROZEN - GUTTER ? 0 : 1) === pane
      if (!range || !active || !here) return void (fill.style.clipPath = '')
      const all = this.boxOf({ ...range, left: pane === 1 ? Math.max(range.left, FROZEN) : range.left })
      const hole = this.boxOf({ top: active.row, bottom: active.row, left: active.column, right: active.column })
      const [x, y] = [hole.left - all.left, hole.top - all.top]
      const [right, bottom] = [x + hole.width, y + hole.height]
      fill.style.clipPath = `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${x}px ${y}px, ${right}px ${y}px, ${right}px ${bottom}px, ${x}px ${bottom}px, ${x}px ${y}px)`
    })
  }
}

function make(kind: string): HTMLElement {
  const box = document.createElement('div')
  box.className = `jw-box ${kind}`
  box.setAttribute('aria-hidden', 'true')
  box.append(document.createElement('i'))
  return box
}

function px(value: number): string {
  return `${value}px`
}
