// What the paper warns of, and on which pages.
import type { ReportWarning } from '@/bridge'

/** Pages that a warning names, in order. */
export function pagesOf({ where }: ReportWarning): number[] {
  if (/^\d+$/.test(where)) return [Number(where)]
  return [...where.matchAll(/第\s*(\d+(?:\s*[、,，]\s*\d+)*)\s*页/g)].flatMap((found) => (found[1] ?? '').split(/\D+/).map(Number))
}

export interface RareGlyph {
  glyph: string
  /** Where it stands, such as "第 12 行“姓名”", without the pages. */
  places: string[]
  pages: number[]
}

const page = /\s*第\s*\d+(?:\s*[、,，]\s*\d+)*\s*页|^\d+$/g

/** Characters without a shape in any font. They are told together: there is one thing to do about all of them. */
export function rareGlyphs(warnings: ReportWarning[]): RareGlyph[] {
  const found = new Map<string, RareGlyph>()
  for (const each of warnings.filter(({ kind }) => kind === 'missing_glyph')) {
    const place = each.where.replace(page, '').replace(/^[，,、\s]+|[，,、\s]+$/g, '')
    const known = found.get(each.text) ?? { glyph: each.text, places: [], pages: [] }
    found.set(each.text, { glyph: each.text, places: place ? [...known.places, place] : known.places, pages: [...new Set([...known.pages, ...pagesOf(each)])] })
  }
  return [...found.values()]
}

/** Any other warning as a sentence. The core says what and where; how it matters is said here. */
export function sentence({ kind, text, where }: ReportWarning): string {
  if (kind === 'empty') return `${where}：${text}。`
  if (kind === 'columns_tight') return `${text}排在一页宽里，有的格子要换行。`
  if (kind === 'columns_cut') return `${text}太多，一页放不下，有的格子印不全。换 A3，或者少选几栏。`
  if (kind === 'sheet_a3') return `${text}在 A4 上放不下，排成了 A3 的纸。打印机里要有 A3 纸。`
  return /[。？！]$/.test(text) ? text : `${text}。`
}

export function pagesNamed(warnings: ReportWarning[]): number[] {
  return [...new Set(warnings.flatMap(pagesOf))].sort((a, b) => a - b)
}
