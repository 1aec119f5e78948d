// Made-up replies for tests and for `VITE_FAKE=1 vite`; never part of the built page. People are
// fictional, as everywhere. Each call may be replaced in a test: fakeTransport({ 'office.home': … }).
import type { PrintChoices, Transport } from '../transport'
import type { Reply } from '../types'
import { replies } from './replies'

export type FakeReply = (request: Record<string, unknown>) => unknown

export interface FakeTransport extends Transport {
  /** Calls made so far, newest last. */
  calls: { name: string; request: object }[]
  /** Files saved and printed so far. */
  saved: string[]
  printed: string[]
  /** How they were printed. */
  choices: PrintChoices[]
}

/** An answer of the core that says no. */
export function refusal(message: string, more: object = {}): Reply {
  return { ok: false, error: { code: 'refused', severity: 'warning', message, hint: '', ...more } }
}

export function fakeTransport(over: Record<string, FakeReply> = {}): FakeTransport {
  const known: Record<string, FakeReply> = { ...replies(), ...over }
  const fake: FakeTransport = {
    calls: [],
    saved: [],
    printed: [],
    choices: [],
    async call(name, request) {
      fake.calls.push({ name, request })
      const answer = known[name]
      if (!answer) return refusal(`没有这个功能：${name}。`)
      const value = structuredClone(answer(request as Record<string, unknown>))
      return isReply(value) ? value : { ok: true, value, changes: changed(name) }
    },
    watch: () => () => {},
    cancel: async () => {},
    pickFile: async () => ({ path: 'D:\\收件\\名单.xlsx', name: '11月独居老人名单.xlsx' }),
    pickFolder: async () => ({ path: 'D:\\收件\\走访表', name: '走访表' }),
    saveFile: async (name) => {
      fake.saved.push(name)
      return `D:\\文档\\${name}`
    },
    printers: async () => ({
      printers: [
        { name: 'Office', title: '二楼打印机', is_default: true, trouble: null },
        { name: 'Hall', title: '大厅打印机', is_default: false, trouble: '没有纸了' },
      ],
      takes_choices: true,
    }),
    printPdf: async (name, _, choices) => {
      fake.printed.push(name)
      fake.choices.push(choices)
      return { to: 'printer', job: 'Office-12' }
    },
    onFileDrop: () => () => {},
  }
  return fake
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'ok' in value && ('value' in value || 'error' in value)
}

function changed(name: string): Extract<Reply, { ok: true }>['changes'] {
  if (/^tray\.(fix|drop)$/.test(name)) return ['tray', 'history']
  if (/^report\.(make|bundle)$/.test(name)) return ['report']
  if (/\.(change|start)$/.test(name)) return ['resident', 'history', 'committee']
  return /^history\.(undo|redo)$/.test(name) ? ['resident', 'ledger', 'import', 'tray', 'history'] : []
}
