// The pure parts of the sheet: keys, ranges, sums and row windows.
import { describe, expect, it, vi } from 'vitest'
import { readKey, type Mode } from './keys'
import { area, clamp, edge, letter, span } from './range'
import { sumUp } from './sums'
import { RowWindows, WINDOW } from './windows'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('readKey', () => {
  it.each<[string, Mode, Partial<KeyboardEvent>, unknown]>([
    ['ArrowDown', 'idle', {}, { do: 'move', rows: 1, columns: 0, extend: false }],
    ['ArrowDown', 'overtype', {}, { do: 'move', rows: 1, columns: 0, extend: false }],
    ['ArrowLeft', 'edit', {}, null],
    ['ArrowRight', 'idle', { shiftKey: true }, { do: 'move', rows: 0, columns: 1, extend: true }],
    ['ArrowDown', 'idle', { ctrlKey: true }, { do: 'edge', rows: 1, columns: 0, extend: false }],
    ['ArrowDown', 'idle', { altKey: true }, { do: 'choices' }],
    ['Enter', 'edit', {}, { do: 'down' }],
    ['Enter', 'edit', { altKey: true }, { do: 'newline' }],
    ['Tab', 'idle', { shiftKey: true }, { do: 'previous' }],
    ['Delete', 'idle', {}, { do: 'clear' }],
    ['Delete', 'edit', {}, null],
    ['z', 'idle', { ctrlKey: true }, { do: 'undo' }],
    ['z', 'edit', { ctrlKey: true }, null],
    ['Z', 'idle', { ctrlKey: true, shiftKey: true }, { do: 'redo' }],
    ['d', 'idle', { ctrlKey: true }, { do: 'fillDown' }],
    ['s', 'edit', { ctrlKey: true }, { do: 'saved' }],
    ['f', 'idle', { ctrlKey: true }, null],
    ['王', 'idle', {}, null],
  ])('%s in %s', (key, mode, more, command) => expect(readKey(press(key, more), mode)).toEqual(command))
})

describe('ranges', () => {
  it('span from any corner', () =>
    expect(span({ row: 3, column: 1 }, { row: 1, column: 4 })).toEqual({ top: 1, left: 1, bottom: 3, right: 4 }))
  it('count their cells', () => expect(area({ top: 0, left: 0, bottom: 5, right: 1 })).toBe(12))
  it('hold a cell inside', () => expect(clamp({ row: 9, column: -2 }, 5, 3)).toEqual({ row: 4, column: 0 }))
  it('write letters as WPS does', () => expect([0, 25, 26, 701].map(letter)).toEqual(['A', 'Z', 'AA', 'ZZ']))
  it('jump to the end of a block, over a gap, and to the edge', () => {
    const column = [true, true, true, false, false, true, false]
    const filled = (at: number) => column[at]
    expect([edge(filled, 0, 1, 6), edge(filled, 2, 1, 6), edge(filled, 5, 1, 6), edge(filled, 5, -1, 6)]).toEqual([2, 5, 6, 2])
  })
})

describe('sumUp', () => {
  const columns = [
    { field: 'a', title: 'a', kind: 'number', width: 80, computed: false },
    { field: 'b', title: 'b', kind: 'text', width: 80, computed: false },
  ]
  const rows = [['4', '9'], ['0', '9'], ['没去', '9'], ['1,204.5', '9']]
  const cells = { columns, total: 4, row: (at: number) => ({ record: at, values: rows[at] ?? [] }) }
  it('adds only cells that are numbers, in columns of numbers', () =>
    expect(sumUp(cells, { top: 0, left: 0, bottom: 3, right: 1 })).toEqual({ cells: 8, numbers: 3, sum: 1208.5, mean: 402.8, max: 1204.5 }))
})

describe('RowWindows', () => {
  const source = (total: number) =>
    vi.fn(async (offset: number, limit: number) => ({
      total,
      rows: Array.from({ length: Math.min(limit, total - offset) }, (_, at) => ({ record: offset + at, values: [] })),
    }))

  it('fetches each window once and lets the oldest go', async () => {
    const fetchRows = source(5 * WINDOW)
    const rows = new RowWindows(fetchRows, () => undefined, 2)
    await Promise.all([rows.ensure(0, 10), rows.ensure(5, 20)])
    await rows.ensure(0, WINDOW)
    expect(fetchRows).toHaveBeenCalledTimes(2)
    await rows.ensure(3 * WINDOW, 3 * WINDOW)
    expect(rows.get(0)).toBeNull()
    expect(rows.get(3 * WINDOW)?.record).toBe(3 * WINDOW)
    expect(rows.total).toBe(5 * WINDOW)
  })

  it('drops a late answer of an earlier view', async () => {
    let answer: (page: { total: number; rows: never[] }) => void = () => undefined
    const rows = new RowWindows(() => new Promise((resolve) => (answer = resolve)), () => undefined)
    const wait = rows.ensure(0, 1)
    rows.reset()
    answer({ total: 7, rows: [] })
    await wait
    expect(rows.total).toBe(0)
  })

  it('puts fresh rows in place of the old ones', async () => {
    const rows = new RowWindows(source(3), () => undefined)
    await rows.ensure(0, 2)
    expect(rows.replace([{ record: 1, values: ['新'] }])).toEqual([1])
    expect(rows.get(1)?.values).toEqual(['新'])
  })
})
