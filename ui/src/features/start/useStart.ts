// The first run: text size, the committee's name, and whether to begin with the practice office.
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { call, CallError, loadOffice } from '@/bridge'
import { toast, toastError } from '@/kit'

export function useStart() {
  const router = useRouter()
  const step = ref(0)
  const name = ref('')
  const subdistrict = ref('')
  const sample = ref<'empty' | 'practice'>('empty')
  const wrong = ref<string | null>(null)
  const busy = ref(false)

  function next(): void {
    if (step.value === 1 && !name.value.trim()) return void (wrong.value = '请写上居委会名称，以后能改。')
    wrong.value = null
    if (step.value < 2) step.value += 1
    else void begin()
  }

  async function begin(): Promise<void> {
    busy.value = true
    try {
      const request = { name: name.value.trim(), subdistrict: subdistrict.value.trim() || undefined, sample: sample.value === 'practice' }
      const made = await call('office.start', request)
      await loadOffice()
      await router.replace('/')
      if (request.sample) toast({ tone: 'done', text: `练习居委会备好了：${made.residents} 位居民，${made.ledgers} 本台账。`, hint: '人和事都是编的，可以放心试。' })
    } catch (error) {
      if (!(error instanceof CallError) || !error.reply.field) return toastError(error)
      step.value = 1
      wrong.value = error.reply.message
    } finally {
      busy.value = false
    }
  }

  return { step, name, subdistrict, sample, wrong, busy, next, back: () => (step.value -= 1) }
}
