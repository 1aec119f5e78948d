// Made-up replies of the 待处理 commands for tests; invented people only. Rows go when they are imported or dropped.
import type { TrayItem } from '@/bridge'

type Reply = (request: Record<string, unknown>) => unknown

const cell = (field: string, title: string, text: string, problem: string | null = null) => ({ field, title, text, problem })
const twin = (uid: string, birth_on: string, place: string, phone: string, id_number: string) => ({ uid, name: '陈秀英', gender: '女', birth_on, place, phone, id_number })
const roster = { ledger: 'disabled', ledger_title: '残疾人名单', file: '残疾人两项补贴复核名单.xls', sheet: '复核名单', on: '2026-11-20', candidates: [] }

function waiting(): TrayItem[] {
  return [
    {
      ...roster, id: 1, row: 8, name: '张志强', reasons: ['身份证号最后一位校验不对', '手机号少一位'],
      cells: [cell('person.name', '姓名', '张志强'), cell('person.id_number', '身份证号', '990102196808070310', '最后一位校验不对'), cell('person.phone', '手机号', '1610000331', '应是 11 位，少了一位'), cell('person.living_address', '现住址', '11号楼203室')],
    },
    {
      ...roster, id: 2, row: 7, name: '陈秀英', reasons: ['有两位同名的人，认不准是哪一位'],
      candidates: [twin('r-21', '1949-10-17', '3号楼401', '162****1108', '990102********5620'), twin('r-22', '1952-03-04', '9号楼102', '163****2219', '990102********4428')],
      cells: [cell('person.name', '姓名', '陈秀英'), cell('person.living_address', '现住址', '3-401'), cell('person.disability_kind', '残疾类别', '精神')],
    },
    {
      ...roster, id: 3, row: 4, name: '', file: '11月独居老人名单.xlsx', sheet: '3号楼', ledger: 'elderly_living_alone', ledger_title: '独居老人名单', on: '2026-11-21', reasons: ['这一行没有姓名'],
      cells: [cell('person.name', '姓名', '', '没有姓名'), cell('person.living_address', '现住址', '3号楼601')],
    },
  ]
}

/** The replies; a phone of eleven digits lets the first row in. */
export function trayReplies(items: TrayItem[] = waiting()): Record<string, Reply> {
  let op = 70
  return {
    'tray.list': () => ({ items, total: items.length }),
    'tray.fix': (request) => {
      const values = request.values as Record<string, string>
      if (request.id === 1 && !/^\d{11}$/.test(values['person.phone'] ?? '')) return { op: null, outcome: 'refused', reasons: ['手机号还是少一位。'] }
      items = items.filter((item) => item.id !== request.id)
      return { op: ++op, outcome: request.uid ? 'changed' : 'added', reasons: [] }
    },
    'tray.drop': (request) => {
      const gone = request.ids as number[]
      items = items.filter((item) => !gone.includes(item.id))
      return { op: ++op, dropped: gone.length }
    },
  }
}
