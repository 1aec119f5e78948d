// One sheet on the screen: SlickGrid draws the rows, this class keeps what is active and selected and passes what keys,
// mouse and clipboard ask to `walk.ts` and `changes.ts`. How edits are stored is the page's business.
import { SlickGrid } from 'slickgrid'
import { Changes, COPY_LIMIT } from './changes'
import { slickColumns, type Sort } from './columns'
import type { Command } from './keys'
import { Overtype, type Place } from './overtype'
import { FROZEN, GUTTER, SelectionPaint } from './paint'
import { watchPointer } from './pointer'
import { clamp, span } from './range'
import { sumUp } from './sums'
import { fullTitle, type Cell, type CellEdit, type EditReply, type FetchRows, type GridColumn, type GridRow, type Range, type Sums } from './types'
import { Walk } from './walk'
import { RowWindows } from './windows'

/** What the page tells and hears of its sheet. */
export interface SheetOptions {
  columns: GridColumn[]
  fetchRows: FetchRows
  label: string
  scale: number
  sort: Sort | null
  today: string
  /** Whether Enter goes down, or to the next cell that waits for its value. */
  enter: 'below' | 'gap'
  change(edits: CellEdit[]): Promise<EditReply>
  reveal(row: GridRow, column: GridColumn): Promise<string | null>
  said(text: string, tone: 'info' | 'warning'): void
  moved(row: GridRow | null, cell: Cell | null, range: Range | null): void
  summed(sums: Sums | null): void
  typing(value: string, active: boolean): void
  counted(total: number): void
  undo(): void
  redo(): void
  open(row: GridRow): void
  sorted(field: string): void
  beyond(rows: Record<string, string>[]): void
  /** Opens, steps through or closes the list of choices; says whether it took the command. */
  choose(command: Command, column: GridColumn | null): boolean
}

const BLANK: GridRow = { record: -1, values: [] }

/** A sheet bound to one element. */
export class Sheet {
  readonly over: Overtype
  readonly paint: SelectionPaint
  readonly rows: RowWindows
  active: Cell | null = null
  far: Cell | null = null
  range: Range | null = null
  private readonly grid: SlickGrid
  private readonly walk = new Walk(this)
  private readonly changes = new Changes(this)
  private readonly stops: (() => void)[] = []
  private looking = 0

  constructor(
    readonly frame: HTMLElement,
    private options: SheetOptions,
  ) {
    this.rows = new RowWindows(options.fetchRows, (from, to) => this.arrived(from, to))
    this.grid = this.build()
    this.paint = new SelectionPaint(this.grid)
    this.over = new Overtype({
      place: () => this.place(),
      begin: () => this.mayEdit(),
      commit: (value) => this.active && this.changes.commit(this.active, value),
      run: (command) => this.run(command),
      copied: (cut) => this.changes.copied(cut),
      pasted: (text) => this.changes.pasted(text),
      typing: (value) => options.typing(value, this.over.mode !== 'idle'),
    })
    this.dress()
    this.listen()
  }

  get columns(): GridColumn[] {
    return this.options.columns
  }

  get total(): number {
    return this.rows.total
  }

  /** The row at an index, or null while it is not here. */
  row(index: number): GridRow | null {
    return this.rows.get(index)
  }

  /** Fetches rows that are not here yet. */
  ensure(from: number, to: number): Promise<void> {
    return this.rows.ensure(from, to)
  }

  /** The number of rows that fit on the screen. */
  pageRows(): number {
    return this.grid.getViewportRowCount()
  }

  change(edits: CellEdit[]): Promise<EditReply> {
    return this.options.change(edits)
  }

  said(text: string, tone: 'info' | 'warning'): void {
    this.options.said(text, tone)
  }

  beyond(rows: Record<string, string>[]): void {
    this.options.beyond(rows)
  }

  /** Fetches the first rows and puts the active cell into the first one. */
  async open(): Promise<void> {
    await this.rows.ensure(0, 40)
    this.grid.updateRowCount()
    this.grid.invalidate()
    if (this.total) this.moveTo({ row: 0, column: 0 })
    else this.leave()
  }

  /** Shows other rows (another filter, order or search). */
  async show(fetchRows: FetchRows, sort: Sort | null): Promise<void> {
    this.over.commit()
    this.options = { ...this.options, fetchRows, sort }
    this.rows.reset(fetchRows)
    this.grid.setColumns(slickColumns(this.columns, this.options.scale, sort))
    this.grid.scrollRowToTop(0)
    this.undressStops()
    await this.open()
  }

  /** Fetches what is on screen again, keeping place and selection. */
  async refresh(): Promise<void> {
    const view = this.grid.getRenderedRange()
    await this.rows.refresh(view.top, Math.min(view.bottom, Math.max(0, this.total - 1)))
    this.grid.updateRowCount()
    this.grid.invalidate()
    const gone = this.active && this.active.row >= this.total
    if (!this.total) this.leave()
    else if (!this.active || gone) this.moveTo(this.active ?? { row: 0, column: 0 })
    else this.tell()
  }

