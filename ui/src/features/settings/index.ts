// 设置: whose office this is and how large the words are.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/settings', component: () => import('./SettingsPage.vue') }],
  menu: [{ group: 'foot', order: 95, title: '设置', icon: 'settings', to: '/settings' }],
}
export default feature
