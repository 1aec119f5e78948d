// What the home page asks and does: counts, recent imports, taking in a sheet, taking back an import.
import { computed, ref, onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { onFileDrop, pickFile, useQuery, type PickedFile } from '@/bridge'
import { toastError } from '@/kit'

export function useHome() {
  const router = useRouter()
  const home = useQuery('office.home', {}, ['resident', 'household', 'place', 'ledger', 'import', 'history'])
  const over = ref(false)
  const busy = ref(false)

  function take(file: PickedFile): void {
    void router.push({ path: '/import', query: { path: file.path, name: file.name } })
  }

  async function choose(): Promise<void> {
    busy.value = true
    const file = await pickFile().catch(toastError)
    busy.value = false
    if (file) take(file)
  }

  onScopeDispose(
    onFileDrop((event) => {
      over.value = event.kind === 'over'
      if (event.kind === 'drop') take(event.file)
    }),
  )

  const recent = computed(() => home.value.value?.recent ?? [])
  return { home, recent, over, busy, choose }
}
