// How the paper of each kind looks from afar; a kind that is not named here looks as its group does.
import type { ReportEntry } from '@/bridge'

export type Look = 'list' | 'blank' | 'cross' | 'bars' | 'changes' | 'text' | 'notice' | 'book' | 'labels' | 'slips'

const byGroup: Record<ReportEntry['group'], Look> = { list: 'list', figures: 'cross', official: 'text', slips: 'labels' }
const byWord: [RegExp, Look][] = [
  [/blank/, 'blank'], [/cross/, 'cross'], [/change/, 'changes'], [/population|statistic|figures|key_group/, 'bars'],
  [/notice|public/, 'notice'], [/household/, 'book'], [/slip|door/, 'slips'], [/label/, 'labels'],
]

export function lookOf({ kind, group }: Pick<ReportEntry, 'kind' | 'group'>): Look {
  return byWord.find(([word]) => word.test(kind))?.[1] ?? byGroup[group]
}
