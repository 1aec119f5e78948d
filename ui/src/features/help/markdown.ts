// The little Markdown of the handbook, read into blocks that a template draws. Text stays text: nothing
// of it is ever taken for HTML. Headings, paragraphs, lists, quotes, tables, **bold**, *italic*, `keys`.

export interface Span {
  kind: 'text' | 'strong' | 'em' | 'code'
  text: string
}

export type Block =
  | { kind: 'heading'; level: number; spans: Span[] }
  | { kind: 'text' | 'quote'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; items: Span[][] }
  | { kind: 'table'; head: Span[][]; rows: Span[][][] }

const marks = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[(.+?)\]\([^)]*\)/g

/** Reads the marks inside one line. A link keeps its words only. */
export function spans(line: string): Span[] {
  const found: Span[] = []
  let from = 0
  for (const match of line.matchAll(marks)) {
    if (match.index > from) found.push({ kind: 'text', text: line.slice(from, match.index) })
    const [whole, strong, em, code, link] = match
    found.push(strong ? { kind: 'strong', text: strong } : em ? { kind: 'em', text: em } : code ? { kind: 'code', text: code } : { kind: 'text', text: link ?? whole })
    from = match.index + whole.length
  }
  if (from < line.length) found.push({ kind: 'text', text: line.slice(from) })
  return found
}

/** Reads a whole page. */
export function blocks(text: string): Block[] {
  return text.split(/\r?\n\s*\r?\n/).flatMap((part) => paragraph(part.split(/\r?\n/).filter((line) => line.trim())))
}

const item = /^\s*(?:[-*]|(\d+)[.、)])\s+/
const heading = /^(#{1,4})\s+/

function paragraph(lines: string[]): Block[] {
  const first = lines[0]
  if (first === undefined) return []
  const mark = heading.exec(first)
  if (mark) return [{ kind: 'heading', level: mark[1]?.length ?? 1, spans: spans(first.slice(mark[0].length)) }, ...paragraph(lines.slice(1))]
  if (first.startsWith('|')) return table(lines)
  if (item.test(first)) return list(lines)
  if (first.startsWith('>')) return [{ kind: 'quote', spans: spans(lines.map((line) => line.replace(/^>\s?/, '')).join('')) }]
  const end = lines.findIndex((line) => item.test(line) || heading.test(line) || line.startsWith('|'))
  if (end > 0) return [...paragraph(lines.slice(0, end)), ...paragraph(lines.slice(end))]
  return [{ kind: 'text', spans: spans(lines.join('')) }]
}

function list(lines: string[]): Block[] {
  const items: string[] = []
  for (const line of lines) {
    if (item.test(line)) items.push(line.replace(item, ''))
    else items.push(`${items.pop() ?? ''}${line.trim()}`)
  }
  return [{ kind: 'list', ordered: Boolean(item.exec(lines[0] ?? '')?.[1]), items: items.map(spans) }]
}

function table(lines: string[]): Block[] {
  const cells = lines.filter((line) => !/^\|[\s|:-]+\|?$/.test(line)).map((line) => line.replace(/^\||\|\s*$/g, '').split('|').map((cell) => spans(cell.trim())))
  const [head = [], ...rows] = cells
  return [{ kind: 'table', head, rows }]
}
