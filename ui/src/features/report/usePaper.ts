// The paper of a request: drawn anew whenever the request changes, then printed or kept as a file.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import {
  call, isCancelled, onChange, reveal, runJob, saveFile, type Change, type Job, type PreviewReply, type Progress, type ReportRequest,
} from '@/bridge'
import { askToPrint } from '@/features/print'
import { toast, toastError } from '@/kit'

export type Act = '' | 'print' | 'pdf' | 'xlsx'

/** Changes that may stand on any paper. */
export const onPaper: Change[] = ['ledger', 'resident', 'household', 'place', 'import', 'history', 'committee', 'dictionary']

/** Runs one act at a time and tells what went wrong. */
export function useActs() {
  const busy = ref<Act>('')
  async function during(what: Act, act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = what
    await act().catch(toastError)
    busy.value = ''
  }
  return { busy, during }
}

export async function keepFile(name: string, bytes: string): Promise<void> {
  const place = await saveFile(name, bytes)
  if (place) toast({ tone: 'done', text: `已存好：${place.split(/[\\/]/).pop()}`, act: { label: '打开所在文件夹', run: () => void reveal(place).catch(toastError) } })
}

/** A list too wide for A4 lies on A3 by itself and says so. */
const mediaOf = (warnings: { kind: string }[]) => (warnings.some((each) => each.kind === 'sheet_a3') ? 'a3' : 'a4')

export function usePaper(request: Ref<ReportRequest | null>) {
  const preview = shallowRef<PreviewReply | null>(null)
  const progress = ref<Progress | null>(null)
  const drawing = ref(false)
  const trouble = shallowRef<unknown>(null)
  const { busy, during } = useActs()
  let job: Job<PreviewReply> | null = null
  let drawnFor = ''

  watch(() => JSON.stringify(request.value), () => void draw(), { immediate: true })
  onScopeDispose(onChange(onPaper, () => void draw()))
  onScopeDispose(() => job?.cancel())

  async function draw(): Promise<void> {
    job?.cancel()
    const asked = request.value
    const subject = `${asked?.kind} ${asked?.ledger ?? ''}`
    // Another paper must not be taken for this one while it is drawn; the same one with other options may.
    if (drawnFor !== subject) preview.value = null
    trouble.value = null
    drawing.value = !!asked
    if (!asked) return void (job = null)
    const mine: Job<PreviewReply> = runJob('report.preview', asked, (tick) => mine === job && (progress.value = tick))
    job = mine
    try {
      const answer = await mine.done
      if (mine === job) [preview.value, drawnFor] = [answer, subject]
    } catch (error) {
      if (mine === job && !isCancelled(error)) trouble.value = error
    } finally {
      if (mine === job) {
        drawing.value = false
        progress.value = null
      }
    }
  }

  const print = () =>
    during('print', async () => {
      if (!request.value) return
      const file = await call('report.make', { ...request.value, format: 'pdf' })
      await askToPrint({ name: file.file_name, base64: file.bytes, pages: file.pages, media: request.value?.options?.paper ?? mediaOf(file.warnings) })
    })

  const keep = (format: 'pdf' | 'xlsx') =>
    during(format, async () => {
      if (!request.value) return
      const file = await call('report.make', { ...request.value, format })
      await keepFile(file.file_name, file.bytes)
    })

  return { preview, progress, drawing, busy, trouble, draw, print, keep, stop: () => job?.cancel() }
}
