// Whose value stands, which rows wait and who is who: what the clerk decides becomes a request.
import { beforeEach, describe, expect, it } from 'vitest'
import type { PlanRow } from '@/bridge'
import { differing, useDecisions } from './useDecisions'

const row = (at: number, sheet: string | null = null): PlanRow => ({
  row: at, sheet, half: 0, name: '李国平', who: '', reasons: [], candidates: [],
  cells: [
    { field: 'phone', title: '手机号', before: '1', after: '2', wins: 'office', taken: false, finer: false, why: '电话以我们为准' },
    { field: 'money', title: '补贴金额', before: '300', after: '330', wins: 'superior', taken: true, finer: false, why: '补贴金额以来表为准' },
    { field: 'level', title: '等级', before: null, after: '二级', wins: 'superior', taken: true, finer: false, why: null },
  ],
})
const sides = (decided: ReturnType<typeof useDecisions>, of: PlanRow) => of.cells.slice(0, 2).map((cell) => decided.sideOf(of, cell))

describe('differing values', () => {
  let decided: ReturnType<typeof useDecisions>
  beforeEach(() => void (decided = useDecisions()))

  it('follow the rule of their field, and nothing is sent for that', () => {
    expect(sides(decided, row(6))).toEqual(['ours', 'theirs'])
    expect(decided.request.value).toEqual({ fixes: [], skip_rows: [], take: [] })
  })
  it('are decided one by one, over the rule', () => {
    decided.setSide(row(6), 'phone', 'theirs')
    decided.setSide(row(6), 'money', 'ours')
    expect(sides(decided, row(6))).toEqual(['theirs', 'ours'])
    expect(sides(decided, row(7))).toEqual(['ours', 'theirs'])
    expect(decided.request.value).toMatchObject({ take: [{ row: 6, field: 'phone' }], keep: [{ row: 6, field: 'money' }] })
  })
  it('are decided by column, in rows that are not listed too', () => {
    decided.setSide(row(6), 'phone', 'ours')
    decided.setColumn('phone', 'theirs')
    decided.setColumn('money', 'ours')
    expect([sides(decided, row(6)), sides(decided, row(9_000))]).toEqual([['theirs', 'ours'], ['theirs', 'ours']])
    expect(decided.request.value).toMatchObject({ take: [], take_columns: ['phone'], keep_columns: ['money'] })
  })
  it('of one cell stand against their column', () => {
    decided.setColumn('phone', 'theirs')
    decided.setSide(row(6), 'phone', 'ours')
    expect([sides(decided, row(6))[0], sides(decided, row(7))[0]]).toEqual(['ours', 'theirs'])
  })
  it('do not differ where the sheet only says the same more exactly', () => {
    const born = { ...row(6), cells: [{ field: 'birth', title: '出生日期', before: '1951-02', after: '1951-02-09', wins: 'office' as const, taken: true, finer: true, why: null }] }
    expect(differing(born)).toEqual([])
  })
  it('are decided all at once, which takes back what was decided one by one', () => {
    decided.setSide(row(6), 'phone', 'theirs')
    decided.setRule('keep')
    expect(sides(decided, row(6))).toEqual(['ours', 'ours'])
    expect(decided.request.value).toMatchObject({ conflict: 'keep', take: [] })
  })
  it('keep the same row of two sheets apart', () => {
    decided.setSide(row(6, '5号楼'), 'phone', 'theirs')
    expect(sides(decided, row(6, '3号楼'))).toEqual(['ours', 'theirs'])
    expect(decided.request.value.take).toEqual([{ row: 6, field: 'phone', sheet: '5号楼' }])
  })
})

describe('rows and people', () => {
  it('wait aside once, and come back', () => {
    const decided = useDecisions()
    const [seven, nine] = [{ row: 7 }, { row: 9, half: 1 }]
    decided.setAside([seven, seven, nine], true)
    decided.setAside([seven], true)
    expect(decided.request.value.skip_rows).toEqual([{ row: 9, half: 1 }, { row: 7, half: 0 }])
    expect([decided.isAside({ row: 9 }), decided.isAside({ row: 9, half: 1 })]).toEqual([false, true])
    decided.setAside([seven], false)
    expect(decided.request.value.skip_rows).toEqual([{ row: 9, half: 1 }])
  })
  it('are told apart, are new, or stay open', () => {
    const decided = useDecisions()
    decided.setPerson(row(7), 'r-22')
    decided.setPerson(row(8), null)
    decided.setPerson(row(9), 'r-1')
    decided.setPerson(row(9), undefined)
    expect(decided.request.value.choose).toEqual([{ row: 7, uid: 'r-22' }, { row: 8 }])
    expect(decided.personOf(row(9))).toBe(undefined)
    expect(decided.unseen.value).toBe(true)
  })
})
