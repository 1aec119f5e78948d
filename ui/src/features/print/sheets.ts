// Counting paper.
import type { PrintChoices } from '@/bridge'

/** Sheets of paper that pages first to last take in so many copies. */
export function sheetsOf([first, last]: [number, number], copies: number, sides: PrintChoices['sides']): number {
  const pages = last - first + 1
  return copies * (sides === 'one' ? pages : Math.ceil(pages / 2))
}

/** The whole number typed, or null where it is none or out of bounds. */
export function whole(typed: string, least: number, most: number): number | null {
  const plain = typed.normalize('NFKC').trim()
  if (!/^\d{1,6}$/.test(plain)) return null
  const number = Number(plain)
  return number >= least && number <= most ? number : null
}
