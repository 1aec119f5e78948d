// Whom a form asks for, as chips the clerk can take off or put on; together they are one condition. Pure.
import type { FillChip, FillWhom } from '@/bridge'

/** Chips of a proposal; a condition that no chip explains becomes one of its own, so that nothing is hidden. */
export function chipsOf(whom: FillWhom, chips: FillChip[]): FillChip[] {
  if (!whom.where || joined(chips) === whom.where) return chips
  if (chips.length && chips.every((chip) => whom.where.includes(chip.where))) return chips
  return [{ text: whom.where, where: whom.where, from: '' }]
}

/** All chips as one condition. */
export function joined(chips: FillChip[]): string {
  const parts = chips.map((chip) => chip.where.trim()).filter(Boolean)
  return parts.map((part) => (parts.length > 1 && /\bor\b/.test(part) ? `(${part})` : part)).join(' and ')
}

/** Conditions that clerks name most, besides the ledgers. */
export const COMMON: { title: string; options: { value: string; label: string }[] }[] = [
  {
    title: '年龄',
    options: [
      ...[60, 65, 70, 80, 90, 100].map((age) => ({ value: `age>=${age}`, label: `${age}周岁以上` })),
      { value: 'age<18', label: '未满18周岁' },
    ],
  },
  { title: '性别', options: [{ value: 'gender=男', label: '男' }, { value: 'gender=女', label: '女' }] },
  {
    title: '情况',
    options: [
      { value: 'living_alone', label: '独居' }, { value: 'disability', label: '残疾' }, { value: 'low_income', label: '低保' },
      { value: 'party_member', label: '党员' }, { value: 'volunteer', label: '志愿者' }, { value: 'veteran', label: '退役军人' },
    ],
  },
]

/** A condition for a few buildings, as clerks write them: "3号楼、5号楼"; null when nothing was written. */
export function buildings(text: string): FillChip | null {
  const names = text.split(/[\s、，,；;]+/).filter(Boolean).map((name) => (/^\d+$/.test(name) ? `${name}号楼` : name))
  if (!names.length) return null
  const where = names.length === 1 ? `building=${names[0]}` : `building in (${names.join(',')})`
  return { text: names.join('、'), where, from: '' }
}

/** Ledgers as conditions, by their titles. */
export const ledgerOptions = (groups: { title: string; ledgers: { id: string; title: string; subject: string }[] }[]) =>
  groups
    .map((group) => ({ title: group.title, options: group.ledgers.filter((each) => each.subject === 'resident' && each.id !== 'resident').map((each) => ({ value: `ledger:${each.id}`, label: each.title })) }))
    .filter((group) => group.options.length)

/** A condition as chips with the words that are known for its parts; an unknown part speaks for itself. */
export function chipsFrom(where: string, known: { value: string; label: string }[]): FillChip[] {
  const words = new Map([...COMMON.flatMap((group) => group.options), ...known].map((each) => [each.value, each.label]))
  const parts = where.split(/\s+and\s+/).map((part) => part.trim()).filter(Boolean)
  // The core writes blanks around its signs; our own conditions have none.
  const tight = (part: string) => part.replace(/\s*([<>!]?=|[<>])\s*/g, '$1')
  return parts.map((part) => ({ text: words.get(tight(part)) ?? part, where: part, from: '' }))
}
