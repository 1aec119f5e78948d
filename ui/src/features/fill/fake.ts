// Made-up replies of the fill commands for tests: the winter visit sheet of the mock with 38 columns and 74 invented
// people. A little state lives in the closure, so that a filled gap and a submission can be seen.
import type { FillCells, FilledCell, FillOpened, FillPreview, FillRequest, FormColumn, FormKind, GapChoice, Submission } from '@/bridge'

type Reply = (request: Record<string, unknown>) => unknown

const HEADINGS = '序号 姓名 性别 年龄 身份证号 出生日期 民族 户籍地址 门牌 楼栋 单元 手机 文化程度 政治面貌 婚姻状况 低保 自理能力 紧急联系人 联系人电话 探访频次 取暖方式 上次走访 走访人 冬被是否够用 残疾类别 残疾等级 慢性病 医保类型 助餐 居家养老 志愿结对 独居年限 烟感报警器 走访日期 走访结果 健康状况 邻里结对人 备注'.split(' ')
const KINDS = 'rrrrrrrrhhhrrrrrvvvvxvvxrrrrrrrrxvvvxx'
const NAMES = '王桂兰 郭志强 陈秀英 赵玉珍 孙建国 马兰英 胡玉珍 施永康 何春梅 林建英 吴明华 沈月娥 戴阿根 金福珍 李国平'.split(' ')
const SOURCE: Record<string, string | null> = { r: '居民台账', v: '9月走访', h: '房屋台账', x: null }
const COUNT = 74
const TOP = 5
const letter = (at: number) => (at < 26 ? String.fromCharCode(65 + at) : `A${String.fromCharCode(39 + at)}`)
const OPTIONS: Record<string, string[]> = { U: ['空调', '电暖器', '电热毯', '煤炉', '没有'], X: ['够', '不够'], AG: ['有', '没有'] }
/** The columns without a field: nobody knows yet what is meant. */
const UNKNOWN = new Set(['AL'])
const FIELDS: Record<string, string> = { B: 'person.name', C: 'person.gender', D: 'person.age', E: 'person.id_number', I: 'person.living_address', Q: 'person.self_care', R: 'person.emergency', U: 'person.heating', X: 'person.quilt', AG: 'person.smoke_alarm', AK: 'person.paired_neighbour' }
const fieldOf = (at: number) => (UNKNOWN.has(letter(at)) ? null : (FIELDS[letter(at)] ?? `person.field_${at}`))
const door = (k: number) => [`${3 + Math.floor(k / 9)}号楼`, `${101 + (k % 5) * 100 + (k % 3)}`]
const name = (k: number) => NAMES[k % NAMES.length] ?? ''

const column = (at: number): FormColumn => ({
  letter: letter(at), heading: HEADINGS[at] ?? '', levels: at === 16 || at === 17 ? ['身体与联系', HEADINGS[at] ?? ''] : [HEADINGS[at] ?? ''], field: at === 0 ? null : fieldOf(at), title: UNKNOWN.has(letter(at)) ? null : (HEADINGS[at] ?? ''),
  confidence: UNKNOWN.has(letter(at)) ? 'ask' : at === 15 ? 'likely' : 'sure', choices: UNKNOWN.has(letter(at)) ? [{ field: 'person.note', title: '备注', example: '爱听评弹' }, { field: 'person.care_note', title: '关怀备注', example: '膝盖不好' }] : [],
  serial: at === 0, formula: false, manner: OPTIONS[letter(at)] ? `下拉：${OPTIONS[letter(at)]?.join('、')}` : '照实填写', options: OPTIONS[letter(at)] ?? [],
})
const columns = HEADINGS.map((_, at) => column(at))

const nothing = { figures: [], lines: [], sample_rows: [], known: null, reissued: null, note: null, chips: [], is_said: true }
export const openedForm: FillOpened = {
  ...nothing, file: '独居老人冬季走访统计表（空表）.xlsx', format: 'xlsx', sheet: '走访统计', sheets: [{ name: '走访统计', kind: 'blank_form', hidden: false }, { name: '填表说明', kind: 'other', hidden: false }],
  kind: 'list', title: '独居老人冬季走访统计表', header_rows: [3, 4], slot_rows: [5, 34], slots: 30, columns, lines: [{ cell: 'A2', label: '填报单位', text: '梅园居民委员会' }],
  whom: { where: 'ledger:elderly_living_alone', order: 'door' }, chips: [{ text: '独居老人', where: 'ledger:elderly_living_alone', from: '表名' }], people: COUNT, as_of: '2026-11-21',
}

