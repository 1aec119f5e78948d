// 第一次打开: three short steps before anything else exists.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [{ path: '/start', component: () => import('./StartPage.vue'), meta: { alone: true } }],
}
export default feature
