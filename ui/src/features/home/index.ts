// 今日待办: what the office looks like today, and the way in for a superior's sheet.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/', component: () => import('./HomePage.vue') }],
  menu: [{ group: '', order: 10, title: '今日待办', icon: 'home', to: '/' }],
}
export default feature
