// Rows held in windows of 200, fetched when they come into view; the least recently used are let go.
import type { FetchRows, GridRow } from './types'

/** Rows per fetched window. */
export const WINDOW = 200

/** The rows of one view of a ledger, as far as they have been seen. */
export class RowWindows {
  total = 0
  private readonly pages = new Map<number, GridRow[]>()
  private readonly loading = new Map<number, Promise<void>>()
  private generation = 0

  constructor(
    private fetchRows: FetchRows,
    private readonly arrived: (from: number, to: number) => void,
    private readonly kept = 60,
  ) {}

  /** The row at `index`, or null while its window is not here. */
  get(index: number): GridRow | null {
    return this.pages.get(Math.floor(index / WINDOW))?.[index % WINDOW] ?? null
  }

  /** Fetches what `from..=to` still lacks and resolves when all of it is here. */
  async ensure(from: number, to: number): Promise<void> {
    const waits: Promise<void>[] = []
    for (let page = Math.floor(Math.max(0, from) / WINDOW); page * WINDOW <= to; page++) {
      const held = this.pages.get(page)
      if (held) this.touch(page, held)
      else waits.push(this.load(page))
    }
    await Promise.all(waits)
  }

  /** Says whether every row of `from..=to` is here. */
  has(from: number, to: number): boolean {
    for (let page = Math.floor(from / WINDOW); page * WINDOW <= to; page++) if (!this.pages.has(page)) return false
    return true
  }

  /** Puts fresh versions of rows in place of the ones with the same record; returns their indexes. */
  replace(rows: GridRow[]): number[] {
    const fresh = new Map(rows.map((row) => [row.record, row]))
    const touched: number[] = []
    for (const [page, held] of this.pages) {
      held.forEach((row, at) => {
        const next = fresh.get(row.record)
        if (!next) return
        held[at] = next
        touched.push(page * WINDOW + at)
      })
    }
    return touched
  }

  /** Visits every row that is here. */
  each(visit: (row: GridRow) => void): void {
    for (const held of this.pages.values()) held.forEach(visit)
  }

  /** Forgets every row and, when given, fetches from another source from now on. */
  reset(fetchRows?: FetchRows): void {
    if (fetchRows) this.fetchRows = fetchRows
    this.generation++
    this.pages.clear()
    this.loading.clear()
  }

  /** Fetches the windows in view again without emptying the sheet meanwhile. */
  async refresh(from: number, to: number): Promise<void> {
    this.generation++
    this.loading.clear()
    const first = Math.floor(Math.max(0, from) / WINDOW)
    const last = Math.floor(Math.max(0, to) / WINDOW)
    for (const page of [...this.pages.keys()]) if (page < first || page > last) this.pages.delete(page)
    const waits: Promise<void>[] = []
    for (let page = first; page <= last; page++) waits.push(this.load(page))
    await Promise.all(waits)
  }

  private load(page: number): Promise<void> {
    const running = this.loading.get(page)
    if (running) return running
    const generation = this.generation
    const wait = this.fetchRows(page * WINDOW, WINDOW)
      .then((reply) => {
        if (generation !== this.generation) return
        this.total = reply.total
        this.touch(page, reply.rows)
        this.arrived(page * WINDOW, page * WINDOW + reply.rows.length - 1)
      })
      .finally(() => {
        if (generation === this.generation) this.loading.delete(page)
      })
    this.loading.set(page, wait)
    return wait
  }

  private touch(page: number, rows: GridRow[]): void {
    this.pages.delete(page)
    this.pages.set(page, rows)
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= this.kept) break
      this.pages.delete(oldest)
    }
  }
}
