// Undo and redo of what was done on this page only: Ctrl+Z must never take back an import of yesterday.
import { call } from '@/bridge'

/** How the page tells what an undo came to. */
export interface UndoTold {
  say(text: string): void
  refresh(): unknown
}

/** Two stacks of ops; `own` runs a call that the page itself causes. */
export function useOwnUndo(own: <T>(work: () => Promise<T>) => Promise<T>, told: UndoTold) {
  const done: number[] = []
  const undone: number[] = []

  function push(op: number | null): void {
    if (op !== null) done.push(op)
    undone.length = 0
  }

  function forget(): void {
    done.length = undone.length = 0
  }

  async function turn(from: number[], onto: number[], name: 'history.undo' | 'history.redo', word: string, none: string): Promise<void> {
    const op = from.pop()
    if (op === undefined) return told.say(none)
    const reply = await own(() => call(name, { op })).catch(() => null)
    if (!reply) return
    if (reply.op !== null) onto.push(reply.op)
    await told.refresh()
    told.say(reply.kept.length ? `${word}，${reply.kept.length} 处没有动：${reply.kept[0]?.why ?? ''}` : `${word}。`)
  }

  const undo = () => turn(done, undone, 'history.undo', '已撤销', '这张表里没有可以撤销的改动。整批导入请到“操作记录”里撤销。')
  const redo = () => turn(undone, done, 'history.redo', '已重做', '没有可以重做的改动。')
  return { push, forget, undo, redo }
}
