// Clipboard text: what WPS and Excel put there, and what they must get back.
import { describe, expect, it } from 'vitest'
import { parseTsv, toHtml, toTsv } from './tsv'

describe('parseTsv', () => {
  it.each([
    ['a plain table', 'a\tb\nc\td', [['a', 'b'], ['c', 'd']]],
    ['one trailing newline is not a row', 'a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
    ['a second trailing newline is an empty row', 'a\n\n', [['a'], ['']]],
    ['a quoted cell keeps its newline and tab', '"甲\n乙"\t"x\ty"\nz', [['甲\n乙', 'x\ty'], ['z']]],
    ['doubled quotes become one', '"他说""好"""\tb', [['他说"好"', 'b']]],
    ['an open quote is ordinary text', '"half\tb', [['"half', 'b']]],
    ['a quote inside a cell is ordinary text', '5"屏\tb', [['5"屏', 'b']]],
    ['holes stay holes', '\t\nb\t', [['', ''], ['b', '']]],
    ['a single value', '张三', [['张三']]],
    ['nothing', '', [['']]],
  ])('%s', (_name, text, table) => expect(parseTsv(text)).toEqual(table))

  it('reads back what toTsv wrote', () => {
    const table = [['甲\n乙', 'a"b'], ['', '990102194403052428']]
    expect(parseTsv(toTsv(table))).toEqual(table)
  })
})

describe('toHtml', () => {
  it('keeps an ID number as text and escapes markup', () => {
    const html = toHtml([['990102194403052428', '<b>&']])
    expect(html).toContain("mso-number-format:'\\@'")
    expect(html).toContain('&lt;b&gt;&amp;')
  })
})
