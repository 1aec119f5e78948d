// One report: which ledger, how it is laid out, its live preview, and printing or keeping it.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  call, isCancelled, onChange, reveal, runJob, saveFile, useQuery,
  type Job, type Progress, type ReportOptions, type PreviewReply,
} from '@/bridge'
import { askToPrint } from '@/features/print'
import { toast, toastError } from '@/kit'

const KIND = 'ledger_list'

export function useReport() {
  const route = useRoute()
  const router = useRouter()
  const ledgers = useQuery('ledger.list', {}, ['ledger', 'resident', 'import', 'history'])
  const options = ref<ReportOptions>({ orientation: 'auto', masked: true })
  const preview = shallowRef<PreviewReply | null>(null)
  const progress = ref<Progress | null>(null)
  const drawing = ref(false)
  const busy = ref<'' | 'print' | 'pdf' | 'xlsx'>('')
  const trouble = shallowRef<unknown>(null)
  let job: Job<PreviewReply> | null = null
  let drawnFor = ''

  const ledger = computed({
    get: () => String(route.query.ledger || ledgers.value.value?.ledgers.find((each) => each.rows > 0)?.id || ''),
    set: (id) => void router.replace({ path: '/report', query: { ledger: id } }),
  })
  const request = computed(() => ({ kind: KIND, ledger: ledger.value, options: options.value }))

  watch(request, (now, before) => JSON.stringify(now) !== JSON.stringify(before) && void draw(), { immediate: true })
  onScopeDispose(onChange(['ledger', 'resident', 'household', 'place', 'import', 'history', 'committee'], () => void draw()))
  onScopeDispose(() => job?.cancel())

  async function draw(): Promise<void> {
    if (!ledger.value) return
    if (preview.value && drawnFor !== ledger.value) preview.value = null
    job?.cancel()
    const mine: Job<PreviewReply> = runJob('report.preview', request.value, (tick) => mine === job && (progress.value = tick))
    job = mine
    drawing.value = true
    trouble.value = null
    drawnFor = ledger.value
    try {
      const answer = await mine.done
      if (mine === job) preview.value = answer
    } catch (error) {
      if (mine === job && !isCancelled(error)) trouble.value = error
    } finally {
      if (mine === job) {
        drawing.value = false
        progress.value = null
      }
    }
  }
  const make = (format: 'pdf' | 'xlsx') => call('report.make', { ...request.value, format })

  async function during(what: 'print' | 'pdf' | 'xlsx', act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = what
    await act().catch(toastError)
    busy.value = ''
  }

  const print = () =>
    during('print', async () => {
      const file = await make('pdf')
      await askToPrint({ name: file.file_name, base64: file.bytes, pages: file.pages })
    })

  const keep = (format: 'pdf' | 'xlsx') =>
    during(format, async () => {
      const file = await make(format)
      const place = await saveFile(file.file_name, file.bytes)
      if (place) toast({ tone: 'done', text: `已存好：${place.split(/[\\/]/).pop()}`, act: { label: '打开所在文件夹', run: () => void reveal(place).catch(toastError) } })
    })

  return { ledgers, ledger, options, preview, progress, drawing, busy, trouble, draw, print, keep, stop: () => job?.cancel() }
}
