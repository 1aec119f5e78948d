// Arithmetic of cells and ranges: spans, limits and the jump to the edge of a block.
import type { Cell, Range } from './types'

/** The range spanned by two corners, in whatever order. */
export function span(a: Cell, b: Cell): Range {
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  }
}

/** The number of cells in a range. */
export function area(range: Range): number {
  return (range.bottom - range.top + 1) * (range.right - range.left + 1)
}

/** Says whether a cell lies in a range. */
export function contains(range: Range, cell: Cell): boolean {
  return (
    cell.row >= range.top && cell.row <= range.bottom && cell.column >= range.left && cell.column <= range.right
  )
}

/** Holds a cell inside a sheet of the given size. */
export function clamp(cell: Cell, rows: number, columns: number): Cell {
  return {
    row: Math.max(0, Math.min(rows - 1, cell.row)),
    column: Math.max(0, Math.min(columns - 1, cell.column)),
  }
}

/** Where Ctrl+arrow lands: the end of the filled block, or the next filled cell, or the edge of the sheet. */
export function edge(filled: (at: number) => boolean | undefined, from: number, step: 1 | -1, last: number): number {
  const end = step > 0 ? last : 0
  if (from === end) return end
  const inside = filled(from) === true && filled(from + step) === true
  let at = from + step
  while (at !== end) {
    const here = filled(at)
    if (here === undefined) return end
    if (inside ? filled(at + step) === false : here) return at
    at += step
  }
  return end
}

/** The letter WPS writes over a column: A, B, … Z, AA. */
export function letter(column: number): string {
  let name = ''
  for (let n = column; n >= 0; n = Math.floor(n / 26) - 1) name = String.fromCharCode(65 + (n % 26)) + name
  return name
}
