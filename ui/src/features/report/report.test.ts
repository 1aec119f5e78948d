// 报表打印: what is asked of the core, what is warned of, choosing, printing, keeping, and the people behind a figure.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { refusal, type FakeReply } from '@/bridge/fake'
import { ledgerReplies } from '@/features/ledger/fake'
import { closeResident, residentShown } from '@/features/resident'
import { flaws, showPage } from '@/test/page'
import printing from '@/features/print'
import ReportPage from './ReportPage.vue'
import { forgetDesk } from './useDesk'

// The drawing itself is tried in the real browser; here only the page around it.
// Wide enough for the list at the left.
vi.hoisted(() => void (window.innerWidth = 1366))
vi.mock('@/kit/pdf', () => ({ openPdf: () => new Promise(() => {}), drawPage: async () => {} }))

// A whole page and axe on a machine that is building as well.
vi.setConfig({ testTimeout: 30_000 })
beforeEach(() => {
  forgetDesk()
  closeResident()
})

const LIST = '/report?kind=ledger_list&ledger=elderly_living_alone'
const open = (path = LIST, over: Record<string, FakeReply> = {}) => showPage(ReportPage, path, { ...ledgerReplies(), ...over }, [printing.panel!])
const ready = () => screen.findByRole('button', { name: '打印（3 页）' })
const click = async (role: string, name: string | RegExp) => fireEvent.click(await screen.findByRole(role, { name }))
const asked = (fake: { calls: { name: string; request: object }[] }, name: string) =>
  fake.calls.filter((each) => each.name === name).map((each) => each.request as Record<string, never> & { options: Record<string, unknown> })
const last = (fake: { calls: { name: string; request: object }[] }) => asked(fake, 'report.preview').at(-1)!

test('shows the report of the address, without flaws', async () => {
  const { fake } = await open('/report?ledger=elderly_living_alone')
  await ready()
  expect(asked(fake, 'report.preview')).toEqual([
    { kind: 'ledger_list', ledger: 'elderly_living_alone', as_of: '2026-11-21', options: { orientation: 'auto', masked: true } },
  ])
  expect(await flaws()).toEqual([])
})

test('the reports stand under their headings with what is on the paper', async () => {
  await open()
  await ready()
  const list = screen.getByRole('group', { name: '选一张报表' })
  expect(within(list).getAllByRole('heading').map((each) => each.textContent)).toEqual(['名单台账', '统计', '公文报告', '标签小条'])
  expect(within(list).getByRole('button', { name: /台账清单.*3 页，上次 11月2日/ }).getAttribute('aria-pressed')).toBe('true')
  expect(within(list).getByRole('button', { name: /户籍册.*没印过/ })).toBeTruthy()
})

test('warns of characters and of what is lacking, with the way there', async () => {
  await open()
  await ready()
  const look = screen.getByRole('region', { name: '定稿前看一眼' })
  expect(within(look).getByText('2 个字没有字形')).toBeTruthy()
  expect(within(look).getByText('李㛃')).toBeTruthy()
  const link = within(look).getByRole('link', { name: '去补：12 人没有出生日期' })
  expect(decodeURIComponent(link.getAttribute('href') ?? '')).toBe('/ledger?id=elderly_living_alone&where=not+person.birth_on')
})

test('a switch draws the paper anew, and one that the kind does not know is not there', async () => {
  const { fake } = await open()
  await ready()
  await click('switch', '遮盖身份证号和电话')
  await click('button', '横')
  await waitFor(() => expect(last(fake).options).toEqual({ orientation: 'landscape', masked: false }))
  expect(screen.getByText(/会完整印出来/)).toBeTruthy()
  await click('button', /居委工作月报/)
  await waitFor(() => expect(last(fake)).toEqual({ kind: 'monthly', from: '2026-11-01', to: '2026-11-21', options: {} }))
  expect(screen.getAllByRole('switch')).toHaveLength(1)
  expect(screen.queryByRole('group', { name: '纸张方向' })).toBeNull()
  expect(screen.queryByRole('combobox', { name: '选一本台账' })).toBeNull()
})

test('a sheet for the notice board is masked', async () => {
  const { fake } = await open()
  await ready()
  await click('switch', '遮盖身份证号和电话')
  await click('button', '公示用')
  await waitFor(() => expect(last(fake).options).toEqual({ orientation: 'auto', masked: true, style: 'public' }))
})

