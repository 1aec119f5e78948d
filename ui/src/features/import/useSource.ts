// What is read of the file: which sheet, further sheets of the same layout, which table of it, and who sent it.
import { computed, ref, shallowRef } from 'vue'
import type { ImportRequest, InspectedSheet, Inspection, PickedFile } from '@/bridge'

/** First and last row of the heading and of the data. */
export interface Zones {
  header?: [number, number]
  data?: [number, number]
}

/** What the name of a sheet says of its rows. */
export type NameMeans = 'place.building' | 'place.grid' | null

/** What names such as 3号楼 or 二网格 mean; anything else means nothing. */
export function meaningOf(names: string[]): NameMeans {
  const all = (sign: RegExp) => names.length > 0 && names.every((name) => sign.test(name))
  if (all(/网格/)) return 'place.grid'
  return all(/[楼号幢栋座]/) ? 'place.building' : null
}

export function useSource() {
  const file = shallowRef<PickedFile | null>(null)
  const inspection = shallowRef<Inspection | null>(null)
  const sheetName = ref('')
  const zones = ref<Zones>({})
  const table = ref(0)
  const together = ref<string[]>([])
  const nameMeans = ref<NameMeans>(null)
  const sender = ref('')
  const sheets = computed(() => inspection.value?.sheets ?? [])
  const sheet = computed<InspectedSheet | null>(() => sheets.value.find((each) => each.name === sheetName.value) ?? null)
  /** Sheets with a table to read. */
  const usable = computed(() => sheets.value.filter((each) => each.columns.length > 0))
  /** Whether there is anything to choose before the columns are looked at. */
  const open = computed(() => usable.value.length > 1 || usable.value.some((each) => each.more_tables.length > 0))

  /** The sheet that promises most: visible ones before hidden ones, then by size. */
  function best(): string {
    const size = (each: InspectedSheet) => each.columns.length * each.rows
    const order = [...sheets.value].sort((a, b) => Number(a.hidden) - Number(b.hidden) || size(b) - size(a))
    return order[0]?.name ?? ''
  }

  function choose(name: string): void {
    sheetName.value = name
    zones.value = {}
    table.value = 0
    sender.value = sheet.value?.sender ?? ''
    const hidden = new Set(sheets.value.filter((each) => each.hidden).map((each) => each.name))
    together.value = sheet.value?.same_layout.filter((each) => !hidden.has(each)) ?? []
    nameMeans.value = meaningOf([name, ...together.value])
  }

  /** Takes the first table of the sheet (0) or one of those below. */
  function chooseTable(at: number): void {
    table.value = at
    const below = sheet.value?.more_tables[at - 1]
    zones.value = below ? { header: below.header_rows, ...(below.data_rows ? { data: below.data_rows } : {}) } : {}
  }

  function tick(name: string, on: boolean): void {
    const rest = together.value.filter((each) => each !== name)
    together.value = on ? [...rest, name] : rest
  }

  /** The part of a request that says what is read. */
  const request = computed<Pick<ImportRequest, 'path' | 'sheet' | 'header_rows' | 'data_rows' | 'sheets' | 'sheet_field' | 'sender'>>(() => ({
    path: file.value?.path ?? '',
    sheet: sheetName.value,
    ...(zones.value.header ? { header_rows: zones.value.header } : {}),
    ...(zones.value.data ? { data_rows: zones.value.data } : {}),
    ...(together.value.length ? { sheets: together.value, ...(nameMeans.value ? { sheet_field: nameMeans.value } : {}) } : {}),
    ...(sender.value.trim() ? { sender: sender.value.trim() } : {}),
  }))

  function forget(): void {
    file.value = inspection.value = null
    sheetName.value = sender.value = ''
    together.value = []
    zones.value = {}
  }

  return { file, inspection, sheetName, sheet, sheets, usable, open, zones, table, together, nameMeans, sender, request, best, choose, chooseTable, tick, forget }
}
