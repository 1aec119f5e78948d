// The words of the core as the page sees them: requests and replies of the named calls, snake_case
// as they travel. Written by hand from the contract; generated twins live in gen/ once they exist.

export type Severity = 'info' | 'warning' | 'danger'

export interface ErrorReply {
  code: string
  severity: Severity
  message: string
  hint?: string | null
  field?: string | null
  row?: number | null
  sheet?: string | null
}

/** The kinds of things that a call can change; pages ask again when one they show is named. */
export type Change = 'committee' | 'resident' | 'household' | 'place' | 'ledger' | 'import' | 'history' | 'dictionary'

export type Reply<T = unknown> = { ok: true; value: T; changes?: Change[] } | { ok: false; error: ErrorReply }

export interface Progress {
  stage: string
  done: number
  total: number
}

/** A file that the clerk chose; `path` is what the core opens, `name` what the clerk knows it by. */
export interface PickedFile {
  path: string
  name: string
}

export interface Committee {
  name: string
  full_name: string
  subdistrict: string
  director: string
  filler: string
  phone: string
}

export interface OfficeStatus {
  started: boolean
  committee: Committee | null
  clerk: string
  today: string
  practice: boolean
  version: string
  /** Where the office is kept on this computer. */
  folder?: string | null
}

export interface HomeCount {
  title: string
  count: number
  ledger?: string | null
}

export interface HistoryOp {
  op: number
  at: string
  clerk: string
  label: string
  kind: string
  file?: string | null
  counts?: ImportCounts | null
  undone: boolean
  can_undo: boolean
  is_undo: boolean
}

export interface Home {
  counts: HomeCount[]
  recent: HistoryOp[]
  hint?: string | null
}

export interface UndoReply {
  op: number | null
  label?: string
  undone: number
  kept: { what: string; why: string }[]
}

export interface Hit {
  uid: string
  name: string
  gender: string
  age: number | null
  /** Year of birth, which tells people of one name apart. */
  born?: string | null
  place: string
  why: string
}

export interface FactSource {
  op: number
  label: string
  file?: string | null
  clerk: string
  on: string
}

export interface Fact {
  field: string
  title: string
  group: string
  /** The value as kept; left out where it is told only on asking. */
  value?: string | null
  display: string
  sensitive: boolean
  editable?: boolean
  options?: string[] | null
  source: FactSource | null
}

export interface Resident {
  uid: string
  name: string
  gender: string
  age: number | null
  birth_on: string | null
  place: string
  tags: string[]
  facts: Fact[]
  ledgers: { id: string; title: string; record: number }[]
  household: { uid: string; name: string; relation: string; age: number | null }[] | null
  timeline: { on: string; label: string; what?: string | null; clerk: string }[]
}

export interface LedgerHead {
  id: string
  title: string
  subject?: string
  rows: number
  local?: boolean
}

export interface LedgerList {
  groups: { title: string; ledgers: LedgerHead[] }[]
  ledgers: LedgerHead[]
}

export interface Column {
  field: string
  title: string
  group?: string | null
  kind: string
  width: number
  computed: boolean
  required: boolean
  sensitive: boolean
  options?: string[] | null
}

export interface Ledger {
  id: string
  title: string
  subject: string
  columns: Column[]
  total: number
  buildings: string[]
}

export interface LedgerRow {
  record: number
  uid?: string | null
  values: (string | null)[]
  marks?: { column: number; kind: 'problem' | 'changed'; note: string }[] | null
}

export interface RowPage {
  rows: LedgerRow[]
  total: number
  filtered: number
}

export interface RowRequest {
  ledger: string
  offset: number
  limit: number
  sort?: { field: string; descending: boolean }
  where?: unknown
  search?: string
}

export interface ChangeReply {
  op: number | null
  changed: number
  refused: { record: number; field: string; message: string }[]
  rows: LedgerRow[]
}

export interface OverlapPair {
  a: string
  b: string
  a_title: string
  b_title: string
  columns_shared: number
  people_shared: number
  score: number
}

export interface Problem {
  row: number
  column: string | null
  code: string
  message: string
  value?: string | null
}

export interface SeenColumn {
  letter: string
  heading: string
  levels: string[]
  field: string | null
  title: string | null
  how: 'exact' | 'alias' | 'remembered' | 'values' | 'none'
  confidence: 'sure' | 'likely' | 'ask'
  reasons: string[]
  samples: string[]
  choices: { field: string; title: string; example: string }[]
}

export interface SeenSheet {
  name: string
  hidden: boolean
  kind: string
  title: string
  meta: unknown
  header_rows: [number, number] | null
  data_rows: [number, number] | null
  total_rows: number[]
  note_rows: number[]
  rows: number
  width: number
  columns: SeenColumn[]
  problems: Problem[]
  ledgers: { id: string; title: string; score: number; why: string }[]
}

export interface Inspection {
  file: string
  format: string
  encoding: string | null
  seen_before: boolean
  sheets: SeenSheet[]
}

export type Zone = 'title' | 'meta' | 'header' | 'data' | 'total' | 'note' | 'blank'

export interface CellWindow {
  rows: { row: number; zone: Zone; cells: string[] }[]
  merges: { row: number; column: number; rows: number; columns: number }[]
  total: number
}

export interface ColumnChoice {
  letter: string
  field: string | null
}

export interface ImportRequest {
  path: string
  sheet: string
  ledger: string
  mapping?: ColumnChoice[]
  header_rows?: [number, number]
  data_rows?: [number, number]
  conflict: 'keep' | 'take'
  fixes?: { row: number; letter: string; value: string }[]
  skip_rows?: number[]
  take?: { row: number; field: string }[]
}

export interface ImportCounts {
  added: number
  changed: number
  same: number
  conflict: number
  refused: number
  absent: number
}

export interface PlanRow {
  row: number
  name: string
  who: string
  cells: { field: string; title: string; before: string | null; after: string | null }[]
  reasons: string[]
}

export interface Plan {
  op: number | null
  ledger: string
  counts: ImportCounts
  mapping: unknown[]
  problems: Problem[]
  rows: Record<'added' | 'changed' | 'conflict' | 'refused' | 'absent', PlanRow[]>
  unresolved: number
}

export interface ImportReply extends ImportCounts {
  op: number
  problems: Problem[]
}

export interface ImportBatch {
  op: number
  file: string
  sheet: string
  ledger: string
  ledger_title: string
  at: string
  clerk: string
  counts: ImportCounts
  undone: boolean
}

export interface FieldGroup {
  title: string
  fields: { id: string; title: string; kind: string }[]
}

export interface ReportOptions {
  orientation: 'auto' | 'portrait' | 'landscape'
  masked: boolean
  where?: unknown
}

export interface ReportWarning {
  kind: string
  text: string
  where?: string | number | null
}

export interface ReportPreview {
  pdf: string
  pages: number
  warnings: ReportWarning[]
  title: string
  file_name: string
}

export interface ReportFile {
  bytes: string
  file_name: string
  pages?: number | null
  warnings: ReportWarning[]
}

export interface HelpPage {
  title: string
  text: string
}
