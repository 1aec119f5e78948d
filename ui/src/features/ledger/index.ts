// The ledgers (台账): one page with the kinds at the left and the sheet of one of them.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/ledger', component: () => import('./LedgerPage.vue') }],
  menu: [{ group: '日常工作', order: 40, title: '台账', icon: 'book', to: '/ledger' }],
}
export default feature