/** A form about one person, a roster to be completed, and one of counts. */
export function openedAs(kind: FormKind): FillOpened {
  const figure = (cell: string, row: string, where: string | null, value: number | null) => ({ cell, row_label: row, column_label: '人数', where, count: 'people' as const, value, proposed: where !== null })
  if (kind === 'figures') return { ...openedForm, kind, columns: [], title: '老龄工作季报', figures: [figure('C4', '60周岁以上', 'age>=60', 318), figure('C5', '80周岁以上', 'age>=80', 118), figure('C6', '独居老人', 'ledger:elderly_living_alone', 74), figure('C7', '认知障碍老人', null, null)] }
  if (kind === 'person') return { ...openedForm, kind, title: '老人健康登记卡', slots: 1, header_rows: null }
  return { ...openedForm, kind, title: kind === 'roster' ? '高龄津贴年审名单' : openedForm.title }
}

export const knownForm: FillOpened = { ...openedForm, known: { times: 2, last_on: '2026-10-18', last_to: '街道民政科', rate: 0.93 } }

/** Who lacks what: the first four gap columns with different holes, the note for everybody. */
const lacks = (at: number, k: number) => {
  const by: Record<string, boolean> = { U: true, X: true, AG: k % 10 < 7, AK: k % 2 === 0, AL: true }
  return by[letter(at)] ?? false
}
const stale = (at: number, k: number) => (letter(at) === 'AG' && !lacks(at, k)) || (at === 17 && k === 1)

function value(at: number, k: number): string {
  const [building, room] = door(k)
  const known: Record<string, string> = {
    A: String(k + 1), B: name(k), C: k % 3 === 1 ? '男' : '女', D: String(78 + (k % 11)), E: `990102********${2428 + k}`, F: '1944.3.9', G: '汉族', I: `${building}${room}`, J: building ?? '', L: `162****${6621 + k}`,
    Q: ['部分自理', '自理', '自理'][k % 3] ?? '', R: `女儿 ${name(k + 4)}`, AG: '有', AK: `${name(k + 6)} ${room}`,
  }
  return known[letter(at)] ?? ['有', '是', '职工', '良好'][at % 4] ?? ''
}

