// The people behind a figure of the report that is shown.
import { computed, ref, watch, type Ref } from 'vue'
import { useQuery, type ReportFigure, type ReportRequest } from '@/bridge'
import { onPaper } from './usePaper'

export function usePeople(request: Ref<ReportRequest | null>) {
  /** Whether the figures stand in place of the options. */
  const open = ref(false)
  const figure = ref<ReportFigure | null>(null)
  const people = useQuery('report.people', () => (figure.value && request.value ? { ...request.value, key: figure.value.key } : null), onPaper)
  /** The last answer stays until the next, but must not stand under another figure. */
  const shown = computed(() => (people.loading.value ? null : people.value.value))
  watch(() => JSON.stringify([request.value?.kind, request.value?.ledger]), () => {
    open.value = false
    figure.value = null
  })

  function look(next: ReportFigure): void {
    open.value = true
    figure.value = next
  }
  return { open, figure, people, shown, look, close: () => ((open.value = false), (figure.value = null)) }
}
