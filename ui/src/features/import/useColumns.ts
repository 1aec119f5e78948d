// The columns of the chosen sheet and what becomes of each; words to be kept for next time are gathered here too.
import { computed, ref } from 'vue'
import { call, type MappedColumn, type SeenColumn } from '@/bridge'
import { toastError } from '@/kit'
import { clash, fromSeen, waiting, type ColumnState } from './columnState'

/** A clerk's answer for one column. */
export interface ColumnAnswer {
  field: string | null
  title: string | null
  fresh?: boolean
  own?: string | null
}

export function useColumns() {
  const columns = ref<ColumnState[]>([])
  const words = new Map<string, string>()
  const each = (change: (column: ColumnState) => ColumnState) => (columns.value = columns.value.map(change))

  function see(seen: SeenColumn[]): void {
    columns.value = seen.map(fromSeen)
  }

  /** Settles one column; the word is kept for next time only when the import is applied. */
  function settle(letter: string, answer: ColumnAnswer, remember: boolean): void {
    each((column) => {
      if (column.seen.letter !== letter) return column
      const taught = answer.field !== column.seen.field || column.seen.confidence === 'ask'
      if (remember && answer.field && taught) words.set(column.seen.heading, answer.field)
      else words.delete(column.seen.heading)
      return { ...column, field: answer.field, title: answer.title, fresh: answer.fresh ?? false, own: answer.own ?? null, confirmed: true }
    })
  }

  /** In a new ledger a column without a known target becomes a column of its own. */
  function keepAsOwn(): void {
    each((column) => {
      const lost = !column.field && column.seen.heading !== '' && column.seen.confidence !== 'sure'
      return lost ? { ...column, fresh: true, confirmed: true } : column
    })
  }

  /** In a ledger that exists there are no columns of one's own: they are asked about again. */
  function giveUpOwn(): void {
    each((column) => (column.fresh ? { ...column, fresh: false, confirmed: false } : column))
  }

  /** Takes the better guesses for columns that nobody has settled yet. */
  function seeAgain(seen: SeenColumn[]): void {
    const known = new Map(seen.map((one) => [one.letter, one]))
    each((column) => {
      const again = known.get(column.seen.letter)
      return again && !column.confirmed && again.heading === column.seen.heading ? fromSeen(again) : column
    })
  }

  /** Takes the columns of other header rows; the core then says only where each would go. */
  function seeMapped(mapping: MappedColumn[]): void {
    const titles = new Map(columns.value.map((column) => [column.field, column.title]))
    columns.value = mapping.map((one) => {
      const before = columns.value.find((column) => column.seen.letter === one.letter)
      return before?.seen.heading === one.heading ? before : fromSeen(seenFrom(one, titles))
    })
  }

  /** Gives fresh columns the fields that the new ledger made for them. */
  function adopt(made: { field: string; title: string }[]): void {
    each((column) => {
      if (!column.fresh) return column
      const last = column.seen.levels[column.seen.levels.length - 1] ?? column.seen.heading
      const own = made.find((one) => one.title === last || one.title === column.seen.heading)
      return { ...column, fresh: false, field: own?.field ?? null, title: own?.title ?? null }
    })
  }

  async function teach(): Promise<void> {
    for (const [heading, field] of words) await call('dictionary.remember', { heading, field }).catch(toastError)
    words.clear()
  }

  function forget(): void {
    columns.value = []
    words.clear()
  }

  const asks = computed(() => waiting(columns.value).length)
  const twice = computed(() => clash(columns.value))
  return { columns, asks, twice, see, settle, keepAsOwn, giveUpOwn, seeAgain, seeMapped, adopt, teach, forget }
}

function seenFrom(one: MappedColumn, titles: Map<string | null, string | null>): SeenColumn {
  const levels = one.heading.split('/')
  const title = one.field ? (titles.get(one.field) ?? levels[levels.length - 1] ?? '') : null
  return {
    letter: one.letter, heading: one.heading, levels, field: one.field, title,
    how: 'none', confidence: one.field ? 'sure' : 'ask', reasons: [], samples: [], choices: [],
  }
}
