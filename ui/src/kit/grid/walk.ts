// Moving about: arrows, Tab and Enter, pages, edges and the next problem. What is then drawn lives in `sheet.ts`.
import type { Command } from './keys'
import { edge } from './range'
import type { Cell, GridColumn, GridRow } from './types'

/** What walking needs from the sheet. */
export interface Walked {
  active: Cell | null
  far: Cell | null
  total: number
  columns: GridColumn[]
  row(index: number): GridRow | null
  pageRows(): number
  moveTo(cell: Cell): void
  extendTo(cell: Cell): void
  ensure(from: number, to: number): Promise<void>
}

/** Marks that a walk from one open cell to the next stops at. */
const isOpen = (kind: string) => kind === 'problem' || kind === 'gap'

/** Walks one sheet and remembers where a row of Tabs began. */
export class Walk {
  private tabbedFrom: number | null = null

  constructor(private readonly sheet: Walked) {}

  /** Takes the commands that only move; false for all others. */
  run(command: Command): boolean {
    if (command.do !== 'next' && command.do !== 'down') this.tabbedFrom = null
    switch (command.do) {
      case 'move':
        return this.step(command.rows, command.columns, command.extend)
      case 'edge':
        return this.toEdge(command.rows, command.columns, command.extend)
      case 'page':
        return this.step(command.step * Math.max(1, this.sheet.pageRows() - 1), 0, command.extend)
      case 'home':
      case 'end':
        return this.jump(null, command.do === 'home' ? 0 : this.lastColumn, command.extend)
      case 'top':
        return this.jump(0, 0, command.extend)
      case 'bottom':
        return this.jump(this.sheet.total - 1, this.lastColumn, command.extend)
      case 'next':
      case 'previous':
        return this.tab(command.do === 'next' ? 1 : -1)
      case 'down':
      case 'up':
        return this.enter(command.do === 'down' ? 1 : -1)
      default:
        return false
    }
  }

  /** Goes to the next cell with a problem; returns what is wrong there, or null when none is left. */
  async nextProblem(start = this.sheet.active): Promise<string | null> {
    if (!start) return null
    for (let at = start.row; at < this.sheet.total; at++) {
      if (!this.sheet.row(at)) await this.sheet.ensure(at, at)
      const found = (this.sheet.row(at)?.marks ?? [])
        .filter((mark) => isOpen(mark.kind) && (at > start.row || mark.column > start.column))
        .sort((a, b) => a.column - b.column)[0]
      if (!found) continue
      this.sheet.moveTo({ row: at, column: found.column })
      return found.note
    }
    return null
  }

  private get lastColumn(): number {
    return this.sheet.columns.length - 1
  }

  private go(to: Cell, extend: boolean): true {
    if (extend) this.sheet.extendTo(to)
    else this.sheet.moveTo(to)
    return true
  }

  private step(rows: number, columns: number, extend: boolean): true {
    const from = extend ? this.sheet.far : this.sheet.active
    return from ? this.go({ row: from.row + rows, column: from.column + columns }, extend) : true
  }

  private jump(row: number | null, column: number, extend: boolean): true {
    const from = extend ? this.sheet.far : this.sheet.active
    return from ? this.go({ row: row ?? from.row, column }, extend) : true
  }

  private toEdge(rows: -1 | 0 | 1, columns: -1 | 0 | 1, extend: boolean): true {
    const from = extend ? this.sheet.far : this.sheet.active
    if (!from) return true
    const filled = (row: number, column: number) => {
      const held = this.sheet.row(row)
      return held ? (held.values[column] ?? '') !== '' : undefined
    }
    const to = { ...from }
    if (rows) to.row = edge((at) => filled(at, from.column), from.row, rows, this.sheet.total - 1)
    else if (columns) to.column = edge((at) => filled(from.row, at), from.column, columns, this.lastColumn)
    return this.go(to, extend)
  }

  /** Tab walks to the right; a later Enter goes back under the cell where the walk began. */
  private tab(step: 1 | -1): true {
    const at = this.sheet.active
    if (!at) return true
    this.tabbedFrom ??= at.column
    const column = at.column + step
    if (column > this.lastColumn && at.row < this.sheet.total - 1) return this.go({ row: at.row + 1, column: 0 }, false)
    if (column < 0 && at.row > 0) return this.go({ row: at.row - 1, column: this.lastColumn }, false)
    return this.go({ row: at.row, column }, false)
  }

  private enter(step: 1 | -1): true {
    const at = this.sheet.active
    if (!at) return true
    const column = step > 0 ? (this.tabbedFrom ?? at.column) : at.column
    this.tabbedFrom = null
    return this.go({ row: at.row + step, column }, false)
  }
}
