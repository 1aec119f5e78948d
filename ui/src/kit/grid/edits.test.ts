// What a paste, a fill and a Delete change, and what they leave alone.
import { describe, expect, it } from 'vitest'
import { clear, fill, leftOut, paste, type Cells } from './edits'
import type { GridColumn } from './types'

const column = (field: string, more: Partial<GridColumn> = {}): GridColumn => ({
  field,
  title: field,
  kind: 'text',
  width: 80,
  computed: false,
  ...more,
})

function sheet(values: string[][], columns = [column('a'), column('b'), column('age', { computed: true })]): Cells {
  const rows = values.map((row, record) => ({ record, values: row }))
  return { columns, total: rows.length, row: (at) => rows[at] ?? null }
}

const cell = (row: number, columnAt: number) => ({ top: row, left: columnAt, bottom: row, right: columnAt })
const grid = () => sheet([['1', '2', '70'], ['3', '4', '71'], ['5', '6', '72']])

describe('paste', () => {
  it('spreads a table from the active cell', () => {
    expect(paste(grid(), cell(1, 0), [['x', 'y'], ['z', 'w']]).edits).toEqual([
      { record: 1, field: 'a', value: 'x' },
      { record: 1, field: 'b', value: 'y' },
      { record: 2, field: 'a', value: 'z' },
      { record: 2, field: 'b', value: 'w' },
    ])
  })
  it('fills the whole selection with a single value', () => {
    const batch = paste(grid(), { top: 0, left: 0, bottom: 2, right: 1 }, [['x']])
    expect(batch.edits).toHaveLength(6)
  })
  it('skips computed cells and tells how many', () => {
    const batch = paste(grid(), cell(0, 1), [['x', '99']])
    expect(batch.edits).toEqual([{ record: 0, field: 'b', value: 'x' }])
    expect(leftOut(batch)).toBe('1 格是自动算的，没有改。')
  })
  it('keeps rows that run past the end for the clerk to decide', () => {
    const batch = paste(grid(), cell(2, 0), [['x', 'y'], ['新', '人'], ['', '']])
    expect(batch.edits).toHaveLength(2)
    expect(batch.beyond).toEqual([{ a: '新', b: '人' }])
  })
  it('never stores a masked number', () => {
    const masked = sheet([['', '', '']], [column('id', { sensitive: true }), column('b')])
    const batch = paste(masked, cell(0, 0), [['990102********2428', 'b']])
    expect(batch.masked).toBe(1)
    expect(batch.edits).toEqual([{ record: 0, field: 'b', value: 'b' }])
  })
  it('leaves equal cells alone', () => expect(paste(grid(), cell(0, 0), [['1']]).edits).toEqual([]))
})

describe('fill', () => {
  it('repeats the source rows downwards', () => {
    const batch = fill(grid(), { top: 0, left: 0, bottom: 0, right: 1 }, { top: 0, left: 0, bottom: 2, right: 1 })
    expect(batch.edits.map((edit) => edit.value)).toEqual(['1', '2', '1', '2'])
  })
  it('keeps the pattern when it is pulled upwards', () => {
    const batch = fill(grid(), { top: 1, left: 0, bottom: 2, right: 0 }, { top: 0, left: 0, bottom: 2, right: 0 })
    expect(batch.edits).toEqual([{ record: 0, field: 'a', value: '5' }])
  })
})

describe('clear', () => {
  it('empties what is filled and not computed', () => {
    const batch = clear(grid(), { top: 0, left: 0, bottom: 0, right: 2 })
    expect(batch.edits).toEqual([
      { record: 0, field: 'a', value: '' },
      { record: 0, field: 'b', value: '' },
    ])
    expect(batch.computed).toBe(1)
  })
})
