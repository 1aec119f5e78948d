// 打印: asking for printer, copies and pages. Any page with a finished paper calls askToPrint.
import type { Feature } from '@/app'
import PrintHost from './parts/PrintHost.vue'

export { askToPrint, type Paper } from './usePrint'

const feature: Feature = { routes: [], panel: PrintHost }
export default feature