/** The replies. `over` changes what the form is. */
export function fillReplies(seen: FillOpened = openedForm): Record<string, Reply> {
  const filled = new Map<string, string>()
  const list: Submission[] = submissions()
  let op = 80
  const key = (k: number, at: number) => `r-${k + 1}:${fieldOf(at)}`
  const people = (form: FillRequest) => (form.whom?.people?.length ? form.whom.people.length : seen.kind === 'person' ? 0 : form.whom?.where === '' ? 1200 : COUNT)
  const choiceOf = (form: FillRequest, at: number): GapChoice => form.choices?.find((each) => each.letter === letter(at))?.choice ?? (letter(at) === 'AL' ? 'blank' : 'ask')
  const bound = (form: FillRequest, at: number) => form.mapping?.find((each) => each.letter === letter(at))?.field ?? fieldOf(at)

  function cell(form: FillRequest, at: number, k: number): FilledCell {
    const typed = filled.get(key(k, at))
    const on = stale(at, k) ? '2024-08-11' : '2026-09-12'
    if (typed) return { text: typed, state: 'filled', source: '补缺', on: '2026-11-21' }
    if (lacks(at, k)) {
      const choice = choiceOf(form, at)
      const text = { ask: '', blank: '', none: '无', zero: '0' }[choice]
      return { text, state: choice === 'ask' ? 'gap' : choice === 'blank' ? 'left' : 'chosen', source: null, on: null }
    }
    const changed = seen.known && at === 17 && k % 30 === 4
    return { text: value(at, k), state: changed ? 'changed' : stale(at, k) ? 'stale' : 'filled', source: SOURCE[KINDS[at] ?? 'r'] ?? '居民台账', on }
  }

  function preview(form: FillRequest): FillPreview {
    const rows = seen.kind === 'figures' ? 0 : Math.min(COUNT, people(form))
    const of = columns.map((each, at) => {
      const cells = Array.from({ length: rows }, (_, k) => cell(form, at, k))
      const count = (state: string) => cells.filter((one) => one.state === state).length
      const done = cells.filter((one) => ['filled', 'stale', 'changed', 'chosen'].includes(one.state)).length
      return {
        letter: each.letter, heading: each.heading, field: bound(form, at), filled: done - count('chosen'), gaps: rows - done, stale: count('stale'), stale_since: count('stale') ? '2024-08-11' : null,
        source: done ? (SOURCE[KINDS[at] ?? 'r'] ?? (done - count('chosen') ? '9月走访' : null)) : null, choice: choiceOf(form, at), why: letter(at) === 'AL' ? '来表没写要填什么' : null,
      }
    })
    const filledCells = of.reduce((sum, each) => sum + each.filled, 0)
    const many = people(form) > 30 && seen.kind === 'list'
    return {
      people: people(form), slots: seen.slots, inserted: many && form.overflow !== 'continue' ? people(form) - 30 : 0, files: form.overflow === 'continue' ? 3 : seen.kind === 'person' ? Math.max(1, people(form)) : 1, overflow: many ? (form.overflow ?? 'insert') : 'none', overflow_why: null,
      cells: seen.kind === 'figures' ? 4 : rows * columns.length, filled: seen.kind === 'figures' ? 3 : filledCells, gaps: seen.kind === 'figures' ? 1 : rows * columns.length - filledCells, left: 0, stale: of.reduce((sum, each) => sum + each.stale, 0), rate: rows ? filledCells / (rows * columns.length) : 0.75,
      columns: seen.kind === 'figures' ? [] : of, sources: [{ source: '居民台账', columns: 21, cells: 1554 }, { source: '9月走访', columns: 9, cells: 666 }, { source: '房屋台账', columns: 3, cells: 222 }],
      changed: seen.known ? 3 : 0, unmatched: seen.kind === 'roster' ? unmatched(form) : [], warnings: seen.kind === 'person' ? [] : ['打印区跟着加的行往下走了 44 行。'],
    }
  }

  function cells(form: FillRequest, from: number, wanted: number): FillCells {
    if (seen.kind === 'figures') return figureCells(seen)
    const rows = Math.min(COUNT, people(form))
    const total = TOP + rows
    const width = columns.length
    const blank = (text = ''): FilledCell => ({ text, state: 'form', source: null, on: null })
    const line = (texts: string[]) => Array.from({ length: width }, (_, at) => blank(texts[at] ?? ''))
    const rowAt = (row: number) => {
      const base = { row, who: null, height: null }
      if (row === 1) return { ...base, zone: 'title' as const, cells: line([seen.title ?? '']) }
      if (row === 2) return { ...base, zone: 'meta' as const, cells: line(['填报单位：梅园居民委员会', '', '', '', '填报人：周桂芳']) }
      if (row === 3) return { ...base, zone: 'header' as const, cells: line(HEADINGS.map((each, at) => (at === 16 ? '身体与联系' : at === 17 ? '' : each))) }
      if (row === 4) return { ...base, zone: 'header' as const, cells: line(HEADINGS.map((each, at) => (at === 16 || at === 17 ? each : ''))) }
      if (row === total) return { ...base, zone: 'total' as const, cells: line(['合计', '', `${rows} 人`]) }
      return { ...base, zone: 'slot' as const, who: name(row - TOP), cells: columns.map((_, at) => cell(form, at, row - TOP)) }
    }
    const last = Math.min(total, from + wanted - 1)
    const tall = columns.flatMap((_, at) => (at === 16 || at === 17 ? [] : [{ row: 3, column: at, rows: 2, columns: 1 }]))
    return {
      total, width, rows: Array.from({ length: Math.max(0, last - from + 1) }, (_, k) => rowAt(from + k)),
      merges: [{ row: 1, column: 0, rows: 1, columns: width }, { row: 2, column: 0, rows: 1, columns: 4 }, { row: 2, column: 4, rows: 1, columns: 4 }, { row: 3, column: 16, rows: 1, columns: 2 }, ...tall],
      widths: HEADINGS.map((each, at) => (at === 4 ? 19 : at === 0 ? 5 : Math.max(7, each.length * 2 + 1))),
    }
  }

  const formOf = (request: Record<string, unknown>) => request as unknown as FillRequest
  return {
    'fill.open': (request) => ({ ...seen, ...(request.sheet ? { sheet: request.sheet } : {}), ...(request.header_rows ? { header_rows: request.header_rows } : {}) }),
    'fill.preview': (request) => preview(formOf(request)),
    'fill.cells': (request) => cells(request.form as FillRequest, Number(request.from), Number(request.count)),
    'fill.source': (request) => source(String(request.cell), (at, k) => cell(request.form as FillRequest, at, k)),
    'fill.gaps': (request) => gaps(formOf(request), (at, k) => cell(formOf(request), at, k), (at) => choiceOf(formOf(request), at)),
    'fill.save_gaps': (request) => {
      const values = request.values as { uid: string; field: string; value: string }[]
      const no = values.filter((each) => each.value === '不收')
      values.filter((each) => each.value !== '不收').forEach((each) => filled.set(`${each.uid}:${each.field}`, each.value))
      return { op: ++op, saved: values.length - no.length, refused: no.map((each) => ({ uid: each.uid, field: each.field, message: '这个值不能存。' })) }
    },
    'fill.visit': () => ({ pdf: btoa('%PDF-1.4'), pages: 7, file_name: '补缺走访单.pdf' }),
    'fill.make': (request) => {
      const now = preview(formOf(request))
      const files = now.files > 1 ? Array.from({ length: now.files }, (_, k) => ({ file_name: `梅园居民区-${seen.title}-${k + 1}.xlsx`, bytes: btoa('xlsx'), people: 1 })) : [{ file_name: `梅园居民区-${seen.title}-2026-11-21.xlsx`, bytes: btoa('xlsx'), people: now.people }]
      return { files, cells: now.cells, filled: now.filled, gaps: now.gaps, rate: now.rate, sha256: '0' }
    },
    'fill.keep': () => ({ op: ++op }),
    'fill.done': (request) => {
      list.unshift({ ...list[0]!, id: list.length + 1, op: ++op, on: '2026-11-21', title: seen.title ?? '', to: String(request.to), channel: String(request.channel), pages: Number(request.pages ?? 0) })
      return { op, id: list.length }
    },
    'fill.list': () => ({ submissions: list, year: { forms: list.length + 10, filled: 3204 }, months: [{ month: '2026-08', forms: 2, rate: 0.81 }, { month: '2026-09', forms: 4, rate: 0.86 }, { month: '2026-10', forms: 3, rate: 0.93 }, { month: '2026-11', forms: 5, rate: 0.95 }] }),
    'fill.copy': () => ({ files: [{ file_name: '独居老人冬季走访统计表.xlsx', bytes: btoa('xlsx'), people: 74 }] }),
    'fill.pack': () => ({ file_name: '填法.jwpack', bytes: btoa('pack'), forms: 6, headings: 40 }),
    'fill.unpack': () => ({ op: ++op, forms: 4, headings: 12 }),
  }
}