  /** Takes a new text size. */
  resize(scale: number): void {
    this.options = { ...this.options, scale }
    this.grid.setOptions({ rowHeight: rowHeight(scale) })
    this.grid.setColumns(slickColumns(this.columns, scale, this.options.sort))
    this.undressStops()
    this.grid.resizeCanvas()
    this.redraw()
  }

  /** Gives the keyboard to the sheet. */
  focus(): void {
    if (!this.active && this.total) this.moveTo({ row: 0, column: 0 })
    this.over.focus()
  }

  /** Makes a cell active; the selection shrinks to it. */
  moveTo(cell: Cell): void {
    this.select(cell, cell)
    if (this.active) this.scrollTo(this.active)
  }

  /** Stretches the selection from the active cell to another one. */
  extendTo(cell: Cell): void {
    if (!this.active) return
    this.select(this.active, cell)
    if (this.far) this.scrollTo(this.far)
  }

  /** Selects from one cell to another; the first one becomes active. */
  select(from: Cell, to: Cell): void {
    this.over.commit()
    this.active = clamp(from, this.total, this.columns.length)
    this.far = clamp(to, this.total, this.columns.length)
    this.range = span(this.active, this.far)
    this.redraw()
    this.tell()
  }

  /** Opens the card of the active row. */
  openRow(): void {
    const row = this.active && this.rows.get(this.active.row)
    if (row) this.options.open(row)
  }

  /** Opens the active cell with its present text; a masked number is fetched in full first. */
  async edit(): Promise<void> {
    const at = this.active
    const row = at && this.rows.get(at.row)
    const column = at && this.columns[at.column]
    if (!at || !row || !column || this.over.mode === 'edit') return
    if (this.over.mode === 'overtype') return this.over.start(this.over.box.value, 'edit')
    if (!this.mayEdit()) return
    let value: string | null = row.values[at.column] ?? ''
    if (column.sensitive && value.includes('*')) value = await this.options.reveal(row, column)
    if (this.active !== at) return
    if (value === null) return this.said('这一栏只看得到一部分，要改请直接输入完整的内容。', 'info')
    this.over.start(value, 'edit')
  }

  /** Draws the rows on screen again. */
  repaint(): void {
    const view = this.grid.getRenderedRange()
    const rows: number[] = []
    for (let at = view.top; at <= view.bottom; at++) rows.push(at)
    this.grid.invalidateRows(rows)
    this.grid.render()
    this.heads()
    this.sum()
  }

  destroy(): void {
    this.over.cancel()
    this.stops.forEach((stop) => stop())
    this.over.destroy()
    this.grid.destroy(true)
  }

  /** Carries out one command; false leaves the key to the window. */
  run(command: Command): boolean {
    const column = this.active ? (this.columns[this.active.column] ?? null) : null
    if (this.options.choose(command, column)) return true
    if (command.do === 'cancel' && this.over.mode === 'idle') return false
    if (command.do === 'down' && this.options.enter === 'gap') void this.nextGap()
    else if (!this.walk.run(command)) this.act(command.do)
    return true
  }

  private act(word: Command['do']): void {
    const range = this.range
    const active = this.active
    if (word === 'saved') return this.said('都已自动保存，不用再存。', 'info')
    if (word === 'undo') return this.options.undo()
    if (word === 'redo') return this.options.redo()
    if (word === 'leave') return leave(this.frame)
    if (!range || !active) return
    if (word === 'edit') void this.edit()
    else if (word === 'cancel') this.over.cancel()
    else if (word === 'newline') this.over.insert('\n')
    else if (word === 'erase' && this.mayEdit()) this.over.start('', 'overtype')
    else if (word === 'clear') this.changes.clear(range)
    else if (word === 'fillDown') this.changes.fillFrom(range, 'top')
    else if (word === 'fillRight') this.changes.fillFrom(range, 'left')
    else if (word === 'all') this.select({ row: 0, column: 0 }, this.corner())
    else if (word === 'row') this.selectRow(active.row, active.row)
    else if (word === 'today' && this.mayEdit()) this.over.start(this.options.today, 'overtype')
    else if (word === 'problem') void this.nextProblem()
    else if (word === 'open') this.openRow()
  }

  /** Keeps what was typed and goes on to the next gap; after the last one from the top again. */
  private async nextGap(): Promise<void> {
    const from = this.active
    this.over.commit()
    if ((await this.walk.nextProblem()) !== null) return
    const again = await this.walk.nextProblem({ row: 0, column: -1 })
    const stays = this.active?.row === from?.row && this.active?.column === from?.column
    this.said(again === null || stays ? '都补齐了。' : '到底了，从头接着补。', 'info')
  }

