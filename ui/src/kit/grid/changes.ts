// Changing cells: shows an edit at once, hands it to the page and then shows what the store made of it. Copying and
// pasting live here too. What exactly changes is worked out in `edits.ts`.
import { clear, fill, leftOut, paste, single, type Batch, type Cells } from './edits'
import { span } from './range'
import { parseTsv, toHtml, toTsv } from './tsv'
import { fullTitle, type Cell, type CellEdit, type EditReply, type GridRow, type Range } from './types'
import type { RowWindows } from './windows'

/** The most rows one copy takes along. */
export const COPY_LIMIT = 10_000

/** What changing needs from the sheet. */
export interface Changed extends Cells {
  rows: RowWindows
  range: Range | null
  change(edits: CellEdit[]): Promise<EditReply>
  said(text: string, tone: 'info' | 'warning'): void
  beyond(rows: Record<string, string>[]): void
  repaint(): void
  extendTo(cell: Cell): void
}

/** The changes of one sheet. */
export class Changes {
  constructor(private readonly sheet: Changed) {}

  /** Stores one typed value. */
  commit(at: Cell, value: string): void {
    void this.apply(() => single(this.sheet, at.row, at.column, value), span(at, at))
  }

  /** Empties the selection. */
  clear(range: Range): void {
    void this.apply(() => clear(this.sheet, range), range)
  }

  /** Repeats `from` over `to`. */
  fill(from: Range, to: Range): void {
    void this.apply(() => fill(this.sheet, from, to), to)
  }

  /** The last row below a range down to which all its columns are empty. */
  async emptyBelow(range: Range): Promise<number> {
    let row = range.bottom + 1
    for (; row < this.sheet.total; row++) {
      if (!this.sheet.row(row)) await this.sheet.rows.ensure(row, row)
      const values = this.sheet.row(row)?.values ?? []
      if (values.slice(range.left, range.right + 1).some((value) => (value ?? '') !== '')) break
    }
    return row - 1
  }

  /** Ctrl+D and Ctrl+R: the first row or column repeats; a lone one takes its neighbour's. */
  fillFrom(range: Range, side: 'top' | 'left'): void {
    if (side === 'top') {
      const top = range.top === range.bottom ? range.top - 1 : range.top
      if (top >= 0) this.fill({ ...range, top, bottom: top }, { ...range, top })
    } else {
      const left = range.left === range.right ? range.left - 1 : range.left
      if (left >= 0) this.fill({ ...range, left, right: left }, { ...range, left })
    }
  }

  /** Spreads clipboard text from the top left of the selection. */
  pasted(text: string): void {
    const range = this.sheet.range
    if (!range) return
    const table = parseTsv(text)
    const width = Math.max(...table.map((row) => row.length))
    const bottom = Math.min(this.sheet.total - 1, Math.max(range.bottom, range.top + table.length - 1))
    void this.apply(() => paste(this.sheet, range, table), { ...range, bottom })
    const right = Math.max(range.right, range.left + width - 1)
    if (bottom > range.bottom || right > range.right) this.sheet.extendTo({ row: bottom, column: right })
  }

  /** The selection as text and as HTML; null with a word to the clerk when it cannot be copied now. */
  copied(cut: boolean): { text: string; html: string } | null {
    const range = this.sheet.range
    if (!range) return null
    const count = range.bottom - range.top + 1
    if (count > COPY_LIMIT) {
      this.sheet.said(`一次最多复制 ${COPY_LIMIT} 行。要整本，请用“导出 Excel”。`, 'warning')
      return null
    }
    if (!this.sheet.rows.has(range.top, range.bottom)) {
      void this.sheet.rows.ensure(range.top, range.bottom).then(() => this.sheet.said('都取来了，请再按一次 Ctrl+C。', 'info'))
      return null
    }
    const table = this.table(range)
    if (cut) this.clear(range)
    else this.sheet.said(`已复制 ${count} 行，可以粘到 WPS 里。`, 'info')
    return { text: toTsv(table), html: toHtml(table) }
  }

  /** Sends a batch as one undo step. */
  private async apply(build: () => Batch, needed: Range): Promise<void> {
    const sheet = this.sheet
    if (!sheet.rows.has(needed.top, needed.bottom)) {
      sheet.said(`正在取这 ${needed.bottom - needed.top + 1} 行……`, 'info')
      await sheet.rows.ensure(needed.top, needed.bottom)
    }
    const batch = build()
    const note = leftOut(batch)
    if (note) sheet.said(note, 'info')
    if (batch.beyond.length) sheet.beyond(batch.beyond)
    if (!batch.edits.length) return
    const before = this.foresee(batch.edits)
    try {
      const reply = await sheet.change(batch.edits)
      sheet.rows.replace(reply.rows)
      this.refuse(reply.refused)
    } catch {
      // The page has already shown the error; the sheet goes back to what is stored.
      sheet.rows.replace(before)
    }
    sheet.repaint()
  }

  /** Shows edits before the store has answered; returns the rows as they were. */
  private foresee(edits: CellEdit[]): GridRow[] {
    const columns = new Map(this.sheet.columns.map((column, index) => [column.field, index]))
    const held = this.held(new Set(edits.map((edit) => edit.record)))
    const after = new Map<number, GridRow>()
    for (const edit of edits) {
      const row = after.get(edit.record) ?? held.get(edit.record)
      const column = columns.get(edit.field)
      if (!row || column === undefined) continue
      const values = row.values.slice()
      values[column] = edit.value
      after.set(edit.record, { ...row, values })
    }
    this.sheet.rows.replace([...after.values()])
    this.sheet.repaint()
    return [...held.values()]
  }

  /** Marks what the store would not take and says why. */
  private refuse(refused: EditReply['refused']): void {
    if (!refused.length) return
    const held = this.held(new Set(refused.map((each) => each.record)))
    for (const each of refused) {
      const row = held.get(each.record)
      const column = this.sheet.columns.findIndex((one) => one.field === each.field)
      if (!row || column < 0) continue
      const others = (row.marks ?? []).filter((mark) => mark.column !== column)
      held.set(each.record, { ...row, marks: [...others, { column, kind: 'problem', note: each.message }] })
    }
    this.sheet.rows.replace([...held.values()])
    const first = refused[0]
    if (!first) return
    const column = this.sheet.columns.find((one) => one.field === first.field)
    const count = refused.length > 1 ? `${refused.length} 格` : ''
    this.sheet.said(`${count}没有改：${column ? fullTitle(column) : ''} ${first.message}`, 'warning')
  }

  private held(records: Set<number>): Map<number, GridRow> {
    const found = new Map<number, GridRow>()
    this.sheet.rows.each((row) => {
      if (records.has(row.record)) found.set(row.record, row)
    })
    return found
  }

  private table(range: Range): string[][] {
    const table: string[][] = []
    for (let row = range.top; row <= range.bottom; row++) {
      const values = this.sheet.row(row)?.values ?? []
      table.push(values.slice(range.left, range.right + 1).map((value) => value ?? ''))
    }
    return table
  }
}
