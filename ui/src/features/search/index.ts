// Searching people and rooms; a box in the top bar, no page of its own.
import type { Feature } from '@/app'

export { default as SearchBox } from './SearchBox.vue'

const feature: Feature = { routes: [] }
export default feature
