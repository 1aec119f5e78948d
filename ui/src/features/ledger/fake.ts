// Made-up replies of the ledger commands for tests; invented people only. A little state lives in the closure.
import type { ColumnReply, RowReply } from '@/bridge'

type Reply = (request: Record<string, unknown>) => unknown
interface Edit {
  record: number
  field: string
  value: string
}

const plain = { computed: false, required: false, sensitive: false }
const columns: ColumnReply[] = [
  { ...plain, field: 'person.name', title: '姓名', kind: 'name', width: 82, required: true },
  { ...plain, field: 'person.age', title: '年龄', kind: 'integer', width: 64, computed: true },
  { ...plain, field: 'person.living_address', title: '住址', kind: 'address', width: 104 },
  { ...plain, field: 'person.phone', title: '手机', kind: 'phone', width: 116, sensitive: true },
  { ...plain, field: 'person.self_care', title: '自理情况', kind: 'code', width: 88, options: ['自理', '部分自理', '失能'] },
  { ...plain, field: 'row.clerk', title: '结对社工', kind: 'text', width: 88 },
  { ...plain, field: 'row.visits', title: '本月走访', kind: 'integer', width: 88 },
  { ...plain, field: 'row.last_visit_on', title: '上次走访', kind: 'date', width: 108 },
  { ...plain, field: 'person.emergency', title: '紧急联系人', kind: 'text', width: 130 },
]
const people = '王桂兰 李国平 陈秀英 赵玉珍 孙建国 马兰英 胡玉珍 郭志强 何春梅 林建英 吴明华 沈月娥 戴阿根 金福珍 施永康'.split(' ')
const at = (field: string) => columns.findIndex((column) => column.field === field)

function people74(): RowReply[] {
  return Array.from({ length: 74 }, (_, k) => ({
    record: k + 1,
    uid: `r-${k + 1}`,
    values: [
      people[k % people.length] ?? '', String(80 + (k % 11)), `${3 + (k % 9)}号楼${101 + (k % 6) * 100}`, `138****${6621 + k}`,
      ['自理', '部分自理', '失能'][k % 3] ?? '', k < 6 ? '' : '蒋一鸣', String(k % 5), `2026-11-${10 + (k % 10)}`, `女儿 周${'敏洁芳'[k % 3]}`,
    ],
    marks: k === 6 ? [{ column: 2, kind: 'problem', note: '查不到这个楼栋' }] : k === 9 ? [{ column: 4, kind: 'changed', note: '原来：自理' }] : [],
  }))
}

/** The replies; `rows` may be emptied to see the empty page. */
export function ledgerReplies(rows: RowReply[] = people74()): Record<string, Reply> {
  let op = 50
  const write = (edit: Edit) => {
    const row = rows.find((each) => each.record === edit.record)
    if (row) row.values = row.values.map((value, k) => (k === at(edit.field) ? edit.value : value))
  }
  return {
    'ledger.get': (request) => ({
      id: request.id, title: '独居老人台账', subject: 'resident', columns, total: rows.length,
      buildings: ['3', '4', '5'].map((value) => ({ value, title: `${value}号楼` })),
    }),
    'ledger.rows': (request) => {
      const text = String(request.search ?? '')
      const found = rows.filter((row) => row.values.some((value) => (value ?? '').includes(text)))
      const from = Number(request.offset)
      return { rows: found.slice(from, from + Number(request.limit)), total: rows.length, filtered: found.length }
    },
    'ledger.change': (request) => {
      const edits = request.edits as Edit[]
      edits.forEach(write)
      const touched = rows.filter((row) => edits.some((edit) => edit.record === row.record))
      return { op: ++op, changed: edits.length, refused: [], rows: touched }
    },
    'ledger.source': (request) =>
      request.field === 'person.phone' ? { op: 6, label: '导入', file: '街道残联两项补贴复核名单.xls', sheet: '复核名单', cell: `F${Number(request.record) + 4}`, sender: '街道残联', clerk: '许文静', on: '2026-11-18' } : null,
    'ledger.add': (request) => {
      const values = request.values as Record<string, string>
      rows.push({ record: rows.length + 1, values: columns.map((column) => values[column.field] ?? ''), marks: [] })
      return { op: ++op, record: rows.length }
    },
    'ledger.remove': (request) => {
      const gone = request.records as number[]
      rows = rows.filter((row) => !gone.includes(row.record))
      return { op: ++op, removed: gone.length }
    },
    'ledger.overlap': () => ({
      pairs: [
        { a: 'elderly_living_alone', b: 'elderly', a_title: '独居老人台账', b_title: '80岁以上高龄老人台账', columns_shared: 6, people_shared: 61, score: 0.8 },
        { a: 'residents', b: 'rented', a_title: '居民台账', b_title: '出租房屋台账', columns_shared: 4, people_shared: 33, score: 0.4 },
      ],
    }),
    'ledger.new': (request) => ({ id: 'local_1', title: request.title, columns }),
  }
}
