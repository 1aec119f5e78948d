// Searching while typing: the text, the hits, and which of them is marked.
import { computed, ref, watch } from 'vue'
import { call, type Hit } from '@/bridge'
import { toastError } from '@/kit'

const PAUSE = 120
const LIMIT = 12

export function useSearch(open: (hit: Hit) => void) {
  const text = ref('')
  const hits = ref<Hit[]>([])
  const asked = ref('')
  const marked = ref(0)
  const shown = ref(false)
  const wanted = computed(() => tidy(text.value))
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(wanted, (word) => {
    clearTimeout(timer)
    if (!word) return forget()
    timer = setTimeout(() => void find(word), PAUSE)
  })

  async function find(word: string): Promise<void> {
    const reply = await call('resident.find', { text: word, limit: LIMIT }).catch(toastError)
    if (!reply || word !== wanted.value) return
    hits.value = reply.hits
    asked.value = word
    marked.value = 0
    shown.value = true
  }

  function forget(): void {
    hits.value = []
    asked.value = ''
    shown.value = false
  }

  function move(by: number): void {
    if (!shown.value && asked.value) return void (shown.value = true)
    const count = hits.value.length
    if (count) marked.value = (marked.value + by + count) % count
  }

  function take(at = marked.value): void {
    const hit = hits.value[at]
    if (!hit) return
    shown.value = false
    open(hit)
  }

  return { text, hits, asked, marked, shown, move, take, clear: () => (text.value = '') }
}

/** What the core is asked: an input method parts the letters that it has not yet turned into words. */
export function tidy(text: string): string {
  return text.replace(/(?<=[a-z])['’](?=[a-z])/gi, '').trim()
}
