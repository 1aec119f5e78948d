// 报表打印: the paper of a ledger, seen before it is printed or kept.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/report', component: () => import('./ReportPage.vue') }],
  menu: [{ group: '对上汇报', order: 60, title: '报表打印', icon: 'print', to: '/report' }],
  shortcuts: [{ keys: 'ctrl+p', title: '打印', run: () => void (location.hash = '#/report'), whileTyping: true }],
}
export default feature
