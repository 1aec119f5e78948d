// 操作记录: what was done, by whom, and taking it back. Undo itself is offered to other pages too.
import type { Feature } from '@/app'
import { redoLast, undoLast } from './useUndo'
import KeptHost from './parts/KeptHost.vue'

export { countParts } from './words'
export { useUndo } from './useUndo'

const feature: Feature = {
  routes: [{ path: '/history', component: () => import('./HistoryPage.vue') }],
  menu: [{ group: 'foot', order: 80, title: '操作记录', icon: 'history', to: '/history' }],
  shortcuts: [
    { keys: 'ctrl+z', title: '撤销上一步', run: () => void undoLast() },
    { keys: 'ctrl+y', title: '恢复刚撤销的', run: () => void redoLast() },
  ],
  panel: KeptHost,
}
export default feature
