// Which resident's card is open; the only state that outlives a page.
import { readonly, ref } from 'vue'

const shown = ref<string | null>(null)

/** The uid of the resident whose card is open, or null. */
export const residentShown = readonly(shown)

/** Opens the card of a resident beside the page. */
export function openResident(uid: string): void {
  shown.value = uid
}

export function closeResident(): void {
  shown.value = null
}
