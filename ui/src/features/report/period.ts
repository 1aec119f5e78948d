// Which days a report is about: chips for a stretch of days, chips for one day, and their words.
import { day } from '@/kit'

export type Stretch = 'month' | 'last_month' | 'quarter' | 'year' | 'own'
export type Moment = 'today' | 'last_month' | 'last_year' | 'own'

export interface Days {
  from: string
  to: string
}

export const stretches: { value: Stretch; label: string }[] = [
  { value: 'month', label: '本月' }, { value: 'last_month', label: '上月' }, { value: 'quarter', label: '本季' },
  { value: 'year', label: '今年' }, { value: 'own', label: '自定' },
]
export const moments: { value: Moment; label: string }[] = [
  { value: 'today', label: '今天' }, { value: 'last_month', label: '上月底' }, { value: 'last_year', label: '去年底' }, { value: 'own', label: '自定' },
]

const pad = (number: number) => String(number).padStart(2, '0')
const iso = (year: number, month: number, dayOf: number) => `${year}-${pad(month)}-${pad(dayOf)}`

function split(date: string): [number, number] {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return [year, month]
}

/** The last day of the month before the one of `today`. */
function endOfLastMonth(today: string): string {
  const [year, month] = split(today)
  const last = new Date(Date.UTC(year, month - 1, 0))
  return iso(last.getUTCFullYear(), last.getUTCMonth() + 1, last.getUTCDate())
}

/** The days of a stretch; one that is still running ends today. */
export function daysOf(stretch: Exclude<Stretch, 'own'>, today: string): Days {
  const [year, month] = split(today)
  if (stretch === 'last_month') {
    const to = endOfLastMonth(today)
    return { from: `${to.slice(0, 8)}01`, to }
  }
  const first = { month, quarter: month - ((month - 1) % 3), year: 1 }[stretch]
  return { from: iso(year, first, 1), to: today }
}

export function dayOf(moment: Exclude<Moment, 'own'>, today: string): string {
  if (moment === 'today') return today
  return moment === 'last_month' ? endOfLastMonth(today) : iso(split(today)[0] - 1, 12, 31)
}

/** "11月1日至11月21日"; a year that is not this year is said. */
export function stretchWords({ from, to }: Days, today: string): string {
  return `${day(from, today)}至${day(to, today)}`
}
