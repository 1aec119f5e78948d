// Where a value came from, in words: file · sheet · cell · sender · day. Pure.
import type { CardSource } from '@/bridge'
import { day } from '@/kit'

/** The parts of a source after the file: sheet, cell and who sent it; each only where it is known. */
export function sourceParts(source: CardSource): string[] {
  return [source.sheet ?? '', source.cell ?? '', source.sender ?? ''].filter(Boolean)
}

/** The whole source in one line; what a clerk typed names the clerk. */
export function sourceLine(source: CardSource, today: string): string {
  const from = source.file ? [source.file, ...sourceParts(source)] : [source.clerk || source.label]
  return [...from, day(source.on, today)].join(' · ')
}
