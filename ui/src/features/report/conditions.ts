// Which people are printed: conditions a clerk puts together, written in the core's filter language.
import type { Building, ColumnReply, FieldKind } from '@/bridge'

export type Relation = 'is' | 'is_not' | 'at_least' | 'at_most' | 'filled' | 'empty'

export interface Condition {
  field: string
  relation: Relation
  value: string
}

/** What can be asked about: a column of a ledger, with the values it can have where they are few. */
export interface Askable {
  field: string
  title: string
  kind?: FieldKind
  choices: { value: string; label: string }[]
}

/** Short words of the filter language that other pages write, by the fields they mean. */
const short: Record<string, [string, string]> = { building: ['place.building', '楼栋'], age: ['person.age', '年龄'], gender: ['person.gender', '性别'] }

/** The columns of a ledger to ask about; the building can be asked about even where it is no column. */
export function askableOf(columns: ColumnReply[], buildings: Building[]): Askable[] {
  const doors = buildings.map(({ value, title }) => ({ value, label: title }))
  const plain = (values: string[]) => values.map((value) => ({ value, label: value }))
  const asked = columns.map(({ field, title, group, kind, options }): Askable => ({
    field, title: group ? `${group}·${title}` : title, kind, choices: kind === 'building' ? doors : plain(options ?? (kind === 'boolean' ? ['是', '否'] : [])),
  }))
  const [field, title] = short['building']!
  return !doors.length || asked.some((each) => each.field === field) ? asked : [...asked, { field, title, kind: 'building', choices: doors }]
}

const words: Record<Relation, string> = {
  is: '是', is_not: '不是', at_least: '至少', at_most: '至多', filled: '填了', empty: '没有填',
}
const signs: Partial<Record<Relation, string>> = { is: '=', is_not: '!=', at_least: '>=', at_most: '<=' }
const measured = ['integer', 'decimal', 'money', 'date', 'month', 'year']

/** The relations that make sense for a field, in the order of the list. */
export function relationsFor(field: Askable | undefined): { value: Relation; label: string }[] {
  const dated = /date|month|year/.test(field?.kind ?? '')
  const all: Relation[] = measured.includes(field?.kind ?? '') ? ['at_least', 'at_most', 'is', 'filled', 'empty'] : ['is', 'is_not', 'filled', 'empty']
  const label = (each: Relation) => (dated && each === 'at_least' ? '从这天起' : dated && each === 'at_most' ? '到这天为止' : words[each])
  return all.map((value) => ({ value, label: label(value) }))
}

export function needsValue(relation: Relation): boolean {
  return relation !== 'filled' && relation !== 'empty'
}

/** Conditions that say something; half-written ones are left out. */
export function complete(conditions: Condition[]): Condition[] {
  return conditions.filter((each) => each.field && (!needsValue(each.relation) || each.value.trim()))
}

function written({ field, relation, value }: Condition): string {
  if (relation === 'filled') return field
  if (relation === 'empty') return `not ${field}`
  const clean = value.trim()
  const quote = clean.includes('"') ? "'" : '"'
  return `${field}${signs[relation]}${quote}${clean.replaceAll(quote, '')}${quote}`
}

/** In the filter language; empty when nothing is asked. */
export function filterOf(conditions: Condition[]): string {
  return complete(conditions).map(written).join(' and ')
}

const one = /^(?:(not) )?([^\s=!<>"'()]+)(?:(!=|>=|<=|=)(?:"([^"]*)"|'([^']*)'|([^\s"'()]+)))?$/

/** Reads back what `filterOf` writes, or null when the filter says more than these conditions can. */
export function conditionsOf(filter: string): Condition[] | null {
  if (!filter.trim()) return []
  const read = filter.split(' and ').map((part): Condition | null => {
    const found = one.exec(part.trim())
    if (!found) return null
    const [, not, word = '', sign, ...values] = found
    const field = short[word]?.[0] ?? word
    const relation = (Object.keys(signs) as Relation[]).find((each) => signs[each] === sign)
    if (!relation) return { field, relation: not ? 'empty' : 'filled', value: '' }
    return not ? null : { field, relation, value: values.find((each) => each !== undefined) ?? '' }
  })
  return read.every((each) => each !== null) ? read : null
}

/** "年龄至少 80，楼栋是 3号楼"; a field that is not known is called by its id. */
export function conditionWords(conditions: Condition[], fields: Askable[]): string {
  return complete(conditions)
    .map(({ field, relation, value }) => {
      const known = fields.find((each) => each.field === field)
      const word = relationsFor(known).find((each) => each.value === relation)?.label ?? words[relation]
      const title = known?.title ?? Object.values(short).find(([id]) => id === field)?.[1] ?? field
      const shown = known?.choices.find((each) => each.value === value)?.label ?? value.trim()
      return `${title}${word}${needsValue(relation) ? ` ${shown}` : ''}`
    })
    .join('，')
}
