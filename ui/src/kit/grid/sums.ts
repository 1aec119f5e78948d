// The sums WPS shows under a selection: only cells that are numbers count.
import type { Cells } from './edits'
import type { Range, Sums } from './types'
import { area } from './range'

const COUNTED = new Set(['number', 'integer', 'decimal', 'money'])

/** Adds up the numeric cells of a range, as far as its rows are here. */
export function sumUp(cells: Cells, range: Range): Sums {
  const found: number[] = []
  const columns = cells.columns
  for (let row = range.top; row <= range.bottom; row++) {
    const held = cells.row(row)
    if (!held) continue
    for (let column = range.left; column <= range.right; column++) {
      if (!COUNTED.has(columns[column]?.kind ?? '')) continue
      const value = toNumber(held.values[column])
      if (value !== null) found.push(value)
    }
  }
  const sum = found.length ? tidy(found.reduce((a, b) => a + b, 0)) : null
  return {
    cells: area(range),
    numbers: found.length,
    sum,
    mean: sum === null ? null : tidy(sum / found.length, 1),
    max: found.length ? found.reduce((a, b) => Math.max(a, b)) : null,
  }
}

function toNumber(value: string | null | undefined): number | null {
  const text = (value ?? '').replace(/[,，\s]/g, '')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

function tidy(value: number, digits = 4): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
