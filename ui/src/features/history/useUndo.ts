// Taking back and bringing back. What could not be taken back is kept for the dialog that names it.
import { ref, shallowRef } from 'vue'
import { call, CallError, type HistoryOp, type UndoReply } from '@/bridge'
import { confirm, toast, toastError } from '@/kit'

/** Rows that an undo had to leave, with the reason; shown by KeptHost until closed. */
export const kept = shallowRef<{ title: string; rows: UndoReply['kept'] } | null>(null)

const busy = ref<number | null>(null)

export function useUndo() {
  return { busy, undo, redo }
}

/** Takes back one op. A whole import is asked about first, for it may be hundreds of rows. */
async function undo(op: HistoryOp): Promise<void> {
  if (isImport(op) && !(await confirm(importQuestion(op)))) return
  await run('history.undo', op, `已撤销：${op.label}`)
}

async function redo(op: HistoryOp): Promise<void> {
  await run('history.redo', op, `已恢复：${op.label}`)
}

const isImport = (op: HistoryOp) => op.kind.startsWith('import')

function importQuestion(op: HistoryOp) {
  return {
    title: '撤销这次导入？',
    text: `${op.file ?? op.label} 带来的新增和变化会退回到导入以前。导入以后另外改过的内容会保留，并告诉您是哪些。`,
    act: '撤销这次导入',
  }
}

async function run(name: 'history.undo' | 'history.redo', op: HistoryOp | null, done: string): Promise<void> {
  busy.value = op?.op ?? 0
  try {
    const reply = await call(name, op ? { op: op.op } : {})
    tell(reply, done, op)
  } catch (error) {
    toastError(error)
  } finally {
    busy.value = null
  }
}

function tell(reply: UndoReply, done: string, op: HistoryOp | null): void {
  toast({ tone: 'done', text: done, hint: reply.undone ? `共 ${reply.undone} 处` : undefined })
  if (reply.kept.length) kept.value = { title: op ? op.label : done, rows: reply.kept }
}

/** Ctrl+Z: takes back the last op that can be, and offers to bring it back. */
export async function undoLast(): Promise<void> {
  const op = await lastWhere((each) => each.can_undo && !each.undone && !each.is_undo)
  if (!op) return toast({ tone: 'info', text: '没有可以撤销的了。' })
  if (isImport(op)) return undo(op)
  await run('history.undo', op, `已撤销：${op.label}`)
}

/** Ctrl+Y: brings back what was taken back last. */
export async function redoLast(): Promise<void> {
  try {
    tell(await call('history.redo', {}), '已恢复刚才撤销的', null)
  } catch (error) {
    if (error instanceof CallError && error.reply.code !== 'bug') return toast({ tone: 'info', text: '没有可以恢复的了。' })
    toastError(error)
  }
}

async function lastWhere(fits: (op: HistoryOp) => boolean): Promise<HistoryOp | undefined> {
  const reply = await call('history.list', { limit: 50 }).catch(toastError)
  return reply?.ops.find(fits)
}
