// 看变化: where it begins, what would be written, and that people told apart are looked at before anything is.
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { importReplies } from './fake'
import { useChanges } from './useChanges'
import { useDecisions } from './useDecisions'
import type { Wizard } from './useWizard'

function begin(over: object = {}) {
  const plan = { ...(importReplies()['import.preview']!({}) as object), ...over }
  const wizard = { plan: ref(plan), decided: useDecisions(), destination: ref({ title: '残疾人' }), preview: vi.fn(), apply: vi.fn() }
  return { wizard, changes: useChanges(wizard as unknown as Wizard) }
}
const none = { added: 0, changed: 0, conflict: 0, refused: 0 }
const noRows = { added: [], changed: [], same: [], conflict: [], refused: [], absent: [] }

describe('看变化', () => {
  it('begins with what must be decided', () => {
    expect(begin().changes.tab.value).toBe('conflict')
    expect(begin({ conflict: 0 }).changes.tab.value).toBe('refused')
    expect(begin({ ...none, rows: noRows }).changes.tab.value).toBe('absent')
  })
  it('counts the cells that the sheet wins, and the rows that wait', () => {
    const { wizard, changes } = begin()
    expect([changes.taken.value, changes.waiting.value]).toEqual([1, 2])
    wizard.decided.setRule('take')
    wizard.decided.setAside([{ row: 8 }], true)
    expect([changes.taken.value, changes.waiting.value]).toEqual([3, 3])
  })
  it('says when there is nothing to write', () => {
    const { changes } = begin({ ...none, rows: noRows })
    expect([changes.act.value, changes.ready.value]).toEqual(['没有要导入的变化', false])
    expect(begin({ ...none, conflict: 1 }).changes.ready.value).toBe(true)
  })
  it('works the plan out again before people told apart are written', async () => {
    const { wizard, changes } = begin()
    wizard.decided.setPerson({ row: 7, sheet: null, half: 0 }, 'r-22')
    expect([changes.act.value, changes.open.value]).toEqual(['认好 1 位，再核对一遍', 0])
    await changes.go()
    expect([wizard.preview.mock.calls.length, wizard.apply.mock.calls.length]).toEqual([1, 0])
    wizard.decided.unseen.value = false
    await changes.go()
    expect(wizard.apply).toHaveBeenCalledOnce()
  })
  it('walks the tabs around', () => {
    const { changes } = begin()
    changes.tab.value = 'added'
    expect(changes.turn(-1)).toBe('refused')
    expect(changes.turn(1)).toBe('added')
  })
})
