// How the columns of a sheet stand, and what is sent for them.
import { describe, expect, it } from 'vitest'
import type { SeenColumn } from '@/bridge'
import { clash, fromSeen, mappingOf, standing, tally, target, waiting } from './columnState'
import { masked, maskedPair } from './mask'
import { grouped } from './useProblems'
import { spread } from './useSheetCells'

const seen = (letter: string, more: Partial<SeenColumn> = {}): SeenColumn => ({
  letter, heading: `栏${letter}`, levels: [], field: null, title: null, how: 'none', confidence: 'sure', reasons: [], samples: [], choices: [], ...more,
})
const known = { field: 'person.name', title: '姓名' }

describe('a column', () => {
  it.each([
    ['sure and known', seen('A', known), 'sure', '姓名'],
    ['likely and known', seen('A', { ...known, confidence: 'likely' }), 'likely', '姓名'],
    ['asked, even with a guess', seen('A', { ...known, confidence: 'ask' }), 'ask', '姓名'],
    ['asked without a guess', seen('A', { confidence: 'ask' }), 'ask', '放到哪一栏？'],
    ['not wanted', seen('A'), 'skip', '不导入'],
  ])('%s', (_name, column, state, text) => {
    expect(standing(fromSeen(column))).toBe(state)
    expect(target(fromSeen(column))).toBe(text)
  })
  it('stands fast once the clerk has settled it', () => {
    const column = { ...fromSeen(seen('A', { confidence: 'ask' })), confirmed: true }
    expect(standing(column)).toBe('skip')
    expect(standing({ ...column, ...known })).toBe('sure')
    expect(standing({ ...column, fresh: true })).toBe('sure')
    expect(standing({ ...column, own: '网格长意见' })).toBe('sure')
    expect(target({ ...column, own: '网格长意见' })).toBe('网格长意见')
  })
})

describe('all columns', () => {
  const columns = [seen('A', known), seen('B', { confidence: 'ask' }), seen('C')].map(fromSeen)
  it('are counted and sent', () => {
    expect(tally(columns)).toEqual({ sure: 1, likely: 0, ask: 1, skip: 1 })
    expect(waiting(columns).map((column) => column.seen.letter)).toEqual(['B'])
    expect(mappingOf(columns)).toEqual([{ letter: 'A', field: 'person.name' }, { letter: 'B', field: null }, { letter: 'C', field: null }])
  })
  it('say which are kept in this ledger only', () => {
    const own = { ...fromSeen(seen('B')), own: '备注', confirmed: true }
    expect(mappingOf([own])).toEqual([{ letter: 'B', field: null, own: '备注' }])
    expect(clash([own, { ...own, seen: seen('C') }])?.length).toBe(2)
  })
  it('may not share a target', () => {
    expect(clash(columns)).toBeNull()
    expect(clash([...columns, fromSeen(seen('D', known))])?.map((column) => column.seen.letter)).toEqual(['A', 'D'])
  })
})

describe('what the wizard shows', () => {
  it('masks numbers of persons and nothing else', () => {
    expect(masked('990102194403092428')).toBe('990102********2428')
    expect(masked('13800006621')).toBe('138****6621')
    expect(masked('９９０１０２ １９７９１２１３４９８７')).toBe('990102********4987')
    expect(masked('3号楼502室')).toBe('3号楼502室')
    expect(maskedPair('13800006621', '13800016621')).toEqual(['13800006621', '13800016621'])
    expect(maskedPair(null, '13800016621')).toEqual(['', '138****6621'])
  })
  it('groups problems by kind and column, the most first', () => {
    const problem = (row: number, column: string | null, code: string) => ({ row, column, sheet: null, code, message: '手机没有留', value: null })
    const groups = grouped([problem(1, 'A', 'id_checksum'), problem(2, 'B', 'phone'), problem(3, 'B', 'phone')], [fromSeen(seen('A', known))])
    expect(groups.map((group) => [group.title, group.problems.length])).toEqual([['手机没有留', 2], ['姓名：校验不对', 1]])
  })
  it('takes Chinese for twice as wide', () => expect(spread('姓名')).toBeGreaterThan(spread('ab')))
})
