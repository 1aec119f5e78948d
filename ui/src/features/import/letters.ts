// Letters of columns as numbers, and where a column of the right half of a twin table has its like on the left.
import { letter } from '@/kit/grid'

/** "A" is 0, "AA" is 26. */
export function columnAt(letters: string): number {
  return [...letters].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1
}

/** How many columns right of its like in the first block a column stands; 0 in an ordinary table. */
export function shiftOf(letters: string, blocks: [string, string][]): number {
  const at = columnAt(letters)
  const home = blocks.find(([first, last]) => columnAt(first) <= at && at <= columnAt(last))
  return home && blocks[0] ? columnAt(home[0]) - columnAt(blocks[0][0]) : 0
}

/** The column of the first block that a column of any block means. */
export function homeOf(letters: string, blocks: [string, string][]): string {
  return letter(columnAt(letters) - shiftOf(letters, blocks))
}
