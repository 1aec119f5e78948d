// Several reports at once: which are ticked, the one paper of all of them, and printing it with one button.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call, isCancelled, onChange, runJob, type BundleReply, type Job, type Progress, type ReportEntry, type ReportRequest } from '@/bridge'
import { askToPrint } from '@/features/print'
import type { Desk } from './useDesk'
import { keepFile, onPaper, useActs } from './usePaper'

/** A report that is ticked; `ledger` is empty for kinds without one. */
export interface Ticked {
  kind: string
  ledger: string
}

/** Ticking one box after the other must not draw the paper for each. */
const PAUSE = 350

export function useBundle(desk: Desk) {
  const on = ref(false)
  const ticked = ref<Ticked[]>([])
  const reply = shallowRef<BundleReply | null>(null)
  const progress = ref<Progress | null>(null)
  const drawing = ref(false)
  const trouble = shallowRef<unknown>(null)
  const { busy, during } = useActs()
  let job: Job<BundleReply> | null = null
  let soon: ReturnType<typeof setTimeout> | undefined

  const entryOf = (kind: string) => desk.all.value.find((each) => each.kind === kind) ?? null
  /** In the order of the list, whatever was ticked first. */
  const items = computed(() => {
    const place = (each: Ticked) => desk.all.value.findIndex((report) => report.kind === each.kind)
    return [...ticked.value].sort((a, b) => place(a) - place(b))
  })
  const requests = computed(() => items.value.map((each) => desk.requestFor(entryOf(each.kind), each.ledger)).filter((each): each is ReportRequest => each !== null))
  const periods = computed(() => [...new Set(items.value.map((each) => entryOf(each.kind)?.period))])

  watch(() => (on.value ? JSON.stringify(requests.value) : ''), () => {
    clearTimeout(soon)
    job?.cancel()
    job = null
    trouble.value = null
    drawing.value = on.value && requests.value.length > 0
    if (!drawing.value) return void (reply.value = null)
    soon = setTimeout(() => void draw(), PAUSE)
  })
  onScopeDispose(onChange(onPaper, () => void draw()))
  onScopeDispose(() => (clearTimeout(soon), job?.cancel()))

  async function draw(): Promise<void> {
    if (!on.value || !requests.value.length) return
    const mine: Job<BundleReply> = runJob('report.bundle', { reports: requests.value }, (tick) => mine === job && (progress.value = tick))
    job = mine
    drawing.value = true
    trouble.value = null
    try {
      const answer = await mine.done
      if (mine === job) reply.value = answer
    } catch (error) {
      if (mine === job && !isCancelled(error)) trouble.value = error
    } finally {
      if (mine === job) {
        drawing.value = false
        progress.value = null
      }
    }
  }

  /** Begins with the report that is shown. */
  function start(): void {
    if (!ticked.value.length && desk.entry.value) tick(desk.entry.value)
    on.value = true
  }
  const has = (kind: string, ledger?: string) => ticked.value.some((each) => each.kind === kind && (ledger === undefined || each.ledger === ledger))
  function tick(entry: ReportEntry): void {
    if (has(entry.kind)) ticked.value = ticked.value.filter((each) => each.kind !== entry.kind)
    else ticked.value = [...ticked.value, { kind: entry.kind, ledger: entry.needs_ledger ? desk.ledger.value : '' }]
  }
  function tickLedger(kind: string, ledger: string): void {
    if (has(kind, ledger)) ticked.value = ticked.value.filter((each) => each.kind !== kind || each.ledger !== ledger)
    else ticked.value = [...ticked.value, { kind, ledger }]
  }

  const file = (answer: BundleReply) => `${answer.file_name.replace(/\.pdf$/, '')}.pdf`
  /** The same paper once more, this time noted as made. */
  const make = () => call('report.bundle', { reports: requests.value, make: true })
  const print = () =>
    during('print', async () => {
      const answer = await make()
      await askToPrint({ name: file(answer), base64: answer.pdf, pages: answer.pages })
    })
  const keep = () =>
    during('pdf', async () => {
      const answer = await make()
      await keepFile(file(answer), answer.pdf)
    })

  return { on, ticked, items, reply, progress, drawing, trouble, busy, periods, has, tick, tickLedger, start, draw, print, keep, stop: () => job?.cancel() }
}

export type Bundle = ReturnType<typeof useBundle>
