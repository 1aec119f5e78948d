// Filling a form: what is asked, what is sent, what is said when something is missing. The sheet and the grid of gaps
// are walked in the real browser (tests/ui/fill.spec.mjs).
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { refusal, type FakeReply } from '@/bridge/fake'
import { flaws, showPage } from '@/test/page'
import { fillReplies, knownForm, openedAs, openedForm } from './fake'
import FillPage from './FillPage.vue'
import SubmissionsPage from './SubmissionsPage.vue'

const FILE = '/fill?path=D%3A%5C%E7%A9%BA%E8%A1%A8.xlsx&name=%E7%A9%BA%E8%A1%A8.xlsx'
/** Only a corner of the sheet: looking through all of it takes too long here, and is done in the real browser. */
const corner: FakeReply = () => ({ total: 1, width: 2, rows: [{ row: 1, zone: 'title', who: null, height: null, cells: ['统计表', ''].map((text) => ({ text, state: 'form', source: null, on: null })) }], merges: [], widths: [8, 8] })
const show = (seen = openedForm, over: Record<string, FakeReply> = {}) => showPage(FillPage, FILE, { ...fillReplies(seen), 'fill.cells': corner, ...over })
const sent = (fake: Awaited<ReturnType<typeof show>>['fake'], name: string) => fake.calls.filter((each) => each.name === name).map((each) => each.request as Record<string, unknown>)
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))

test('the first step tells what was filled before, without flaws', async () => {
  await showPage(FillPage, '/fill', fillReplies())
  expect(await screen.findByText('独居老人冬季走访统计表')).toBeTruthy()
  expect(screen.getByText('少填了 3,204 格')).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('选一张空表')
  expect(await flaws()).toEqual([])
})

test('columns are counted and what to do about a gap goes along', async () => {
  const { fake } = await show()
  const title = await screen.findByRole('heading', { name: /栏能填/ })
  expect(title.textContent?.replace(/\s/g, '')).toBe('38栏里33栏能填，还差5栏')
  const group = screen.getByRole('radiogroup', { name: '取暖方式怎么办' })
  await fireEvent.click(within(group).getByLabelText('填“无”'))
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.choices).toEqual([{ letter: 'U', choice: 'none' }]))
  expect(screen.getByRole('radiogroup', { name: '取暖方式怎么办' })).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('a column nobody knows is bound by the clerk and kept', async () => {
  const { fake } = await show(openedForm, { 'fill.preview': (request) => withUnknown(fillReplies()['fill.preview']!(request)) })
  await press(/请您确认：是台账的哪一栏/)
  expect(await screen.findByRole('heading', { name: '“备注”照哪一栏填？' })).toBeTruthy()
  await fireEvent.click(screen.getByRole('radio', { name: /关怀备注/ }))
  await press('确认这一栏')
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.mapping).toEqual([{ letter: 'AL', field: 'person.care_note' }]))
  await press(/下一步：选范围/)
  await waitFor(() => expect(sent(fake, 'fill.keep')[0]?.mapping).toEqual([{ letter: 'AL', field: 'person.care_note' }]))
})

test('a known form goes straight to the file, and its receiver is known', async () => {
  const { fake } = await show(knownForm)
  await screen.findByLabelText('文件名')
  await press('存成文件')
  await waitFor(() => expect(fake.saved).toEqual(['梅园居民区-独居老人冬季走访统计表-2026-11-21.xlsx']))
  expect((await screen.findByLabelText('交给谁') as HTMLInputElement).value).toBe('街道民政科')
  await fireEvent.click(screen.getByRole('radio', { name: '邮件' }))
  await press('记下这次交表')
  await screen.findByText('办好了')
  expect(sent(fake, 'fill.done')[0]).toMatchObject({ to: '街道民政科', channel: '邮件' })
  expect(sent(fake, 'fill.done')[0]).not.toHaveProperty('pages')
})

test('a re-issued form shows what is new before anything is made', async () => {
  const { fake } = await show({ ...knownForm, reissued: { last_on: '2026-10-18', added: ['取暖方式'], removed: ['传真'] } })
  expect(await screen.findByText(/多了“取暖方式”，少了“传真”/)).toBeTruthy()
  expect(sent(fake, 'fill.make')).toEqual([])
})