test('chips and typed days say which days it is about', async () => {
  const { fake } = await open('/report?kind=monthly')
  await ready()
  await click('button', '上月')
  await waitFor(() => expect(last(fake)).toMatchObject({ from: '2026-10-01', to: '2026-10-31' }))
  expect(screen.getByText('10月1日至10月31日')).toBeTruthy()
  await click('button', '自定')
  const from = screen.getByRole('textbox', { name: '从哪一天' })
  await fireEvent.update(from, '9月1日')
  await fireEvent.keyDown(from, { key: 'Enter' })
  await waitFor(() => expect(last(fake)).toMatchObject({ from: '2026-09-01', to: '2026-10-31' }))
  await fireEvent.update(from, '上周')
  await fireEvent.keyDown(from, { key: 'Enter' })
  expect(screen.getByRole('alert').textContent).toContain('看不懂这个日子')
  await click('button', /人口统计表/)
  await click('button', '去年底')
  await waitFor(() => expect(last(fake)).toMatchObject({ kind: 'population', as_of: '2025-12-31' }))
})

test('columns are chosen and moved by keyboard', async () => {
  const { fake } = await open()
  await ready()
  await click('button', '选栏目')
  const dialog = await screen.findByRole('dialog', { name: '印哪些栏目' })
  expect(await flaws()).toEqual([])
  await fireEvent.click(within(dialog).getByRole('button', { name: '全不选' }))
  expect(within(dialog).getByRole('button', { name: '就印这些' })).toHaveProperty('disabled', true)
  await fireEvent.click(within(dialog).getByRole('checkbox', { name: '姓名' }))
  await fireEvent.click(within(dialog).getByRole('checkbox', { name: '年龄' }))
  await fireEvent.keyDown(within(dialog).getByRole('checkbox', { name: '年龄' }), { key: 'ArrowUp', altKey: true })
  await waitFor(() => expect(document.activeElement?.textContent).toBe('年龄'))
  await fireEvent.click(within(dialog).getByRole('button', { name: '就印这些' }))
  await waitFor(() => expect(last(fake).options).toMatchObject({ columns: ['person.age', 'person.name'] }))
  await screen.findByText('2 栏，一共 9 栏')
  await click('button', '选栏目')
  expect(screen.getAllByRole('checkbox').slice(0, 2).map((each) => each.textContent)).toEqual(['年龄', '姓名'])
  await click('button', '和台账一样')
  await click('button', '就印这些')
  await waitFor(() => expect(last(fake).options['columns']).toBeUndefined())
})

test('only some people are printed', async () => {
  const { fake } = await open(`${LIST}&where=${encodeURIComponent('building="3"')}`)
  await ready()
  expect(asked(fake, 'report.preview').map((each) => each.options['where'])).toEqual(['building="3"'])
  expect(await screen.findByText('楼栋是 3号楼')).toBeTruthy()
  await click('button', '选哪些人')
  expect(await flaws()).toEqual([])
  await click('button', '全部印')
  await waitFor(() => expect(last(fake).options).toEqual({ orientation: 'auto', masked: true }))
})

test('a cross table counts by two fields, never by the same one twice', async () => {
  const { fake } = await open('/report?kind=cross_table')
  await ready()
  expect(last(fake).options).toMatchObject({ cross: { rows: 'person.age', columns: 'person.gender', split: null } })
  const box = screen.getByRole('combobox', { name: '每行是' })
  await fireEvent.click(box)
  const choices = document.getElementById(box.getAttribute('aria-controls') ?? '')
  await fireEvent.click(within(choices!).getByText('性别'))
  await waitFor(() => expect(last(fake).options).toMatchObject({ cross: { rows: 'person.gender', columns: null, split: null } }))
})

test('offers the sheets of labels that the core knows', async () => {
  const { fake } = await open('/report?kind=labels&ledger=elderly')
  await ready()
  const box = screen.getByRole('combobox', { name: '一张纸印几个' })
  await fireEvent.click(box)
  const choices = document.getElementById(box.getAttribute('aria-controls') ?? '')!
  expect(within(choices).getAllByRole('option', { hidden: true }).map((each) => each.textContent)).toEqual(['24 个', '21 个', '14 个'])
  await fireEvent.click(within(choices).getByText('14 个'))
  await waitFor(() => expect(last(fake).options).toEqual({ per_sheet: 14 }))
})

test('a kind that can do without a ledger is about everybody until one is chosen', async () => {
  const { fake } = await open('/report?kind=changes&ledger=elderly')
  await ready()
  expect('ledger' in last(fake)).toBe(false)
  const box = screen.getByRole('combobox', { name: '看全体还是一本台账' })
  await fireEvent.click(box)
  await fireEvent.click(within(document.getElementById(box.getAttribute('aria-controls') ?? '')!).getByText('残疾人台账'))
  await waitFor(() => expect(last(fake)).toMatchObject({ kind: 'changes', ledger: 'disabled' }))
})

