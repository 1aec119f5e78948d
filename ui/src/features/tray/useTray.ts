// The rows set aside: by file, the one on the screen, what the clerk put instead, importing it alone, and dropping.
import { computed, ref, shallowRef, watch } from 'vue'
import { call, CallError, useQuery, type Answer, type TrayItem } from '@/bridge'
import { confirm, toast, toastError } from '@/kit'

/** Rows that came with one sheet of one file. */
export interface TrayFile {
  key: string
  file: string
  sheet: string
  ledger: string
  on: string
  items: TrayItem[]
}

/** Groups rows by file and sheet, in the order in which the core tells them. */
export function byFile(items: TrayItem[]): TrayFile[] {
  const files = new Map<string, TrayFile>()
  for (const item of items) {
    const key = [item.file, item.sheet, item.ledger, item.on].join('|')
    const group = files.get(key) ?? { key, file: item.file, sheet: item.sheet, ledger: item.ledger_title, on: item.on, items: [] }
    group.items.push(item)
    files.set(key, group)
  }
  return [...files.values()]
}

/** What became of a row, in a sentence. */
function outcome(row: TrayItem, word: Answer<'tray.fix'>['outcome']): string {
  const name = row.name || '这一行'
  if (word === 'same') return `${name}和“${row.ledger_title}”里的一样，不用再导。`
  return `${name}${word === 'added' ? '新增到' : '补进'}“${row.ledger_title}”了。`
}

export function useTray() {
  const list = useQuery('tray.list', {}, ['tray'])
  const items = computed(() => list.value.value?.items ?? [])
  const files = computed(() => byFile(items.value))
  const order = computed(() => files.value.flatMap((file) => file.items))
  const chosen = ref<number | null>(null)
  const item = computed(() => order.value.find((each) => each.id === chosen.value) ?? order.value[0] ?? null)
  const values = ref<Record<string, string>>({})
  const person = ref<string | null | undefined>(undefined)
  const wrong = shallowRef<string[]>([])
  const busy = ref(false)
  const unclear = computed(() => (item.value?.candidates.length ?? 0) > 0 && person.value === undefined)

  watch(() => item.value?.id, forget)

  function forget(): void {
    values.value = {}
    person.value = undefined
    wrong.value = []
  }

  function choose(id: number): void {
    chosen.value = id
  }

  /** Says who the row is; null is somebody new. */
  function identify(uid: string | null | undefined): void {
    person.value = uid
  }

  /** What a cell says now; a text put back to what it was is no change. */
  function write(field: string, text: string): void {
    const before = item.value?.cells.find((cell) => cell.field === field)?.text ?? ''
    const next = { ...values.value, [field]: text }
    if (text === before) delete next[field]
    values.value = next
  }

  /** The row that comes up when one goes. */
  function after(id: number): number | null {
    const at = order.value.findIndex((each) => each.id === id)
    return (order.value[at + 1] ?? order.value[at - 1])?.id ?? null
  }

  /** Imports the row on the screen; false when it is still refused. */
  async function bring(): Promise<boolean> {
    const row = item.value
    if (!row || busy.value || unclear.value) return false
    busy.value = true
    const next = after(row.id)
    const who = person.value === undefined ? {} : person.value === null ? { new: true } : { uid: person.value }
    try {
      const done = await call('tray.fix', { id: row.id, values: values.value, ...who })
      wrong.value = done.reasons
      if (done.outcome === 'refused') return false
      tell(outcome(row, done.outcome), done.op)
      chosen.value = next
      await list.again()
      return true
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      wrong.value = [error.reply.message, error.reply.hint ?? ''].filter(Boolean)
      return false
    } finally {
      busy.value = false
    }
  }

  /** Lets rows go; many of them only after asking. */
  async function drop(rows: TrayItem[]): Promise<void> {
    const several = rows.length > 1
    const question = { title: `这 ${rows.length} 行都不要了？`, text: `“${rows[0]?.file ?? ''}”里放到待处理的行都去掉，不导入。台账不受影响，可以撤销。`, act: '都不要了' }
    if (several && !(await confirm(question))) return
    const next = after(rows[rows.length - 1]?.id ?? 0)
    const done = await call('tray.drop', { ids: rows.map((row) => row.id) }).catch(toastError)
    if (!done) return
    if (rows.some((row) => row.id === item.value?.id)) chosen.value = next
    tell(several ? `${done.dropped} 行不要了。` : `${rows[0]?.name || '这一行'}不要了。`, done.op)
    await list.again()
  }

  /** Says what was done, with the way back where something was written. */
  function tell(text: string, op: number | null): void {
    if (!op) return toast({ tone: 'done', text })
    const run = () => void call('history.undo', { op }).then(list.again).catch(toastError)
    toast({ tone: 'done', text, act: { label: '撤销', run } })
  }

  return { list, files, order, item, values, person, wrong, busy, unclear, choose, identify, write, bring, drop }
}