test('whom: a chip taken off counts anew; a form that says nothing waits for the clerk', async () => {
  const { fake } = await show({ ...openedForm, is_said: false, chips: [], whom: { where: '' } })
  await press(/下一步：选范围/)
  expect((await screen.findByRole('button', { name: /下一步/ }) as HTMLButtonElement).disabled).toBe(true)
  await press('就填全部居民')
  await waitFor(() => expect((screen.getByRole('button', { name: /下一步/ }) as HTMLButtonElement).disabled).toBe(false))
  await fireEvent.update(screen.getByLabelText('只要这些楼栋'), '3、5')
  await press('加上')
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.whom).toMatchObject({ where: 'building in (3号楼,5号楼)' }))
  await press(/去掉“3号楼、5号楼”/)
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.whom).toMatchObject({ where: '' }))
})

test('a date that is none is refused on the spot', async () => {
  await show()
  await press(/下一步：选范围/)
  await fireEvent.update(await screen.findByLabelText('年龄算到哪一天'), '11月')
  expect(await screen.findByText('请写成 2026-11-21 这样。')).toBeTruthy()
})

test('a form about one person asks for whom first', async () => {
  const { fake } = await show(openedAs('person'))
  await fireEvent.update(await screen.findByLabelText('找人加进来'), '王国梁')
  await fireEvent.click(await screen.findByRole('button', { name: /王国梁/ }))
  await press('下一步：认栏目')
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.whom).toMatchObject({ people: ['r-2'] }))
})

test('a row that may mean two people is decided side by side', async () => {
  const { fake } = await show(openedAs('roster'))
  await press(/下一步：选范围/)
  await fireEvent.click(await screen.findByRole('button', { name: /9号楼102/ }))
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.decided).toEqual([{ row: 7, uid: 'r-22' }]))
  expect(screen.getByRole('button', { name: /9号楼102/ }).getAttribute('aria-pressed')).toBe('true')
  expect(await flaws()).toEqual([])
})

test('a number of an indicator form is bound once', async () => {
  const { fake } = await show(openedAs('figures'))
  await press(/认知障碍老人/)
  await press('数户')
  await waitFor(() => expect(sent(fake, 'fill.preview').at(-1)?.figures).toEqual([{ cell: 'C7', where: '', count: 'households' }]))
  expect(sent(fake, 'fill.preview').at(-1)).not.toHaveProperty('whom')
  await press('下一步：导出')
  await screen.findByRole('heading', { name: /4 个数自动填了/ })
})

test('a file without anything to fill leads to the import', async () => {
  const { router } = await show({ ...openedForm, kind: 'none', columns: [] })
  await press('去导入名单')
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/import'))
})

test('what stands in the way is told in the words of the core', async () => {
  await show(openedForm, { 'fill.preview': () => refusal('这张表有密码保护，填不了。', { hint: '请在 WPS 里去掉密码再来。' }) })
  expect(await screen.findByText('这张表有密码保护，填不了。')).toBeTruthy()
  expect((screen.getByRole('button', { name: /下一步/ }) as HTMLButtonElement).disabled).toBe(true)
})

test('leaving before the file is saved asks first', async () => {
  const { router } = await show()
  await screen.findByRole('heading', { name: /栏能填/ })
  await press(/退出填表/)
  const dialog = await screen.findByRole('dialog', { name: '退出填表' })
  await fireEvent.click(within(dialog).getByRole('button', { name: '接着填' }))
  expect(router.currentRoute.value.path).toBe('/fill')
})

test('the record of submissions gives back the file as it was', async () => {
  const { fake } = await showPage(SubmissionsPage, '/fill/submissions', fillReplies())
  await fireEvent.click(await screen.findByRole('button', { name: '取回当时的文件：残疾人两项补贴年审表' }))
  await waitFor(() => expect(sent(fake, 'fill.copy')).toEqual([{ id: 2 }]))
  await waitFor(() => expect(fake.saved).toEqual(['独居老人冬季走访统计表.xlsx']))
  expect(screen.getByRole('row', { name: /10月 93% 3 张/ })).toBeTruthy()
  expect(await flaws()).toEqual([])
})

test('nothing handed in yet is a sentence', async () => {
  await showPage(SubmissionsPage, '/fill/submissions', { ...fillReplies(), 'fill.list': () => ({ submissions: [], year: { forms: 0, filled: 0 }, months: [] }) })
  expect(await screen.findByText('还没有交过表')).toBeTruthy()
})

/** The note as a column to ask about: nobody knows yet what is meant by it. */
function withUnknown(reply: unknown): unknown {
  const preview = reply as { columns: { letter: string; choice: string; field: string | null }[] }
  return { ...preview, columns: preview.columns.map((each) => (each.letter === 'AL' && !each.field ? { ...each, choice: 'ask' } : each)) }
}