function source(at: string, cellAt: (at: number, k: number) => FilledCell) {
  const row = Number(/\d+$/.exec(at)?.[0])
  const k = row - TOP
  const column = columns.findIndex((each) => each.letter === at.replace(/\d+/, ''))
  if (k < 0 || k >= COUNT || column < 1) return null
  const here = cellAt(column, k)
  const known = here.state === 'filled' || here.state === 'stale' || here.state === 'changed'
  return {
    field: fieldOf(column) ?? '', title: columns[column]?.title ?? '', who: name(k), uid: `r-${k + 1}`, value: here.text, written: here.text, stale: here.state === 'stale', before: here.state === 'changed' ? '儿子 郭亮' : null,
    source: known ? { op: 4, label: '9月走访', file: '9月走访.xlsx', sheet: '走访表', cell: `F${k + 4}`, clerk: '许文静', on: here.on ?? '2026-09-12' } : null,
  }
}

function gaps(form: FillRequest, cellAt: (at: number, k: number) => FilledCell, choice: (at: number) => GapChoice) {
  const wanted = columns.flatMap((each, at) => (each.field && KINDS[at] === 'x' && choice(at) === 'ask' ? [at] : []))
  const rows = Array.from({ length: COUNT }, (_, k) => ({
    uid: `r-${k + 1}`, building: door(k)[0] ?? '', place: door(k)[1] ?? '', name: name(k), age: 78 + (k % 11),
    cells: wanted.map((at) => {
      const here = cellAt(at, k)
      return { field: fieldOf(at) ?? '', value: here.text, state: here.state === 'gap' ? 'gap' : here.state === 'stale' ? 'stale' : 'known', on: here.on, why: null }
    }),
  })).filter((row) => row.cells.some((cell) => cell.state !== 'known'))
  const total = rows.reduce((sum, row) => sum + row.cells.filter((cell) => cell.state === 'gap').length, 0)
  const titles = [...new Set(rows.map((row) => row.building))]
  const unbound = columns.filter((each, at) => !each.serial && !each.field && choice(at) === 'ask' && !form.mapping?.some((one) => one.letter === each.letter && one.field))
  return {
    total, done: COUNT * columns.length - total, cells: COUNT * columns.length, rows,
    columns: wanted.map((at) => ({ letter: letter(at), heading: HEADINGS[at] ?? '', field: fieldOf(at) ?? '', title: HEADINGS[at] ?? '', options: OPTIONS[letter(at)] ?? [] })),
    buildings: titles.map((title) => ({ title, people: rows.filter((row) => row.building === title).length, gaps: 10 })),
    unbound: unbound.map((each) => ({ letter: each.letter, heading: each.heading, people: COUNT })),
  }
}