  private async nextProblem(): Promise<void> {
    if (this.options.enter === 'gap') return this.nextGap()
    const found = await this.walk.nextProblem()
    if (found === null) this.said('后面没有问题了。', 'info')
  }

  private corner(): Cell {
    return { row: this.total - 1, column: this.columns.length - 1 }
  }

  private selectRow(from: number, to: number): void {
    this.select({ row: from, column: 0 }, { row: to, column: this.columns.length - 1 })
  }

  private mayEdit(): boolean {
    const at = this.active
    const column = at && this.columns[at.column]
    if (!at || !column || !this.rows.get(at.row)) return false
    if (!column.computed) return true
    this.said(`“${fullTitle(column)}”是自动算的，不用填。`, 'info')
    return false
  }

  private place(): Place | null {
    const at = this.active
    if (!at) return null
    return { canvas: this.paint.canvas(at.column), ...this.paint.boxOf(span(at, at)) }
  }

  private scrollTo(cell: Cell): void {
    this.grid.scrollRowIntoView(cell.row, false)
    this.grid.scrollCellIntoView(cell.row, cell.column + GUTTER, false)
  }

  private leave(): void {
    this.active = this.far = this.range = null
    this.redraw()
    this.tell()
  }

  private redraw(): void {
    this.paint.draw(this.range, this.active)
    const column = this.active && this.columns[this.active.column]
    this.paint.drawDrop(column?.options?.length && !column.computed ? this.active : null)
    this.over.settle(false)
    this.heads()
  }

  /** Colours the letters and row numbers that belong to the selection. */
  private heads(): void {
    const range = this.range
    this.frame.querySelectorAll('.slick-header-column:not(.jw-gutter)').forEach((head, at) => {
      head.classList.toggle('hi', range !== null && at >= range.left && at <= range.right)
    })
    this.frame.querySelectorAll<HTMLElement>('.slick-row').forEach((row) => {
      const at = Number(row.dataset.row)
      row.classList.toggle('hi', range !== null && at >= range.top && at <= range.bottom)
      row.classList.toggle('cur', this.active?.row === at)
      row.setAttribute('aria-rowindex', String(at + 2))
    })
  }

  private tell(): void {
    const at = this.active
    const row = at ? this.rows.get(at.row) : null
    const column = at && this.columns[at.column]
    const label = column && at ? `${fullTitle(column)}，第 ${at.row + 1} 行：${row?.values[at.column] || '空'}` : this.options.label
    this.over.box.setAttribute('aria-label', label)
    this.options.moved(row, at, this.range)
    this.sum()
  }

  private sum(): void {
    const range = this.range
    this.options.summed(range && range.bottom - range.top < COPY_LIMIT ? sumUp(this, range) : null)
  }

  private arrived(from: number, to: number): void {
    this.grid.updateRowCount()
    const view = this.grid.getRenderedRange()
    const rows: number[] = []
    for (let at = Math.max(from, view.top); at <= Math.min(to, view.bottom); at++) rows.push(at)
    this.grid.invalidateRows(rows)
    this.grid.render()
    this.frame.setAttribute('aria-rowcount', String(this.total + 1))
    this.heads()
    this.options.counted(this.total)
    if (this.active && this.active.row >= from && this.active.row <= to) this.tell()
  }

  private build(): SlickGrid {
    const { columns, scale, sort } = this.options
    this.frame.classList.toggle('grouped', columns.some((column) => column.group))
    const data = { getLength: () => this.rows.total, getItem: (at: number) => this.rows.get(at) ?? BLANK }
    return new SlickGrid(this.frame, data as never, slickColumns(columns, scale, sort), {
      editable: false,
      enableCellNavigation: false,
      enableColumnReorder: false,
      enableHtmlRendering: false,
      rowHeight: rowHeight(scale),
      frozenColumn: FROZEN,
    })
  }

  /** Makes SlickGrid's frame what a screen reader expects: one focus, no empty stops. */
  private dress(): void {
    this.frame.setAttribute('aria-label', `${this.options.label}，按 F6 离开表格`)
    this.frame.setAttribute('aria-colcount', String(this.columns.length + 1))
    this.undressStops()
    const grid = this.grid as unknown as { setFocus(): void }
    grid.setFocus = () => this.over.focus()
  }

  private undressStops(): void {
    this.frame.querySelectorAll('[tabindex]').forEach((each) => each.removeAttribute('tabindex'))
  }

