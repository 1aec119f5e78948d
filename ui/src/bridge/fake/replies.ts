// One plausible reply for every call that the pages make. A little state lives in the closure, so that
// a change or an undo can be seen.
import type { FakeReply } from './index'
import { ops, hits, ledgers, resident } from './samples'
import { reportReplies } from './reports'

const today = '2026-11-21'

export function replies(): Record<string, FakeReply> {
  const history = structuredClone(ops)
  const person = structuredClone(resident)
  const committee = {
    name: '梅园居民区', subdistrict: '东溪街道', director: '周桂芳', filler: '许文静', phone: '021-55550123', practice: false,
  }
  const fresh = Boolean(globalThis.location?.search.includes('fresh'))
  const status = { started: !fresh, committee: fresh ? null : committee, clerk: '许文静', today, practice: false, version: '0.1.0', folder: 'D:\\居务台' }
  const flip = (op: unknown, undone: boolean) => {
    const found = history.find((each) => each.op === op) ?? history.find((each) => each.can_undo && each.undone !== undone)
    if (found) found.undone = undone
    return { op: 99, undone: 14, kept: undone && found?.kind === 'import.apply' ? keptRows : [] }
  }
  return {
    'dictionary.list': () => ({ groups: [{ title: '身体', fields: [{ id: 'person.meal', title: '助餐', kind: 'text' }] }] }),
    'office.status': () => status,
    'office.start': (request) => {
      Object.assign(status, { started: true, practice: request.sample === true, committee: { ...committee, name: request.name } })
      return { office: request.name, residents: request.sample ? 1200 : 0, ledgers: 9 }
    },
    'office.home': () => ({
      counts: [
        { title: '户数', count: 430 }, { title: '居民', count: 1200, ledger: 'residents' }, { title: '60岁以上', count: 318 },
        { title: '独居老人', count: 74, ledger: 'elderly_living_alone' }, { title: '残疾人', count: 36, ledger: 'disabled' }, { title: '楼栋', count: 18 },
      ],
      recent: history.filter((op) => op.kind === 'import.apply'),
      tray: 0,
    }),
    'committee.get': () => committee,
    'committee.change': (request) => Object.assign(committee, request),
    'resident.find': (request) => ({ hits: hits.filter((hit) => `${hit.name}${hit.why}${hit.place}`.includes(String(request.text))), ms: 3 }),
    'resident.get': () => person,
    'resident.reveal': (request) => ({ value: whole[String(request.field)] }),
    'resident.change': (request) => {
      const fact = person.facts.find((each) => each.field === request.field)
      if (fact) Object.assign(fact, { value: request.value, display: mask(String(request.value)) })
      return { op: 42, display: fact?.display }
    },
    'history.list': () => ({ ops: history }),
    'history.undo': (request) => flip(request.op, true),
    'history.redo': (request) => flip(request.op, false),
    'ledger.list': () => ledgers,
    ...reportReplies(),
    'help.list': () => [{ page: 'start', title: '第一次用' }, { page: 'import', title: '导入一份名单' }, { page: 'keys', title: '键盘' }],
    'help.get': (request) => ({ title: '导入一份名单', text: helpText(String(request.page)) }),
  }
}

const whole: Record<string, string> = { 'person.id_number': '990102194403091226', 'person.phone': '13800006621' }
const keptRows = [
  { what: '王桂兰 的手机', why: '11月20日 许文静 另外改过' },
  { what: '李国平 的住址', why: '11月20日又从《残疾人名单》导入过' },
]

function mask(value: string): string {
  return value.length > 7 ? `${value.slice(0, 3)}****${value.slice(-4)}` : value
}

function helpText(page: string): string {
  return `# 导入一份名单（${page}）\n\n把上级发来的表拖进窗口，或者按 **选择表格文件**。\n\n1. 看栏目对得对不对\n2. 查问题\n3. 看变化\n\n- 原表不会被改动\n- 导错了可以 *撤销*\n\n| 键 | 做什么 |\n|---|---|\n| Ctrl+F | 找人找房 |\n| Ctrl+Z | 撤销上一步 |\n\n> 导入以前什么都没有变。\n`
}
