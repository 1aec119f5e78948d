// How many rows wait in 待处理; the home page's own figure, so that the menu counts the same.
import { computed, type ComputedRef } from 'vue'
import { useQuery } from '@/bridge'

export function useTrayCount(): ComputedRef<number> {
  const home = useQuery('office.home', {}, ['tray', 'import'])
  return computed(() => home.value.value?.tray ?? 0)
}
