// 帮助: the handbook inside the program (F1).
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/help/:page?', component: () => import('./HelpPage.vue') }],
  menu: [{ group: 'foot', order: 90, title: '帮助', icon: 'help', to: '/help', key: 'F1' }],
}
export default feature
