// The step 看变化: its tabs, what would be written, and decisions that must be worked out before anything is.
import { computed, ref } from 'vue'
import type { Counts } from '@/bridge'
import { differing } from './useDecisions'
import type { Wizard } from './useWizard'

export interface Tab {
  key: keyof Counts
  title: string
  note: string
}

export const TABS: Tab[] = [
  { key: 'added', title: '新增', note: '台账里还没有的，会加进去。' },
  { key: 'changed', title: '有变化', note: '台账里有，这次补上或更新的格子。' },
  { key: 'same', title: '一样', note: '和台账里的一模一样，不用动。' },
  { key: 'conflict', title: '有冲突', note: '两边都有、写得不一样的格子。各栏有各栏的规矩，不合适就点另一边；原来空着的会补上。' },
  { key: 'absent', title: '名单没有', note: '台账里有、这张名单里没有。不会删除，是不是迁出了请核对。' },
  { key: 'refused', title: '没导入', note: '这些行先不导入，放进待处理，以后改好再导。' },
]
const NONE: Counts = { added: 0, changed: 0, same: 0, conflict: 0, refused: 0, absent: 0 }

export function useChanges(wizard: Wizard) {
  const { decided } = wizard
  const plan = computed(() => wizard.plan.value)
  const counts = computed<Counts>(() => plan.value ?? NONE)
  const open = computed(() => (plan.value?.rows.refused ?? []).filter((row) => row.candidates.length && decided.personOf(row) === undefined).length)
  const first = TABS.find((tab) => counts.value[tab.key] > 0 && tab.key !== 'same')?.key ?? 'same'
  const tab = ref<keyof Counts>(counts.value.conflict ? 'conflict' : open.value ? 'refused' : first)
  const here = computed(() => TABS.find((each) => each.key === tab.value))
  const rows = computed(() => plan.value?.rows[tab.value] ?? [])
  const leftIn = (keys: (keyof Counts)[]) => keys.flatMap((key) => plan.value?.rows[key] ?? []).filter(decided.isAside).length
  /** Rows that go to 待处理: those the core sets aside, and those put aside here. */
  const waiting = computed(() => (plan.value?.tray ?? 0) + leftIn(['added', 'changed', 'conflict']))
  const listed = computed(() => (plan.value?.rows.conflict ?? []).flatMap((row) => differing(row).map((cell) => ({ field: cell.field, side: decided.sideOf(row, cell) }))))
  /** Differing cells in which the sheet's value stands: those listed, and of the others whole columns. */
  const taken = computed(() => {
    const beyond = (plan.value?.differing ?? []).map((column) => {
      const here = listed.value.filter((cell) => cell.field === column.field).length
      return decided.columnSide(column) === 'theirs' ? column.count - here : 0
    })
    return listed.value.filter((cell) => cell.side === 'theirs').length + beyond.reduce((sum, each) => sum + each, 0)
  })
  /** A row in conflict may still fill what was empty, or be new to this ledger. */
  const writes = computed(() => counts.value.added + counts.value.changed + counts.value.conflict - leftIn(['added', 'changed', 'conflict']))
  const people = computed(() => decided.people.value.size)
  const act = computed(() => {
    if (decided.unseen.value) return people.value ? `认好 ${people.value} 位，再核对一遍` : '再核对一遍'
    return writes.value > 0 ? `导入到${wizard.destination.value.title}` : '没有要导入的变化'
  })
  const ready = computed(() => decided.unseen.value || writes.value > 0)

  /** Imports; where people were told apart, the plan is worked out again first. */
  async function go(): Promise<void> {
    if (decided.unseen.value) return void (await wizard.preview())
    await wizard.apply()
  }

  /** The tab beside the present one. */
  function turn(by: 1 | -1): keyof Counts {
    const next = TABS[(TABS.findIndex((each) => each.key === tab.value) + by + TABS.length) % TABS.length]
    return (tab.value = next?.key ?? tab.value)
  }

  return { plan, counts, tab, here, rows, waiting, taken, open, act, ready, go, turn }
}
