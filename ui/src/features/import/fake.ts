// Made-up replies of the import commands for tests: the disabled persons' list of the mock, invented people only.
type Reply = (request: Record<string, unknown>) => unknown

const head = ['序号', '姓名', '性别', '公民身份号码', '现住址', '联系方式', '残疾类别', '等级', '补贴起始月']
const people = [
  ['王桂兰', '女', '990102194403092428', '3号楼502室', '13800006621', '肢体', '二级', '2025.3'],
  ['李国平', '男', '990102195605121711', '7号楼1单元301', '13900000417', '视力', '一级', '2024年11月'],
  ['陈秀英', '女', '990102194910175620', '3-401', '未留', '精神', '二级', '2025.3'],
  ['张志强', '男', '99010219680807031X', '11号楼203室', '13600009982', '智力', '三级', '202410'],
  ['赵玉珍', '女', '990102195103294446', '东门面12号', '13700003305', '肢体', '四级', '2023.7'],
  ['周海燕', '女', '990102197112082203', '5号楼602室', '15000007718', '听力', '二级', '2025.1'],
]
const COUNT = 126
const fields = [null, ['person.name', '姓名'], ['person.gender', '性别'], ['person.id_number', '身份证号'], null, ['person.phone', '手机号'], ['person.disability_kind', '残疾类别'], ['person.disability_level', '残疾等级'], ['person.allowance_from', '补贴起始年月']] as const

const inSheet = { sheet: null }
const problems = [
  { ...inSheet, row: 7, column: 'F', code: 'phone', message: '手机没有留', value: '未留' },
  { ...inSheet, row: 13, column: 'F', code: 'phone', message: '手机没有留', value: '未留' },
  { ...inSheet, row: 9, column: 'E', code: 'address', message: '查不到这个楼栋', value: '东门面12号' },
  { ...inSheet, row: 8, column: 'D', code: 'id_checksum', message: '身份证号最后一位校验不对', value: '99010219680807031X' },
]

function column(at: number) {
  const field = fields[at]
  const ask = at === 4
  return {
    letter: String.fromCharCode(65 + at), heading: head[at], levels: at === 6 || at === 7 ? ['残疾情况', head[at]] : [head[at]],
    field: field ? field[0] : null, title: field ? field[1] : null, how: field ? 'exact' : 'none',
    confidence: ask ? 'ask' : at === 8 ? 'likely' : 'sure',
    reasons: ask ? ['126 行里 121 行像“几号楼几室”', '其中 118 行在房屋台账里能查到', '9月《助残走访表》也是这样对的'] : [],
    samples: people.slice(0, 3).map((row) => row[at - 1] ?? ''),
    choices: ask ? [{ field: 'person.living_address', title: '现住址（拆成楼栋＋室号）', example: '3号楼502室 → 3号楼 → 502' }, { field: 'person.address_text', title: '居住地址（整段）', example: '不拆分，以后不能按楼栋查' }] : field ? [{ field: field[0], title: field[1], example: people[0]?.[at - 1] ?? '' }] : [],
  }
}

function cellsOf(row: number): string[] {
  if (row === 1) return ['梅园居民区残疾人两项补贴复核名单']
  if (row === 2) return ['填报单位：街道残联　　　　　　　填报日期：2026年11月18日']
  if (row === 3) return ['序号', '姓名', '性别', '公民身份号码', '现住址', '联系方式', '残疾情况', '', '补贴起始月']
  if (row === 4) return ['', '', '', '', '', '', '残疾类别', '等级', '']
  if (row === COUNT + 5) return ['合计', '', '126 人']
  return [String(row - 4), ...(people[(row - 5) % people.length] ?? [])]
}
const zoneOf = (row: number) => (row === 1 ? 'title' : row === 2 ? 'meta' : row < 5 ? 'header' : row === COUNT + 5 ? 'total' : 'data')
const rowAt = (row: number) => ({ row, zone: zoneOf(row), cells: cellsOf(row), hidden: row === 11 || row === 12 })
const tall = (at: number) => ({ row: 3, column: at, rows: 2, columns: 1 })

