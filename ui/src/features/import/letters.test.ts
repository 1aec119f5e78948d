// Letters of columns, and the halves of twin tables.
import { expect, test } from 'vitest'
import { fromSeen } from './columnState'
import { columnAt, homeOf, shiftOf } from './letters'
import { grouped } from './useProblems'

const twins: [string, string][] = [['A', 'D'], ['F', 'I']]

test('letters are numbers', () => {
  expect(['A', 'I', 'Z', 'AA', 'BC'].map(columnAt)).toEqual([0, 8, 25, 26, 54])
})

test('the right half of a twin table means the left one', () => {
  expect([homeOf('C', twins), homeOf('H', twins), homeOf('E', twins), homeOf('H', [])]).toEqual(['C', 'C', 'E', 'H'])
  expect([shiftOf('C', twins), shiftOf('H', twins)]).toEqual([0, 5])
})

test('problems of both halves are one kind', () => {
  const column = fromSeen({ letter: 'C', heading: '电话', levels: [], field: 'person.phone', title: '手机号', how: 'alias', confidence: 'sure', reasons: [], samples: [], choices: [] })
  const problem = (letter: string) => ({ row: 5, column: letter, sheet: null, code: 'phone_invalid', message: '', value: null })
  const groups = grouped([problem('C'), problem('H')], [column], twins)
  expect(groups.map((group) => [group.title, group.problems.length])).toEqual([['手机号：位数不对', 2]])
})
