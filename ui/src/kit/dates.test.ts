// Dates in clerks' words.
import { expect, test } from 'vitest'
import { day, daysAgo, moment, readDay, weekday } from './dates'

test('days, weekdays and moments', () => {
  expect(day('2026-11-21', '2026-11-21')).toBe('11月21日')
  expect(day('2025-03-02', '2026-11-21')).toBe('2025年3月2日')
  expect(weekday('2026-11-21')).toBe('周六')
  expect(day('', '') + weekday('')).toBe('')
  expect(daysAgo('2026-10-31', '2026-11-01')).toBe(1)
  expect(moment('2026-11-20T16:05:00+08:00', '2026-11-21')).toBe('昨天 16:05')
})

test.each([
  ['2026-11-3', '2026-11-03'], ['20261103', '2026-11-03'], ['2026年11月3日', '2026-11-03'], ['11月3日', '2026-11-03'], ['11.3', '2026-11-03'],
  ['１１-３', '2026-11-03'], ['今天', '2026-11-21'], ['2026-02-30', null], ['11-31', null], ['上周', null], ['', null], ['2026', null],
])('%s is read as %s', (text, read) => {
  expect(readDay(text, '2026-11-21')).toBe(read)
})
