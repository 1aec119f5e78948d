// Importing a list (导入名单): a walk of five steps without the menu, so that nothing distracts.
import type { Feature } from '@/app'
import DropHost from './parts/DropHost.vue'

export { default as PersonCards } from './parts/PersonCards.vue'

const feature: Feature = {
  routes: [{ path: '/import', component: () => import('./ImportPage.vue'), meta: { alone: true } }],
  menu: [{ group: '上级来表', order: 20, title: '导入名单', icon: 'bring', to: '/import' }],
  panel: DropHost,
}
export default feature