test('a figure opens to its people, and a person to their card', async () => {
  const { fake } = await open('/report?kind=population')
  await ready()
  await click('button', '看是哪些人')
  const panel = screen.getByRole('complementary', { name: '这些数是哪些人' })
  expect(within(panel).queryByText('80岁以上 女 31')).toBeNull()
  await fireEvent.click(within(panel).getByRole('button', { name: '全部' }))
  await fireEvent.update(within(panel).getByRole('textbox', { name: '找一个数' }), '80 女')
  await fireEvent.click(within(panel).getByRole('button', { name: /80岁以上 女 31/ }))
  await within(panel).findByText('620 人，先列 3 人')
  expect(asked(fake, 'report.people')).toEqual([{ kind: 'population', as_of: '2026-11-21', options: {}, key: '4/女' }])
  expect(within(panel).queryByRole('button', { name: /何春梅/ })).toBeNull()
  expect(await flaws()).toEqual([])
  await fireEvent.click(within(panel).getByRole('button', { name: /王桂兰/ }))
  expect(residentShown.value).toBe('r-1')
  await fireEvent.keyDown(panel, { key: 'Escape' })
  await fireEvent.keyDown(panel, { key: 'Escape' })
  await ready()
})

test('says how the figures are counted', async () => {
  await open('/report?kind=population')
  await ready()
  const button = screen.getByRole('button', { name: /这些数怎么算的/ })
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await fireEvent.click(button)
  expect(screen.getByText(/满 60 周岁/)).toBeTruthy()
})

test('prints, keeps, and knows when it was made', async () => {
  const { fake } = await open()
  await fireEvent.click(await ready())
  await click('button', '打印')
  await waitFor(() => expect(fake.printed).toEqual(['独居老人台账_20261121.pdf']))
  await screen.findByText('3 页，上次 11月21日')
  await click('button', '存 Excel')
  await waitFor(() => expect(fake.saved).toEqual(['独居老人台账_20261121.xlsx']))
})

test('prints several with one button', async () => {
  const { fake } = await open()
  await ready()
  await click('button', '一次打好几张…')
  await click('checkbox', '80岁以上高龄老人台账')
  await click('checkbox', '居委工作月报')
  await click('checkbox', '交叉表')
  await screen.findByRole('button', { name: '一起打印（4 张报表，12 页）' })
  const wanted = asked(fake, 'report.bundle').at(-1)?.['reports'] as unknown as { kind: string; ledger?: string }[]
  expect(wanted.map((each) => [each.kind, each.ledger])).toEqual([['ledger_list', 'elderly_living_alone'], ['ledger_list', 'elderly'], ['cross_table', undefined], ['monthly', undefined]])
  expect(await flaws()).toEqual([])
  await click('button', /^一起打印/)
  await click('button', '打印')
  await waitFor(() => expect(fake.printed).toEqual(['一起打印_20261121.pdf']))
  await click('button', '只打一张')
  await ready()
})

test('says what to do when there is nobody, and when it cannot be drawn', async () => {
  const none = await open('/report?kind=ledger_list', { 'ledger.list': () => ({ groups: [], ledgers: [] }) })
  expect(await screen.findByText('台账里还没有人，没有可以印的')).toBeTruthy()
  none.unmount()
  forgetDesk()
  const empty = { id: 'elderly', title: '高龄老人台账', rows: 0, subject: 'resident', local: false }
  const blank = await open('/report?kind=ledger_blank', { 'ledger.list': () => ({ groups: [{ title: '重点人群', ledgers: [empty] }], ledgers: [empty] }) })
  await ready()
  expect(last(blank.fake)).toMatchObject({ kind: 'ledger_blank', ledger: 'elderly' })
  blank.unmount()
  let times = 0
  await open(LIST, { 'report.preview': () => (times++ ? { pdf: '', pages: 3, title: '', file_name: '', warnings: [], missing: [], definitions: [], figures: [], columns: [] } : refusal('这本台账里没有符合的人。', { hint: '换个条件再试。' })) })
  await screen.findByText('这本台账里没有符合的人。')
  expect(screen.getByRole('button', { name: '打印' })).toHaveProperty('disabled', true)
  await click('button', '再排一次')
  await ready()
  expect(screen.getByText('都齐了，可以打印。')).toBeTruthy()
})

test('what was chosen is still there after going elsewhere', async () => {
  const first = await open('/report?kind=monthly')
  await ready()
  await click('button', '上月')
  first.unmount()
  const { fake } = await open('/report')
  await ready()
  expect(last(fake)).toMatchObject({ kind: 'monthly', from: '2026-10-01' })
})
