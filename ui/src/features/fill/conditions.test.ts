// Whom a form is for: chips become one condition and come back from one.
import { expect, test } from 'vitest'
import { buildings, chipsFrom, chipsOf, joined } from './conditions'

const chip = (text: string, where: string, from = '') => ({ text, where, from })

test('chips are joined; an alternative among others stands in brackets', () => {
  expect(joined([])).toBe('')
  expect(joined([chip('a', 'age>=60 or disability')])).toBe('age>=60 or disability')
  expect(joined([chip('a', 'age>=60'), chip('b', 'disability or low_income')])).toBe('age>=60 and (disability or low_income)')
})

test('a condition that no chip explains is shown all the same', () => {
  const said = [chip('60周岁以上', 'age >= 60', '表名')]
  expect(chipsOf({ where: 'age >= 60' }, said)).toEqual(said)
  expect(chipsOf({ where: 'party_member' }, [])).toEqual([chip('party_member', 'party_member')])
  expect(chipsOf({ where: '' }, [])).toEqual([])
})

test('buildings are written as clerks write them', () => {
  expect(buildings('3、5号楼，9')).toEqual(chip('3号楼、5号楼、9号楼', 'building in (3号楼,5号楼,9号楼)'))
  expect(buildings('12')?.where).toBe('building=12号楼')
  expect(buildings(' 、 ')).toBeNull()
})

test('a kept condition is read back in words, with or without blanks', () => {
  const known = [{ value: 'ledger:disabled', label: '残疾人台账' }]
  expect(chipsFrom('age >= 80 and ledger:disabled and grid=2', known).map((each) => each.text)).toEqual(['80周岁以上', '残疾人台账', 'grid=2'])
  expect(joined(chipsFrom('age >= 80 and ledger:disabled', known))).toBe('age >= 80 and ledger:disabled')
  expect(chipsFrom('', known)).toEqual([])
})
