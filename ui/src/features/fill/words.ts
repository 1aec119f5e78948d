// The words of filling as clerks say them, and small sentences made of counts. Pure.
import type { FillColumn, FormColumn, GapChoice, FillOrder } from '@/bridge'

/** What can be done about the gaps of a column, in the order of the buttons. */
export const CHOICES: { value: GapChoice; label: string }[] = [
  { value: 'ask', label: '去补' },
  { value: 'none', label: '填“无”' },
  { value: 'blank', label: '空着' },
  { value: 'zero', label: '填 0' },
]

export const ORDERS: { value: FillOrder; label: string }[] = [
  { value: 'door', label: '楼栋门牌' },
  { value: 'age', label: '年龄从大到小' },
  { value: 'name', label: '姓名' },
  { value: 'listed', label: '登记先后' },
]

export const CHANNELS = ['微信群', '邮件', '系统上传', '纸质', 'U盘', '其他']

/** A number with separators: 2,607. */
export const count = (value: number) => value.toLocaleString('zh-CN')

/** How much filled itself, rounded down so that 100 means all of it. */
export const percent = (rate: number) => Math.floor(rate * 100 + 1e-6)

/** "2024年8月"; nothing for no day. */
export function month(date: string | null): string {
  const [, year, at] = /^(\d{4})-(\d{2})/.exec(date ?? '') ?? []
  return year ? `${year}年${Number(at)}月` : ''
}

/** The heading as one reads it aloud: upper and lower level. */
export const headingOf = (column: Pick<FormColumn, 'levels' | 'heading'>) => column.levels.filter(Boolean).join('·') || column.heading || '没有名字的一栏'

/** The last part of a heading, for narrow places. */
export const lastOf = (heading: string) => heading.split(/[/·]/).pop() || heading

/** What is said under the name of a column with gaps; empty when there is nothing to say. */
export function remark(column: FillColumn): string {
  if (column.stale && column.stale_since) return `${column.stale} 人是 ${month(column.stale_since)}的数据`
  return column.why ?? ''
}

/** Columns that a form asks of us: nothing that the form computes itself. */
export function asked(columns: FillColumn[], form: FormColumn[]): FillColumn[] {
  const own = new Set(form.filter((each) => each.formula).map((each) => each.letter))
  return columns.filter((each) => !own.has(each.letter))
}

/** Columns that are not full by themselves (a list with names given brings some full ones along); one that was decided about stays among them, so that it can be changed. */
export function lacking(columns: FillColumn[], form: FormColumn[], decided: Map<string, GapChoice>): FillColumn[] {
  const serial = new Set(form.filter((each) => each.serial).map((each) => each.letter))
  return asked(columns, form).filter((each) => !serial.has(each.letter) && (each.gaps > 0 || (each.filled === 0 && each.choice !== 'ask') || decided.has(each.letter)))
}
