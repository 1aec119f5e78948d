// Where a value came from, in one line.
import { expect, test } from 'vitest'
import { sourceLine } from './source'

const base = { op: 6, label: '导入', clerk: '许文静', on: '2026-11-18' }

test('names file, sheet, cell, sender and day', () => {
  const source = { ...base, file: '残联名单.xlsx', sheet: 'Sheet1', cell: 'D12', sender: '街道残联' }
  expect(sourceLine(source, '2026-11-21')).toBe('残联名单.xlsx · Sheet1 · D12 · 街道残联 · 11月18日')
})

test('leaves out what is not known, and names the clerk of what was typed', () => {
  expect(sourceLine({ ...base, file: '残联名单.xlsx' }, '2026-11-21')).toBe('残联名单.xlsx · 11月18日')
  expect(sourceLine(base, '2027-01-02')).toBe('许文静 · 2026年11月18日')
  expect(sourceLine({ ...base, clerk: '', label: '9月走访' }, '2026-11-21')).toBe('9月走访 · 11月18日')
})
