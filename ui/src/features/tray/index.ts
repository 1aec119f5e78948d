// 待处理: rows that an import set aside, put right in place and imported one by one.
import type { Feature } from '@/app'
import { useTrayCount } from './useTrayCount'

const feature: Feature = {
  routes: [{ path: '/tray', component: () => import('./TrayPage.vue') }],
  menu: [{ group: '上级来表', order: 25, title: '待处理', icon: 'tray', to: '/tray', count: useTrayCount }],
}
export default feature
