// The card of one resident: opened by uid from anywhere, shown beside the page.
import type { Feature } from '@/app'
import ResidentDrawer from './ResidentDrawer.vue'

export { sourceLine } from './source'
export { closeResident, openResident, residentShown } from './opened'

const feature: Feature = { routes: [], panel: ResidentDrawer }
export default feature