const cell = (field: string, title: string, before: string | null, after: string, why: string | null = null) => {
  const wins = before === null || why?.includes('来表') ? 'superior' : 'office'
  return { field, title, before, after, wins, taken: wins === 'superior', finer: false, why }
}
const person = (uid: string, birth: string, place: string, phone: string, id: string) => ({ uid, name: '陈秀英', gender: '女', birth_on: birth, place, phone, id_number: id })
const twins = [
  person('r-21', '1949-10-17', '3号楼401', '162****1108', '990102********5620'),
  person('r-22', '1952-03-04', '9号楼102', '163****2219', '990102********4428'),
]
const base = { sheet: null, half: 0, candidates: [] }
const rows = {
  added: [{ ...base, row: 8, name: '张志强', who: '11号楼203', cells: [cell('a', '残疾类别', null, '智力'), cell('b', '残疾等级', null, '三级')], reasons: [] }],
  changed: [{ ...base, row: 5, name: '王桂兰', who: '3号楼502', cells: [cell('b', '残疾等级', '三级', '二级'), cell('c', '补贴起始年月', null, '2025-03')], reasons: [] }],
  same: [],
  conflict: [
    { ...base, row: 6, name: '李国平', who: '7号楼301', cells: [cell('p', '手机号', '138****0000', '139****0417', '电话以我们为准'), cell('m', '补贴金额', '300', '330', '补贴金额以来表为准')], reasons: [] },
    { ...base, row: 10, name: '周海燕', who: '5号楼602', cells: [cell('p', '手机号', '150****7718', '150****7719', '电话以我们为准')], reasons: [] },
  ],
  refused: [
    { ...base, row: 7, name: '陈秀英', who: '3-401', cells: [], reasons: ['有两位同名的人，认不准是哪一位'], candidates: twins },
    { ...base, row: 20, name: '', who: '', cells: [], reasons: ['这一行没有姓名'] },
  ],
  absent: [{ ...base, row: 0, name: '施永康', who: '11号楼203', cells: [], reasons: ['台账里有，这张表里没有，不会移出'] }],
}
const counts = { added: 12, changed: 9, same: 103, conflict: 2, refused: 2, absent: 5 }
const differing = [{ field: 'p', title: '手机号', wins: 'office', count: 2 }, { field: 'm', title: '补贴金额', wins: 'superior', count: 1 }]
const more = { problem_count: problems.length, tidied: 37, tray: 2, differing }
const mapping = head.map((heading, at) => ({ letter: String.fromCharCode(65 + at), heading, field: fields[at]?.[0] ?? null, how: 'exact' }))

const sheet = {
  name: '复核名单', hidden: false, kind: 'roster', title: '梅园居民区残疾人两项补贴复核名单', meta: {}, header_rows: [3, 4], data_rows: [5, COUNT + 4], total_rows: [COUNT + 5], note_rows: [],
  rows: COUNT + 5, width: 9, columns: head.map((_, at) => column(at)), problems,
  hidden_rows: [11, 12], hidden_columns: ['H'], skipped_rows: [14], blocks: [['A', 'I']] as [string, string][], more_tables: [], same_layout: [] as string[], known_layout: false, sender: '街道残联', tidied: 37,
  ledgers: [
    { id: 'disabled', title: '残疾人台账', score: 0.9, why: '9 栏里 7 栏一样，126 人里 114 人已在这本里' },
    { id: 'elderly', title: '80岁以上高龄老人台账', score: 0.3, why: '9 栏里 5 栏一样' },
  ],
}

const inspection = (sheets: object[]) => ({ file: '残疾人两项补贴复核名单（2026年四季度）.xls', format: 'xls', encoding: null, seen_before: false, left_out: [], sheets })

/** A file with one sheet a building, a table below the first, and nothing to ask: it came before. */
export function manySheets() {
  const names = ['3号楼', '5号楼', '9号楼']
  const settled = sheet.columns.map((each) => ({ ...each, confidence: 'sure', field: each.field ?? (each.letter === 'E' ? 'person.living_address' : null), title: each.title ?? (each.letter === 'E' ? '现住址' : null) }))
  const below = [{ header_rows: [140, 140], data_rows: [141, 152], title: '本季度退出人员' }]
  return inspection(names.map((name, at) => ({
    ...sheet, name, columns: settled, known_layout: true, same_layout: names.filter((other) => other !== name), more_tables: at ? [] : below, hidden: at === 2,
  })))
}

/** The replies. */
export function importReplies(): Record<string, Reply> {
  return {
    'import.open': () => inspection([sheet, { ...sheet, name: '填表说明', hidden: true, kind: 'other', title: null, rows: 12, columns: [], ledgers: [], problems: [] }]),
    'import.paste': () => ({ path: 'paste:1', rows: 12, width: 9 }),
    'import.cells': (request) => {
      const from = Number(request.from)
      const last = Math.min(COUNT + 5, from + Number(request.count) - 1)
      return {
        rows: Array.from({ length: Math.max(0, last - from + 1) }, (_, k) => rowAt(from + k)),
        merges: [{ row: 1, column: 0, rows: 1, columns: 9 }, { row: 2, column: 0, rows: 1, columns: 9 }, ...[0, 1, 2, 3, 4, 5, 8].map(tall), { row: 3, column: 6, rows: 1, columns: 2 }, { row: COUNT + 5, column: 0, rows: 1, columns: 2 }],
        total: COUNT + 5,
      }
    },
    'import.preview': () => ({ op: null, ...counts, problems, ...more, mapping, rows }),
    'import.apply': () => ({ op: 60, ...counts, problems, ...more, problem_count: 3, mapping, rows }),
    'import.list': () => ({ batches: [{ op: 7, at: '2026-11-21T09:30:00+08:00', clerk: '许文静', label: '导入到独居老人台账', kind: 'import.apply', file: '11月独居老人名单.xlsx', counts, undone: false, can_undo: true, is_undo: false }] }),
    'dictionary.list': () => ({ groups: [{ title: '身份', fields: [{ id: 'person.name', title: '姓名', kind: 'name' }, { id: 'person.ethnicity', title: '民族', kind: 'code' }] }, { title: '联系', fields: [{ id: 'person.phone', title: '手机号', kind: 'phone' }] }] }),
    'dictionary.remember': () => ({}),
  }
}
