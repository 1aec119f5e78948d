// A figure is found on the paper where no other number could be meant, and nowhere else.
import { expect, test } from 'vitest'
import type { ReportFigure } from '@/bridge'
import type { PdfText } from '@/kit'
import { spotsOf } from './spots'

const at = (text: string, row: number, column: number): PdfText => ({ text, left: 0.1 + column * 0.15, top: 0.2 + row * 0.03, width: 0.05, height: 0.015 })
const figure = (text: string): ReportFigure => ({ key: text, page: 1, text })
const found = (figures: string[], texts: PdfText[]) =>
  Object.fromEntries(spotsOf(figures.map(figure), texts).map((each) => [each.id, [Math.round((each.top - 0.2) / 0.03), Math.round((each.left - 0.1) / 0.15)]]))

const table = [
  ['类别', '合计', '男', '女'], ['独居老人', '31', '0', '31'], ['残疾人', '31', '20', '11'], ['低保', '20', '9', '11'],
].flatMap((texts, row) => texts.map((text, column) => at(text, row, column)))

test('by its row and its column', () => {
  expect(found(['残疾人·女 11 人', '低保·女 11 人', '残疾人·男 20 人'], table)).toEqual({ '残疾人·女 11 人': [2, 3], '低保·女 11 人': [3, 3], '残疾人·男 20 人': [2, 2] })
})

test('what is found first leaves the rest without doubt', () => {
  expect(found(['独居老人 31 人', '独居老人·女 31 人'], table)).toEqual({ '独居老人 31 人': [1, 1], '独居老人·女 31 人': [1, 3] })
})

test('two numbers that could be meant are both left alone', () => {
  expect(found(['独居老人 31 人'], table)).toEqual({})
  expect(found(['登记居民 31 人', '31 人', '户数'], table)).toEqual({})
})

test('words set one by one read as one', () => {
  const texts = [at('60', 1, 0), { ...at('—69岁', 1, 0), left: 0.13 }, at('男', 0, 1), at('7', 1, 1)]
  expect(found(['60—69岁·男 7 人'], texts)).toEqual({ '60—69岁·男 7 人': [1, 1] })
})
