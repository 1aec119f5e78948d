// Ties one Sheet to a Vue component: props in, events out, and the small state that the template shows.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { Sort } from './columns'
import type { Command } from './keys'
import { letter } from './range'
import { Sheet, type SheetOptions } from './sheet'
import { useHint } from './useHint'
import { fullTitle, type Cell, type CellEdit, type EditReply, type FetchRows, type GridColumn, type GridRow, type Range, type Sums } from './types'

/** What the grid needs of its page. */
export interface GridProps {
  columns: GridColumn[]
  fetchRows: FetchRows
  label: string
  change: (edits: CellEdit[]) => Promise<EditReply>
  reveal?: (row: GridRow, column: GridColumn) => Promise<string | null>
  /** Where the value of a cell came from; shown on a right click, Shift+F10 or when the mouse rests. */
  source?: (row: GridRow, column: GridColumn) => Promise<string | null>
  scale?: number
  sort?: Sort | null
  today?: string
  /** Whether Enter goes down, or to the next cell that waits for its value. */
  enter?: 'below' | 'gap'
}

/** What the grid tells its page. */
export interface GridEvents {
  row: [row: GridRow | null]
  selection: [records: number[], range: Range | null]
  total: [total: number]
  sorted: [field: string]
  open: [row: GridRow]
  beyond: [rows: Record<string, string>[]]
  undo: []
  redo: []
}

/** A sentence under the sheet outlives a move that follows at once, such as a paste stretching the selection. */
const STAYS = 800

type Emit = <K extends keyof GridEvents>(name: K, ...args: GridEvents[K]) => void

interface Choices {
  options: string[]
  at: number
  left: number
  top: number
  width: number
}

/** Mounts a sheet and keeps it in step with the props. */
export function useSheet(props: Readonly<GridProps>, emit: Emit, frame: Readonly<Ref<HTMLElement | null>>) {
  const sheet = shallowRef<Sheet | null>(null)
  const sums = ref<Sums | null>(null)
  const note = ref<{ text: string; tone: 'info' | 'warning' } | null>(null)
  const live = ref('')
  const list = useChoices(sheet, () => props.enter === 'gap')
  const textSize = useTextSize()
  const hint = useHint(sheet, frame, (row, column) => props.source?.(row, column) ?? Promise.resolve(null), () => !!props.source)
  const scale = computed(() => props.scale ?? textSize.value)
  let saidAt = 0

  const options = (): SheetOptions => ({
    columns: props.columns,
    fetchRows: (offset, limit) => props.fetchRows(offset, limit),
    label: props.label,
    scale: scale.value,
    sort: props.sort ?? null,
    today: props.today ?? '',
    enter: props.enter ?? 'below',
    change: (edits) => props.change(edits),
    reveal: (row, column) => props.reveal?.(row, column) ?? Promise.resolve(null),
    said,
    moved: (row, cell, range) => moved(row, cell, range),
    summed: (next) => (sums.value = next),
    typing: (value, active) => list.narrow(value, active),
    counted: (total) => emit('total', total),
    undo: () => emit('undo'),
    redo: () => emit('redo'),
    open: (row) => emit('open', row),
    sorted: (field) => emit('sorted', field),
    beyond: (rows) => emit('beyond', rows),
    choose: (command, column) => list.step(command, column),
  })

  function said(text: string, tone: 'info' | 'warning'): void {
    note.value = { text, tone }
    saidAt = Date.now()
  }

  const titleOf = (at: number) => (props.columns[at] ? fullTitle(props.columns[at]) : '')

  function moved(row: GridRow | null, cell: Cell | null, range: Range | null): void {
    list.close()
    hint.close()
    if (Date.now() - saidAt > STAYS) note.value = null
    const mark = cell && row?.marks?.find((each) => each.column === cell.column)
    if (cell && mark) {
      const place = `${letter(cell.column)}${cell.row + 1} ${titleOf(cell.column)}`
      const text = mark.kind === 'problem' ? `有问题：${mark.note}` : mark.note
      live.value = `${place} ${text}`
      note.value = { text, tone: mark.kind === 'problem' ? 'warning' : 'info' }
    }
    emit('row', row)
    emit('selection', recordsOf(sheet.value, range), range)
  }

  function rebuild(): void {
    sheet.value?.destroy()
    sheet.value = null
    if (!frame.value || !props.columns.length) return
    frame.value.replaceChildren()
    sheet.value = new Sheet(frame.value, options())
    void sheet.value.open()
  }

  onMounted(rebuild)
  onBeforeUnmount(() => sheet.value?.destroy())
  watch(() => props.columns, rebuild)
  watch(
    () => [props.fetchRows, props.sort] as const,
    () => void sheet.value?.show((offset, limit) => props.fetchRows(offset, limit), props.sort ?? null),
  )
  watch(scale, (size) => sheet.value?.resize(size))

  const api = {
    focus: () => sheet.value?.focus(),
    refresh: () => sheet.value?.refresh(),
    say: (text: string, tone: 'info' | 'warning' = 'info') => said(text, tone),
    edit: () => sheet.value?.edit(),
    goTo: (row: number, column = 0) => sheet.value?.moveTo({ row, column }),
    openRow: () => sheet.value?.openRow(),
  }
  return { sums, note, live, choices: list.choices, hint: hint.shown, pick: list.pick, scale, api }
}