  private listen(): void {
    const look = () => {
      clearTimeout(this.looking)
      this.looking = window.setTimeout(() => {
        const view = this.grid.getRenderedRange()
        void this.rows.ensure(view.top, Math.min(view.bottom, this.total - 1))
      }, 50)
    }
    this.grid.onViewportChanged.subscribe(look)
    this.grid.onRendered.subscribe(() => this.heads())
    this.grid.onColumnsResized.subscribe(() => this.redraw())
    this.grid.onHeaderClick.subscribe((event, args) => this.headClicked(event.getNativeEvent(), String(args.column.id)))
    const watcher = new ResizeObserver(() => {
      this.grid.resizeCanvas()
      if (this.active) this.scrollTo(this.active)
      this.redraw()
    })
    watcher.observe(this.frame)
    this.stops.push(() => watcher.disconnect(), () => clearTimeout(this.looking), this.watchMouse())
  }

  private headClicked(event: Event | null, field: string): void {
    const at = this.columns.findIndex((column) => column.field === field)
    const letter = (event?.target as HTMLElement | null)?.closest('.jw-letter')
    if (at < 0) this.select({ row: 0, column: 0 }, this.corner())
    else if (letter) this.select({ row: 0, column: at }, { row: this.total - 1, column: at })
    else this.options.sorted(field)
    this.over.focus()
  }

  private watchMouse(): () => void {
    return watchPointer({
      frame: this.frame,
      handle: this.paint.handle,
      drop: this.paint.drop,
      cellAt: (x, y) => this.cellAt(x, y),
      press: (cell, extend) => {
        if (extend) this.extendTo(cell)
        else this.moveTo(cell)
        this.over.focus()
      },
      drag: (cell) => this.extendTo(cell),
      pressRow: (row, extend) => {
        this.selectRow(extend && this.active ? this.active.row : row, row)
        this.over.focus()
      },
      dragRow: (row) => this.extendTo({ row, column: this.columns.length - 1 }),
      edit: () => void this.edit(),
      fillTo: (cell, done) => this.dragFill(cell, done),
      fillDown: () => void this.fillDown(),
      choices: () => this.run({ do: 'choices' }),
      nudge: (x, y) => this.nudge(x, y),
    })
  }

  /** A dragged handle fills either down or across, whichever it was pulled further along. */
  private dragFill(cell: Cell, done: boolean): void {
    const from = this.range
    if (!from) return
    const down = Math.max(cell.row - from.bottom, from.top - cell.row)
    const across = Math.max(cell.column - from.right, from.left - cell.column)
    const to = { ...from }
    if (down >= across && down > 0) {
      to.top = Math.min(from.top, cell.row)
      to.bottom = Math.max(from.bottom, cell.row)
    } else if (across > 0) {
      to.left = Math.max(0, Math.min(from.left, cell.column))
      to.right = Math.max(from.right, cell.column)
    }
    this.paint.drawGhost(done ? null : to)
    if (!done || (down <= 0 && across <= 0)) return
    this.changes.fill(from, to)
    this.select({ row: to.top, column: to.left }, { row: to.bottom, column: to.right })
  }

  /** A double click on the handle fills down as far as the cells below are empty. */
  private async fillDown(): Promise<void> {
    const from = this.range
    if (!from) return
    const bottom = await this.changes.emptyBelow(from)
    if (bottom > from.bottom && this.range === from) this.dragFill({ row: bottom, column: from.right }, true)
  }

  private view(): HTMLElement | null {
    return this.frame.querySelector('.slick-viewport-top.slick-viewport-right')
  }

  private nudge(x: number, y: number): void {
    this.view()?.scrollBy(x * 60, y * rowHeight(this.options.scale))
  }

  private cellAt(x: number, y: number): Cell | null {
    const view = this.view()
    if (!this.total || !view) return null
    const frame = this.frame.getBoundingClientRect()
    const body = view.getBoundingClientRect()
    const inX = Math.max(frame.left, Math.min(body.left + view.clientWidth - 1, x))
    const inY = Math.max(body.top, Math.min(body.top + view.clientHeight - 1, y))
    const across = inX - frame.left + (inX >= body.left ? view.scrollLeft : 0)
    const found = this.grid.getCellFromPoint(across, inY - body.top + view.scrollTop)
    const cell = clamp({ row: found.row, column: found.cell - GUTTER }, this.total, this.columns.length)
    return found.cell < GUTTER ? { row: cell.row, column: -1 } : cell
  }
}

/** Tab walks the cells, so F6 is the way out: to whatever comes after the sheet, or to the top of the page. */
function leave(frame: HTMLElement): void {
  const reachable = 'a[href],button:not(:disabled),input:not(:disabled),select,textarea,[tabindex="0"]'
  const all = [...document.querySelectorAll<HTMLElement>(reachable)].filter((each) => !frame.contains(each) && each.offsetParent !== null)
  const after = all.find((each) => frame.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)
  ;(after ?? all[0])?.focus()
}

function rowHeight(scale: number): number {
  return Math.round(36 * scale)
}
