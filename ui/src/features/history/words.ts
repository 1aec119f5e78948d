// Counts of an import in words; parts that are zero are left unsaid.
import type { Counts } from '@/bridge'

const names: [keyof Counts, string][] = [
  ['added', '新增'], ['changed', '有变化'], ['same', '一样'], ['conflict', '有冲突'], ['refused', '没导入'],
]

/** Such as ["新增 12，", "一样 103"]; each part stays whole when a line breaks. */
export function countParts(counts: Counts): string[] {
  const said = names.filter(([name]) => counts[name] > 0).map(([name, word]) => `${word} ${counts[name]}`)
  return said.length ? said.map((part, k) => (k < said.length - 1 ? `${part}，` : part)) : ['没有变化']
}