/** The text size of the page as a factor; the sheet measures itself in px and must follow. */
function useTextSize(): Ref<number> {
  const read = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
  const size = ref(read())
  const watcher = new MutationObserver(() => (size.value = read()))
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] })
  onBeforeUnmount(() => watcher.disconnect())
  return size
}

function recordsOf(sheet: Sheet | null, range: Range | null): number[] {
  if (!sheet || !range || range.bottom - range.top > 1000) return []
  const records: number[] = []
  for (let at = range.top; at <= range.bottom; at++) {
    const row = sheet.row(at)
    if (row) records.push(row.record)
  }
  return records
}

/** The list of choices: opened by Alt+↓ or by typing, walked by the arrows, taken by Enter or Tab. */
function useChoices(sheet: Ref<Sheet | null>, goesOn: () => boolean) {
  const choices = ref<Choices | null>(null)
  let all: string[] = []

  function open(column: GridColumn | null): boolean {
    const here = sheet.value
    const at = here?.active
    if (!here || !at || !column?.options?.length || column.computed) return false
    const box = here.over.box.getBoundingClientRect()
    const frame = here.frame.getBoundingClientRect()
    all = column.required ? column.options : [...column.options, '']
    const value = here.row(at.row)?.values[at.column] ?? ''
    const top = box.bottom - frame.top + 2
    const height = Math.min(260, all.length * 40 + 10)
    choices.value = {
      options: all,
      at: Math.max(0, all.indexOf(value)),
      left: Math.min(box.left - frame.left, frame.width - 160),
      top: top + height > frame.height ? Math.max(0, box.top - frame.top - height - 2) : top,
      width: box.width,
    }
    return true
  }

  const close = () => (choices.value = null)

  function pick(value: string): void {
    close()
    sheet.value?.over.choose(value)
  }

  function step(command: Command, column: GridColumn | null): boolean {
    if (command.do === 'choices') return open(column)
    const now = choices.value
    if (!now) return false
    if (command.do === 'move' && command.rows) {
      const at = Math.max(0, Math.min(now.options.length - 1, now.at + command.rows))
      choices.value = { ...now, at }
      return true
    }
    if (command.do !== 'cancel' && command.do !== 'down' && command.do !== 'next') return false
    if (command.do === 'cancel') close()
    else pick(now.options[now.at] ?? '')
    // Walking from gap to gap, Enter takes the choice and goes on.
    return command.do !== 'next' && !(command.do === 'down' && goesOn())
  }

  function narrow(value: string, active: boolean): void {
    const at = sheet.value?.active
    if (goesOn() && active && value && at && !choices.value) open(sheet.value?.columns[at.column] ?? null)
    const now = choices.value
    if (!now || !active) return
    const options = all.filter((option) => option.includes(value))
    choices.value = options.length ? { ...now, options, at: 0 } : null
  }

  return { choices, open, close, pick, step, narrow }
}
