// Dates in clerks' words.
import { expect, test } from 'vitest'
import { day, daysAgo, moment, weekday } from './dates'

test('days, weekdays and moments', () => {
  expect(day('2026-11-21', '2026-11-21')).toBe('11月21日')
  expect(day('2025-03-02', '2026-11-21')).toBe('2025年3月2日')
  expect(weekday('2026-11-21')).toBe('周六')
  expect(day('', '') + weekday('')).toBe('')
  expect(daysAgo('2026-10-31', '2026-11-01')).toBe(1)
  expect(moment('2026-11-20T16:05:00+08:00', '2026-11-21')).toBe('昨天 16:05')
})
