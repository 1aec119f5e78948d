// Filling a superior's blank form (填上级表): a walk of five steps without the menu, and the record of what was handed in.
// Other pages reach it by address only: /fill?path=…&name=… opens a chosen file.
import type { Feature } from '@/app'

const feature: Feature = {
  routes: [
    { path: '/fill', component: () => import('./FillPage.vue'), meta: { alone: true } },
    { path: '/fill/submissions', component: () => import('./SubmissionsPage.vue') },
  ],
  menu: [{ group: '上级来表', order: 25, title: '填上级表', icon: 'form', to: '/fill' }],
}
export default feature
