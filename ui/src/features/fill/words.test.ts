// Which columns lack something, and how it is said.
import { expect, test } from 'vitest'
import type { FillColumn, FormColumn } from '@/bridge'
import { lacking, month, percent, remark } from './words'

const column = (letter: string, more: Partial<FillColumn> = {}): FillColumn => ({ letter, heading: letter, field: 'f', filled: 10, gaps: 0, stale: 0, stale_since: null, source: '居民台账', choice: 'ask', why: null, ...more })
const form = (letter: string, more: Partial<FormColumn> = {}): FormColumn => ({ letter, heading: letter, levels: [letter], field: 'f', title: letter, confidence: 'sure', choices: [], serial: false, formula: false, manner: '', options: [], ...more })

test('columns lack something by their cells, and stay once they were decided about', () => {
  const columns = [column('A', { filled: 0 }), column('B'), column('C', { gaps: 3 }), column('D', { filled: 0, choice: 'blank' }), column('E', { filled: 0, gaps: 9 }), column('F', { gaps: 0, filled: 4 })]
  const forms = [form('A', { serial: true }), form('B'), form('C'), form('D'), form('E', { formula: true }), form('F')]
  const letters = (decided: [string, 'none'][]) => lacking(columns, forms, new Map(decided)).map((each) => each.letter)
  expect(letters([])).toEqual(['C', 'D'])
  expect(letters([['F', 'none']])).toEqual(['C', 'D', 'F'])
})

test('a full column of a list with names given lacks nothing', () => {
  expect(lacking([column('B', { filled: 0, gaps: 0 })], [form('B')], new Map())).toEqual([])
})

test('remarks name the month of what is old, else the reason', () => {
  expect(remark(column('A', { stale: 22, stale_since: '2024-08-11', why: '来表没写要填什么' }))).toBe('22 人是 2024年8月的数据')
  expect(remark(column('A', { why: '来表没写要填什么' }))).toBe('来表没写要填什么')
  expect(month(null)).toBe('')
})

test('only all of it is a hundred', () => {
  expect([percent(0.999), percent(1), percent(0.29), percent(0)]).toEqual([99, 100, 29, 0])
})
