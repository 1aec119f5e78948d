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

/** A day as clerks type it ("2026-11-21", "20261121", "11月21日", "今天") in the core's form, or null. */
export function readDay(text: string, today: string): string | null {
  const clean = text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  if (clean === '今天') return today || null
  const whole = /^(\d{4})(?:[-./年]\s*(\d{1,2})[-./月]\s*(\d{1,2})日?|(\d{2})(\d{2}))$/.exec(clean)
  const short = /^(\d{1,2})[-./月]\s*(\d{1,2})日?$/.exec(clean)
  const [year, month, dayOf] = whole
    ? [whole[1], whole[2] ?? whole[4], whole[3] ?? whole[5]].map(Number)
    : short ? [parts(today)[0], Number(short[1]), Number(short[2])] : []
  if (!year || !month || !dayOf) return null
  const at = new Date(Date.UTC(year, month - 1, dayOf))
  // The 31st of a short month would silently become the 1st of the next.
  if (at.getUTCMonth() + 1 !== month || at.getUTCDate() !== dayOf) return null
  return at.toISOString().slice(0, 10)
}
