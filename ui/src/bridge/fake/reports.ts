// Made-up reports: every kind of switch, rare characters, gaps, and figures that open to fictional people.
import type { PreviewReply, ReportEntry, ReportFigure, ReportRequest } from '../types'
import type { FakeReply } from './index'
import { ledgers } from './samples'
import { paper } from './paper'

const printing = ['orientation', 'paper', 'masked', 'draft', 'watermark']
const plain = { needs_ledger: false, period: 'none' as const, options: printing, per_sheet: [], last_made: null }

export const reports: ReportEntry[] = [
  { ...plain, kind: 'ledger_list', group: 'list', title: '台账清单', says: '一本台账的全部人，一行一人。', needs_ledger: true, period: 'as_of', options: [...printing, 'where', 'columns', 'sort', 'subtotals', 'style'], last_made: '2026-11-02' },
  { ...plain, kind: 'ledger_blank', group: 'list', title: '空白登记表', says: '留空行，上门手填。', needs_ledger: true, options: ['orientation', 'paper', 'columns'] },
  { ...plain, kind: 'household_book', group: 'list', title: '户籍册', says: '一户一页，家里人都在上面。', period: 'as_of', options: ['masked', 'where', 'watermark'] },
  { ...plain, kind: 'population', group: 'figures', title: '人口统计表', says: '多少户、多少人，各年龄段几人。', period: 'as_of', options: ['paper', 'draft'], last_made: '2026-10-30' },
  { ...plain, kind: 'cross_table', group: 'figures', title: '交叉表', says: '任选两样数人头，如年龄和性别。', period: 'as_of', options: ['orientation', 'paper', 'where', 'cross'] },
  { ...plain, kind: 'changes', group: 'figures', title: '人员变动表', says: '这段日子新增、减少、改了谁。', period: 'range', options: ['ledger', 'orientation', 'masked'], last_made: '2026-10-30' },
  { ...plain, kind: 'monthly', group: 'official', title: '居委工作月报', says: '一个月的工作，写成公文。', period: 'range', options: ['draft'], last_made: '2026-10-30' },
  { ...plain, kind: 'labels', group: 'slips', title: '信封标签', says: '姓名和住址，贴信封用。', needs_ledger: true, options: ['where', 'per_sheet', 'sort'], per_sheet: [24, 21, 14] },
  { ...plain, kind: 'door_slips', group: 'slips', title: '上门留言条', says: '没碰到人时夹在门上。', options: ['where', 'per_sheet'], per_sheet: [8, 4] },
]

const titleOf = (request: ReportRequest) => {
  const book = ledgers.ledgers.find((each) => each.id === request.ledger)?.title
  const own = reports.find((each) => each.kind === request.kind)?.title ?? ''
  return request.kind === 'ledger_list' && book ? book : own
}

const bands = ['0—5岁', '6—17岁', '18—59岁', '60—79岁', '80岁以上']
const figures = bands.flatMap((band, k) => ['男', '女'].map((gender, g) => ({ key: `${k}/${gender}`, page: k < 3 ? 1 : 2, text: `${band} ${gender} ${[21, 96, 340, 131, 24][k]! + g * 7}` })))

/** A cross table that the Latin font of the made-up paper can print: numbers to click on the paper itself. */
const cross = [['', 'M', 'F', 'All'], ['A', '21', '28', '49'], ['B', '96', '103', '199'], ['All', '117', '131', '248']]
const crossed: ReportFigure[] = cross.slice(1).flatMap(([row, ...counts]) =>
  counts.map((count, k) => ({ key: `${row}/${k}`, page: 1, text: `${[row, cross[0]?.[k + 1]].filter((word) => word !== 'All').join('·') || 'All'} ${count} 人` })),
)

function preview(request: ReportRequest): PreviewReply {
  const counted = ['population', 'cross_table', 'changes'].includes(request.kind)
  const listed = request.kind === 'ledger_list'
  return {
    pdf: paper(request.options.orientation === 'landscape', request.kind === 'cross_table' ? cross : []),
    pages: 3,
    title: titleOf(request),
    file_name: `${titleOf(request)}_20261121`,
    warnings: listed ? [{ kind: 'missing_glyph', text: '㛃', where: '李㛃，第 2 页' }, { kind: 'missing_glyph', text: '䶮', where: '龚䶮，第 3 页' }] : [],
    missing: listed
      ? [
          { text: '12 人没有出生日期', count: 12, link: { route: '/ledger', query: { id: 'elderly_living_alone', where: 'not person.birth_on' } } },
          { text: '居委电话没有填', count: 1, link: { route: '/settings', query: {} } },
        ]
      : [],
    definitions: counted
      ? [{ name: '老年人', says: '到截至那天满 60 周岁、没有迁出也没有去世的居民。' }, { name: '户', says: '有人住的户，空关的不算。' }]
      : [],
    figures: request.kind === 'cross_table' ? crossed : counted ? figures : [],
    columns: columns.map(([id, title]) => ({ id, title, printed: request.options.columns?.includes(id) ?? true, suggested: id !== 'person.emergency' })),
  }
}

const columns = [
  ['person.name', '姓名'], ['person.age', '年龄'], ['person.living_address', '住址'], ['person.phone', '手机'], ['person.self_care', '自理情况'],
  ['row.clerk', '结对社工'], ['row.visits', '本月走访'], ['row.last_visit_on', '上次走访'], ['person.emergency', '紧急联系人'],
] as const

export function reportReplies(): Record<string, FakeReply> {
  const made = new Set<string>()
  return {
    'report.list': () => ({ reports: reports.map((each) => (made.has(each.kind) ? { ...each, last_made: '2026-11-21' } : each)) }),
    'report.preview': (request) => preview(request as unknown as ReportRequest),
    'report.make': (request) => {
      made.add(String(request.kind))
      return { bytes: paper(false), file_name: `${titleOf(request as unknown as ReportRequest)}_20261121.${request.format}`, pages: 3, warnings: [] }
    },
    'report.bundle': (request) => {
      const asked = request.reports as ReportRequest[]
      return {
        pdf: paper(false), pages: asked.length * 3, title: `${asked.length} 张报表`, file_name: '一起打印_20261121', warnings: [],
        parts: asked.map((each, k) => ({ kind: each.kind, title: titleOf(each), first_page: k * 3 + 1, pages: 3 })),
      }
    },
    'report.people': (request) => ({
      title: [...figures, ...crossed].find((each) => each.key === request.key)?.text ?? '', total: 620,
      people: [
        { id: 'r-1', name: '王桂兰', says: '3号楼502，82 岁' }, { id: 'r-3', name: '李国平', says: '3号楼301，80 岁' },
        { id: '', name: '何春梅', says: '台账第 17 行' },
      ],
    }),
    'report.fields': () => ({
      rows: [
        { id: 'person.age', title: '年龄段' }, { id: 'person.gender', title: '性别' }, { id: 'place.building', title: '楼栋' },
        { id: 'person.living_arrangement', title: '居住状况' }, { id: 'person.self_care', title: '自理情况' },
      ],
    }),
  }
}
