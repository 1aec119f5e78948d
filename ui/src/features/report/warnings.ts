// What the paper warns of, and on which pages.
import type { ReportWarning } from '@/bridge'

/** Pages that a warning names, in order. */
export function pagesOf({ where }: ReportWarning): number[] {
  if (/^\d+$/.test(where)) return [Number(where)]
  return [...where.matchAll(/第\s*(\d+(?:\s*[、,，]\s*\d+)*)\s*页/g)].flatMap((found) => (found[1] ?? '').split(/\D+/).map(Number))
}

export interface RareGlyph {
  glyph: string
  /** Whose name it stands in, or where else, without the page. */
  place: string
  pages: number[]
}

/** Characters without a shape in any font. They are told together: there is one thing to do about all of them. */
export function rareGlyphs(warnings: ReportWarning[]): RareGlyph[] {
  return warnings
    .filter((each) => each.kind === 'missing_glyph')
    .map((each) => ({ glyph: each.text, place: each.where.replace(/[，,、]?\s*第?\s*[\d、,，\s]+页|^\d+$/g, '').trim(), pages: pagesOf(each) }))
}

/** Any other warning as a sentence. The core says what and where; how it matters is said here. */
export function sentence({ kind, text, where }: ReportWarning): string {
  if (kind === 'empty') return `${where}：${text}。`
  if (kind === 'columns_tight') return `${text}排在一页宽里，有的格子要换行。`
  if (kind === 'columns_cut') return `${text}太多，一页放不下，有的格子印不全。`
  return text
}

export function pagesNamed(warnings: ReportWarning[]): number[] {
  return [...new Set(warnings.flatMap(pagesOf))].sort((a, b) => a - b)
}
