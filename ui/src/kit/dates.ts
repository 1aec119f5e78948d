// Dates in the words of clerks. Input is the core's form, "2026-11-21" or with a time behind it.
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

function parts(date: string): [number, number, number] {
  const [year = 0, month = 1, dayOf = 1] = date.slice(0, 10).split('-').map(Number)
  return [year, month, dayOf]
}

/** "11月21日", with the year when it is not `today`'s; nothing for no day. */
export function day(date: string, today = ''): string {
  if (!date) return ''
  const [year, month, dayOf] = parts(date)
  const short = `${month}月${dayOf}日`
  return today && parts(today)[0] === year ? short : `${year}年${short}`
}

/** "周六"; nothing for no day. */
export function weekday(date: string): string {
  if (!date) return ''
  const [year, month, dayOf] = parts(date)
  return weekdays[new Date(year, month - 1, dayOf).getDay()] ?? ''
}

/** Whole days from `date` to `today`. */
export function daysAgo(date: string, today: string): number {
  const [a, b] = [parts(date), parts(today)].map(([year, month, dayOf]) => Date.UTC(year, month - 1, dayOf))
  return Math.round(((b ?? 0) - (a ?? 0)) / 86_400_000)
}

/** "今天 09:30", "昨天 16:05", "11月3日 09:30". */
export function moment(at: string, today: string): string {
  const ago = daysAgo(at, today)
  const when = ago === 0 ? '今天' : ago === 1 ? '昨天' : day(at, today)
  return `${when} ${at.slice(11, 16)}`
}
