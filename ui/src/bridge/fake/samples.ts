// Fictional people, acts and ledgers for the made-up replies.
import type { HistoryOp, Hit, LedgerEntry, LedgersReply, ResidentCard } from '../types'

const counts = { added: 12, changed: 9, same: 103, conflict: 2, refused: 1, absent: 5 }
const base = { clerk: '许文静', undone: false, can_undo: true, is_undo: false }

export const ops: HistoryOp[] = [
  { ...base, op: 8, at: '2026-11-21T09:42:00+08:00', label: '改了王桂兰的手机', kind: 'resident.change' },
  { ...base, op: 7, at: '2026-11-21T09:30:00+08:00', label: '导入“11月独居老人名单.xlsx”到《独居老人台账》', kind: 'import.apply', file: '11月独居老人名单.xlsx', counts },
  { ...base, op: 6, at: '2026-11-20T16:05:00+08:00', label: '导入“街道残联两项补贴复核名单.xls”到《残疾人台账》', kind: 'import.apply', file: '街道残联两项补贴复核名单.xls', counts: { ...counts, added: 0, changed: 3, same: 123 }, undone: true },
  { ...base, op: 5, at: '2026-11-20T15:20:00+08:00', label: '退役军人台账改了 4 格', kind: 'resident.change', clerk: '蒋一鸣' },
  { ...base, op: 3, at: '2026-11-18T10:11:00+08:00', label: '导入“高龄津贴新增人员表（11月）.xlsx”到《高龄老人台账》', kind: 'import.apply', file: '高龄津贴新增人员表（11月）.xlsx', counts: { ...counts, added: 6, changed: 0, conflict: 0 } },
  { ...base, op: 1, at: '2026-11-17T08:40:00+08:00', label: '开办居务台', kind: 'office.start', can_undo: false },
]

export const hits: Hit[] = [
  { uid: 'r-1', name: '王桂兰', gender: '女', age: 82, born: '1944', place: '3号楼502', why: '拼音 wgl' },
  { uid: 'r-2', name: '王国梁', gender: '男', age: 47, born: '1979', place: '7号楼301', why: '拼音 wgl' },
  { uid: 'r-3', name: '李国平', gender: '男', age: 80, born: '1946', place: '3号楼301', why: '3号楼301' },
]

const visit = { op: 4, label: '9月走访', clerk: '许文静', on: '2026-09-12' }
const roster = { op: 6, label: '街道残联名单', file: '街道残联两项补贴复核名单.xls', clerk: '许文静', on: '2026-11-18', sheet: '复核名单', cell: 'D12', sender: '街道残联' }
const plain = { sensitive: false, editable: true }

export const resident: ResidentCard = {
  uid: 'r-1', name: '王桂兰', gender: '女', age: 82, birth_on: '1944-03-09', place: '3号楼502', tags: ['独居', '高龄', '残疾'],
  facts: [
    { ...plain, field: 'person.id_number', title: '身份证号', group: '身份', display: '990102********1226', sensitive: true, source: roster },
    { ...plain, field: 'person.ethnicity', title: '民族', group: '身份', display: '汉族', source: visit },
    { ...plain, field: 'person.phone', title: '手机', group: '联系', display: '138****6621', sensitive: true, source: visit },
    { ...plain, field: 'person.emergency', title: '紧急联系人', group: '联系', display: '女儿 周敏', source: visit },
    { ...plain, field: 'person.self_care', title: '自理情况', group: '身体', display: '部分自理', options: ['自理', '部分自理', '失能'], source: { ...visit, on: '2026-11-18', label: '走访' } },
    { ...plain, field: 'person.disability', title: '残疾', group: '身体', display: '肢体 二级', source: roster },
    { ...plain, field: 'person.meal', title: '助餐', group: '身体', display: '' },
  ],
  ledgers: [{ id: 'elderly_living_alone', title: '独居老人台账', record: 1 }, { id: 'disabled', title: '残疾人台账', record: 17 }],
  household: [{ uid: 'r-9', name: '周敏', relation: '女儿', age: 55 }],
  timeline: [
    { on: '2026-11-18', label: '走访：膝盖疼，下楼要扶', clerk: '许文静' },
    { on: '2026-11-18', label: '导入改了残疾等级', clerk: '许文静' },
    { on: '2026-09-12', label: '补登紧急联系人', clerk: '许文静' },
    { on: '2026-03-02', label: '女儿迁出，转为独居', clerk: '蒋一鸣' },
  ],
}

const heads: LedgerEntry[] = [
  { id: 'residents', title: '居民台账', rows: 1200, subject: 'resident', local: false },
  { id: 'elderly_living_alone', title: '独居老人台账', rows: 74, subject: 'resident', local: false },
  { id: 'elderly', title: '80岁以上高龄老人台账', rows: 118, subject: 'resident', local: false },
  { id: 'disabled', title: '残疾人台账', rows: 36, subject: 'resident', local: false },
  { id: 'veterans', title: '退役军人台账', rows: 21, subject: 'resident', local: false },
  { id: 'rented', title: '出租房屋台账', rows: 58, subject: 'resident', local: false },
]
export const ledgers: LedgersReply = {
  groups: [
    { title: '人和户', ledgers: heads.slice(0, 1) },
    { title: '重点人群', ledgers: heads.slice(1, 5) },
    { title: '房屋和单位', ledgers: heads.slice(5) },
  ],
  ledgers: heads,
}
