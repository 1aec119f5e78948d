// What is told of a sheet: hidden parts, twin halves, rows that are no data; and what sheet names mean.
import { describe, expect, it } from 'vitest'
import type { InspectedSheet } from '@/bridge'
import { leftBehind, noticed, rowsNamed, unread } from './reading'
import { meaningOf } from './useSource'

const plain = { hidden_rows: [], hidden_columns: [], skipped_rows: [], blocks: [['A', 'I']] } as unknown as InspectedSheet

describe('what is told of a sheet', () => {
  it('is nothing for an ordinary one', () => expect(noticed(plain)).toEqual([]))
  it('names hidden rows and columns in one sentence', () => {
    expect(noticed({ ...plain, hidden_rows: [6, 7], hidden_columns: ['H'] })).toEqual(['第 6、7 行和 H 列在原表里是隐藏的，也一起导入。'])
    expect(noticed({ ...plain, hidden_columns: ['H', 'J'] })).toEqual(['H、J 列在原表里是隐藏的，也一起导入。'])
  })
  it('tells of twin halves and of rows that are skipped', () => {
    const facts = noticed({ ...plain, blocks: [['A', 'D'], ['F', 'I']], skipped_rows: [20, 41] })
    expect(facts).toEqual(['A–D、F–I 两半接起来读。', '第 20、41 行是重复的表头、小计或小标题，不当作名单。'])
  })
  it('counts rows when there are too many to name', () => expect(rowsNamed([1, 2, 3, 4, 5, 6, 7, 8])).toBe('第 1、2、3、4、5、6 行等 8 行'))
})

describe('a folder of forms', () => {
  it('names the files that are none', () => {
    expect(unread([])).toEqual([])
    expect(unread(['说明.txt', '照片.jpg'])).toEqual(['文件夹里的“说明.txt”“照片.jpg”不是一人一表，没有读。'])
    expect(unread(Array.from({ length: 9 }, (_, at) => `${at}.txt`))[0]).toContain('等 9 个文件')
  })
})

describe('hidden sheets', () => {
  const sheet = (name: string, hidden: boolean, columns: number) => ({ ...plain, name, hidden, columns: Array(columns).fill({}) }) as InspectedSheet
  it('are named when they stay behind, with or without a list', () => {
    const all = [sheet('名单', false, 9), sheet('退出', true, 9), sheet('说明', true, 0)]
    expect(leftBehind(all, ['名单'])).toEqual(['隐藏的表“退出”这次不导，要导请按“换一张”。', '隐藏的表“说明”里没有名单。'])
    expect(leftBehind(all.slice(0, 2), ['名单', '退出'])).toEqual([])
  })
})

describe('the name of a sheet', () => {
  it.each([
    [['3号楼', '5号楼'], 'place.building'],
    [['一网格', '二网格'], 'place.grid'],
    [['Sheet1', '3号楼'], null],
    [[], null],
  ])('%j', (names, meaning) => expect(meaningOf(names)).toBe(meaning))
})
