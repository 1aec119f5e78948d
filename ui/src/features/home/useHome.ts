// What the home page asks and does: counts, recent imports, taking in a sheet, taking back an import.
import { computed, ref, onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { onFileDrop, pickFile, useQuery } from '@/bridge'
import { toastError } from '@/kit'

export function useHome() {
  const router = useRouter()
  const home = useQuery('office.home', {}, ['resident', 'household', 'place', 'ledger', 'import', 'tray', 'history'])
  const over = ref(false)
  const busy = ref(false)

  async function choose(): Promise<void> {
    busy.value = true
    const file = await pickFile().catch(toastError)
    busy.value = false
    if (file) void router.push({ path: '/import', query: { path: file.path, name: file.name } })
  }

  // The import takes the dropped file itself, on every page alike; here it is only shown.
  onScopeDispose(
    onFileDrop((event) => {
      over.value = event.kind === 'over'
    }),
  )

  const recent = computed(() => home.value.value?.recent ?? [])
  return { home, recent, over, busy, choose }
}
