// Clipboard text as WPS and Excel write it: reading a table out of it and writing one back.

/** Reads tab-separated text; quoted cells may hold tabs, newlines and doubled quotes. */
export function parseTsv(text: string): string[][] {
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  while (at <= source.length) {
    const cell = source[at] === '"' ? quotedCell(source, at) : plainCell(source, at)
    rows[rows.length - 1]?.push(cell.value)
    if (source[cell.end] === '\n') rows.push([])
    at = cell.end + 1
  }
  return rows
}

interface Token {
  value: string
  end: number
}

function plainCell(source: string, from: number): Token {
  let end = from
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end++
  return { value: source.slice(from, end), end }
}

/** Reads a quoted cell; a quote that never closes makes it an ordinary cell. */
function quotedCell(source: string, from: number): Token {
  let value = ''
  let at = from + 1
  while (at < source.length) {
    if (source[at] !== '"') {
      value += source[at++]
    } else if (source[at + 1] === '"') {
      value += '"'
      at += 2
    } else {
      const next = source[at + 1]
      if (next === undefined || next === '\t' || next === '\n') return { value, end: at + 1 }
      break
    }
  }
  return plainCell(source, from)
}

/** Writes a table as tab-separated text with the quoting WPS understands. */
export function toTsv(table: string[][]): string {
  return table.map((row) => row.map(quoted).join('\t')).join('\n')
}

function quoted(value: string): string {
  return /[\t\n"]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value
}

/** Writes a table as HTML whose cells stay text, so that an ID number keeps all its digits in WPS. */
export function toHtml(table: string[][]): string {
  const cell = (value: string) =>
    `<td style="mso-number-format:'\\@';border:.5pt solid #000;white-space:pre-wrap">${escaped(value)}</td>`
  const rows = table.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')
  return `<meta charset="utf-8"><table style="border-collapse:collapse">${rows}</table>`
}

function escaped(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\n/g, '<br style="mso-data-placement:same-cell">')
}
