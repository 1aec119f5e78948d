// What the program noticed while it read a sheet, in sentences for the clerk. Pure.
import type { InspectedSheet } from '@/bridge'

/** The most numbers that are read out one by one. */
const NAMED = 6

/** "第 6、7、12 行", or how many when there are many. */
export function rowsNamed(rows: number[]): string {
  return rows.length > NAMED ? `第 ${rows.slice(0, NAMED).join('、')} 行等 ${rows.length} 行` : `第 ${rows.join('、')} 行`
}

/** Hidden parts, twin halves and rows that are no data: each one sentence, only where there is something. */
export function noticed(sheet: InspectedSheet): string[] {
  const facts: string[] = []
  const hidden = [
    ...(sheet.hidden_rows.length ? [rowsNamed(sheet.hidden_rows)] : []),
    ...(sheet.hidden_columns.length ? [` ${sheet.hidden_columns.join('、')} 列`] : []),
  ]
  if (hidden.length) facts.push(`${hidden.join('和').trim()}在原表里是隐藏的，也一起导入。`)
  if (sheet.blocks.length > 1) {
    const halves = sheet.blocks.map(([first, last]) => `${first}–${last}`).join('、')
    facts.push(`${halves} ${sheet.blocks.length === 2 ? '两半' : `${sheet.blocks.length} 块`}接起来读。`)
  }
  if (sheet.skipped_rows.length) facts.push(`${rowsNamed(sheet.skipped_rows)}是重复的表头、小计或小标题，不当作名单。`)
  return facts
}

/** Files of a folder that could not be read as forms: named, so that nobody misses a person. */
export function unread(files: string[]): string[] {
  if (!files.length) return []
  const named = files.slice(0, NAMED).map((file) => `“${file}”`).join('')
  const rest = files.length > NAMED ? `等 ${files.length} 个文件` : ''
  return [`文件夹里的${named}${rest}不是一人一表，没有读。`]
}

/** Hidden sheets that stay behind: they are named, so that nobody overlooks a list in one of them. */
export function leftBehind(sheets: InspectedSheet[], read: string[]): string[] {
  const hidden = sheets.filter((sheet) => sheet.hidden && !read.includes(sheet.name))
  const named = (some: InspectedSheet[]) => some.map((sheet) => `“${sheet.name}”`).join('')
  const lists = hidden.filter((sheet) => sheet.columns.length > 0)
  const others = hidden.filter((sheet) => sheet.columns.length === 0)
  return [
    ...(lists.length ? [`隐藏的表${named(lists)}这次不导，要导请按“换一张”。`] : []),
    ...(others.length ? [`隐藏的表${named(others)}里没有名单。`] : []),
  ]
}
