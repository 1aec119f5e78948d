// One resident's card: what is known, seeing a masked value, and changing one fact in place.
import { computed, ref, shallowRef, watch } from 'vue'
import { call, CallError, useQuery, type CardFact, type FieldsGroup } from '@/bridge'
import { toast, toastError } from '@/kit'
import { residentShown } from './opened'

export function useResident() {
  const card = useQuery('resident.get', () => (residentShown.value ? { uid: residentShown.value } : null), ['resident', 'household', 'ledger', 'history'])
  const seen = ref<Record<string, string>>({})
  const changed = ref<string[]>([])
  const editing = shallowRef<CardFact | null>(null)
  const words = useQuery('dictionary.list', () => (residentShown.value ? {} : null), ['dictionary'])
  const draft = ref('')
  const wrong = ref<string | null>(null)
  const busy = ref(false)
  const facts = computed(() => card.value.value?.facts ?? [])
  const groups = computed(() => grouped(facts.value.filter(isKnown)))
  const missing = computed(() => unknown(words.value.value?.groups ?? [], facts.value.filter(isKnown)))

  watch(residentShown, forget)

  function forget(): void {
    seen.value = {}
    changed.value = []
    leave()
  }

  function leave(): void {
    editing.value = null
    wrong.value = null
  }

  async function look(fact: CardFact): Promise<string | null> {
    const already = seen.value[fact.field]
    if (already !== undefined) return already
    const uid = residentShown.value
    if (!uid) return null
    const reply = await call('resident.reveal', { uid, field: fact.field }).catch(toastError)
    if (!reply || uid !== residentShown.value) return null
    seen.value = { ...seen.value, [fact.field]: reply.value }
    return reply.value
  }

  function hide(fact: CardFact): void {
    const rest = { ...seen.value }
    delete rest[fact.field]
    seen.value = rest
  }

  async function edit(fact: CardFact): Promise<void> {
    const isMasked = fact.sensitive && isKnown(fact)
    draft.value = isMasked ? '' : plain(fact)
    wrong.value = null
    editing.value = fact
    if (!isMasked) return
    const whole = await look(fact)
    // Whoever typed meanwhile knows the new value already.
    if (editing.value === fact && !draft.value) draft.value = whole ?? ''
  }

  async function save(fact: CardFact): Promise<void> {
    const uid = residentShown.value
    if (busy.value || !uid) return
    const value = draft.value.trim()
    if (value === (seen.value[fact.field] ?? plain(fact))) return leave()
    busy.value = true
    try {
      const { op } = await call('resident.change', { uid, field: fact.field, value })
      hide(fact)
      leave()
      if (op !== null) tellChanged(fact, op)
    } catch (error) {
      if (!(error instanceof CallError)) return toastError(error)
      wrong.value = [error.reply.message, error.reply.hint].filter(Boolean).join('')
    } finally {
      busy.value = false
    }
  }

  function tellChanged(fact: CardFact, op: number): void {
    changed.value = [...changed.value, fact.field]
    const text = `${fact.title}已改好，各台账都跟着变了。`
    toast({ tone: 'done', text, act: { label: '撤销', run: () => void takeBack(fact, op) } })
  }

  async function takeBack(fact: CardFact, op: number): Promise<void> {
    const done = await call('history.undo', { op }).catch(toastError)
    if (!done) return
    changed.value = changed.value.filter((field) => field !== fact.field)
    toast({ tone: 'done', text: '已改回原来的。' })
  }

  return { card, seen, changed, editing, draft, wrong, busy, groups, missing, look, hide, edit, save, leave }
}

const plain = (fact: CardFact) => fact.display
const isKnown = (fact: CardFact) => Boolean(fact.display)

/** The words of a person that nothing is known of yet, under their headings. */
export function unknown(groups: FieldsGroup[], known: CardFact[]): FieldsGroup[] {
  const have = new Set(known.map((fact) => fact.field))
  const left = groups.map(({ title, fields }) => ({ title, fields: fields.filter(({ id }) => id.startsWith('person.') && !have.has(id)) }))
  return left.filter((group) => group.fields.length)
}

/** Facts under their headings, both in the order in which the core tells them. */
export function grouped(facts: CardFact[]): { title: string; facts: CardFact[] }[] {
  const groups = new Map<string, CardFact[]>()
  for (const fact of facts) groups.set(fact.group, [...(groups.get(fact.group) ?? []), fact])
  return [...groups].map(([title, of]) => ({ title, facts: of }))
}
