// The rules behind the words of the report desk: days, conditions, warnings, which ledgers are offered.
import { expect, test } from 'vitest'
import { ledgers } from '@/bridge/fake/samples'
import { askableOf, complete, conditionsOf, conditionWords, filterOf, relationsFor, type Condition } from './conditions'
import { dayOf, daysOf, stretchWords } from './period'
import { printable } from './printable'
import { pagesNamed, pagesOf, rareGlyphs, sentence } from './warnings'

test.each([
  ['month', '2026-11-21', '2026-11-01', '2026-11-21'], ['last_month', '2026-01-31', '2025-12-01', '2025-12-31'],
  ['last_month', '2028-03-31', '2028-02-01', '2028-02-29'], ['quarter', '2026-11-21', '2026-10-01', '2026-11-21'],
  ['quarter', '2026-03-31', '2026-01-01', '2026-03-31'], ['year', '2026-11-21', '2026-01-01', '2026-11-21'],
] as const)('%s on %s is %s to %s', (stretch, today, from, to) => {
  expect(daysOf(stretch, today)).toEqual({ from, to })
})

test('single days, and the words of a stretch', () => {
  expect([dayOf('today', '2026-01-31'), dayOf('last_month', '2026-01-31'), dayOf('last_year', '2026-01-31')]).toEqual(['2026-01-31', '2025-12-31', '2025-12-31'])
  expect(stretchWords({ from: '2025-12-01', to: '2026-01-05' }, '2026-11-21')).toBe('2025年12月1日至1月5日')
})

const some: Condition[] = [
  { field: 'person.age', relation: 'at_least', value: ' 80 ' }, { field: 'person.meal', relation: 'filled', value: '' },
  { field: 'person.phone', relation: 'empty', value: '' }, { field: 'place.building', relation: 'is', value: '3' },
  { field: 'person.name', relation: 'is_not', value: '说"好"' },
]

test('conditions are written for the core and read back', () => {
  const filter = `person.age>="80" and person.meal and not person.phone and place.building="3" and person.name!='说"好"'`
  expect(filterOf(some)).toBe(filter)
  expect(conditionsOf(filter)).toEqual(some.map((each) => ({ ...each, value: each.value.trim() })))
  expect(filterOf(conditionsOf(filter)!)).toBe(filter)
})

test.each(['age>=80 or living_alone', 'ledger:elderly and (gender=男)', 'building in (3, 4)', 'not age>=80', 'age<60'])('%s says more than the boxes can', (filter) => {
  expect(conditionsOf(filter)).toBeNull()
})

test('a quote of its own cannot leave its value', () => {
  expect(filterOf([{ field: 'person.name', relation: 'is', value: `a" or age>'1` }])).toBe(`person.name='a" or age>1'`)
})

test('half-written conditions are left out, and the others are told in words', () => {
  const half: Condition[] = [{ field: '', relation: 'is', value: '3' }, { field: 'person.age', relation: 'at_most', value: ' ' }]
  expect(complete([...half, ...some])).toEqual(some)
  const plain = { computed: false, required: false, sensitive: false, width: 80 }
  const fields = askableOf([{ ...plain, field: 'person.age', title: '年龄', kind: 'integer' }, { ...plain, field: 'person.veteran', title: '退役军人', group: '身份', kind: 'boolean' }], [{ value: '3', title: '3号楼' }])
  expect(fields.map((each) => [each.title, each.choices.map((choice) => choice.label).join()])).toEqual([['年龄', ''], ['身份·退役军人', '是,否'], ['楼栋', '3号楼']])
  expect(conditionWords(conditionsOf('age>="80" and building="3" and row.visits')!, fields)).toBe('年龄至少 80，楼栋是 3号楼，row.visits填了')
  expect(relationsFor({ field: 'x', title: '上次走访', kind: 'date', choices: [] }).map((each) => each.label)).toEqual(['从这天起', '到这天为止', '是', '填了', '没有填'])
})

test.each([['第 2 页', [2]], ['3', [3]], ['李㛃，第 2、5 页', [2, 5]], ['落款', []], ['', []], ['3号楼', []]])('the pages of %s are %j', (where, pages) => {
  expect(pagesOf({ kind: 'missing_glyph', text: '', where })).toEqual(pages)
})

test('rare characters are told together, each page once', () => {
  const glyph = (text: string, where: string) => ({ kind: 'missing_glyph', text, where })
  const warnings = [glyph('㛃', '第 2 页，第 12 行“姓名”'), glyph('䶮', '第 2、3 页'), glyph('㛃', '第 40 行“姓名”'), { kind: 'columns_tight', text: '14 栏', where: '' }]
  expect(rareGlyphs(warnings)).toEqual([
    { glyph: '㛃', places: ['第 12 行“姓名”', '第 40 行“姓名”'], pages: [2] },
    { glyph: '䶮', places: [], pages: [2, 3] },
  ])
  expect(pagesNamed(warnings)).toEqual([2, 3])
})

test.each([
  ['cut_text', '合并的格子没有印全', '第 2 页', '合并的格子没有印全。'], ['columns_tight', '14 栏', '独居老人台账', '14 栏排在一页宽里，有的格子要换行。'],
  ['empty', '没有可以打印的内容，没有放进来', '户册', '户册：没有可以打印的内容，没有放进来。'], ['other', '这样行吗？', '', '这样行吗？'],
])('%s is said as a sentence', (kind, text, where, said) => {
  expect(sentence({ kind, text, where })).toBe(said)
})

test('ledgers with someone in them are offered; for a form to fill in by hand, all', () => {
  const groups = [{ title: '人和户', ledgers: [{ ...ledgers.ledgers[0]!, rows: 0 }, ledgers.ledgers[1]!] }, { title: '空的', ledgers: [] }]
  const ids = (found: typeof groups) => found.map((group) => group.ledgers.map((each) => each.id))
  expect(ids(printable(groups, ''))).toEqual([['elderly_living_alone']])
  expect(ids(printable(groups, 'residents'))).toEqual([['residents', 'elderly_living_alone']])
  expect(ids(printable(groups, '', 'ledger_blank'))).toEqual([['residents', 'elderly_living_alone']])
})