function unmatched(form: FillRequest) {
  const twin = (uid: string, birth_on: string, place: string) => ({ uid, name: '陈秀英', gender: '女', birth_on, place })
  const all = [
    { row: 7, name: '陈秀英', why: '有两位同名的人', candidates: [twin('r-21', '1949-10-17', '3号楼401'), twin('r-22', '1952-03-04', '9号楼102')] },
    { row: 19, name: '冯阿四', why: '台账里没有这个名字', candidates: [] },
  ]
  return all.filter((each) => !form.decided?.some((one) => one.row === each.row))
}

function figureCells(seen: FillOpened): FillCells {
  const form = (text: string): FilledCell => ({ text, state: 'form', source: null, on: null })
  const rows = [
    { row: 1, zone: 'title' as const, who: null, height: null, cells: [form(seen.title ?? ''), form(''), form('')] },
    { row: 2, zone: 'meta' as const, who: null, height: null, cells: [form('填报单位：梅园居民委员会'), form(''), form('')] },
    { row: 3, zone: 'header' as const, who: null, height: null, cells: [form('序号'), form('指标'), form('人数')] },
    ...seen.figures.map((each, k) => ({ row: 4 + k, zone: 'slot' as const, who: null, height: null, cells: [form(String(k + 1)), form(each.row_label), { text: each.value === null ? '' : String(each.value), state: each.value === null ? ('gap' as const) : ('filled' as const), source: '居民台账', on: null }] })),
  ]
  return { total: rows.length, width: 3, rows, merges: [{ row: 1, column: 0, rows: 1, columns: 3 }, { row: 2, column: 0, rows: 1, columns: 3 }], widths: [8, 30, 16] }
}

function submissions(): Submission[] {
  const base = { clerk: '许文静', people: 74, cells: 2812, filled: 2607, rate: 0.927, note: '', pages: 0 }
  return [
    { ...base, id: 3, op: 70, on: '2026-11-06', file: '独居老人冬季走访统计表.xlsx', title: '独居老人冬季走访统计表', to: '街道民政科', channel: '微信群' },
    { ...base, id: 2, op: 66, on: '2026-10-18', file: '残疾人两项补贴年审表.xls', title: '残疾人两项补贴年审表', to: '街道残联', channel: '邮件', people: 36, cells: 504, filled: 471, rate: 0.934, note: '街道要求十月底前' },
    { ...base, id: 1, op: 61, on: '2026-10-08', file: '老龄工作季报.xlsx', title: '老龄工作季报', to: '街道老龄办', channel: '纸质', pages: 2, people: 0, cells: 24, filled: 24, rate: 1 },
  ]
}
