// Importing a list (导入名单): a walk of five steps without the menu, so that nothing distracts.
import type { Feature } from '@/app'
import DropHost from './parts/DropHost.vue'

// The frame of a walk of steps, which filling a form shares (features/fill).
export { default as AskPanel } from './parts/AskPanel.vue'
export { default as ChoiceCard } from './parts/ChoiceCard.vue'
export { default as ErrorCard } from './parts/ErrorCard.vue'
export { default as PersonCards } from './parts/PersonCards.vue'
export { default as WizardFoot } from './parts/WizardFoot.vue'
export { default as WizardHead } from './parts/WizardHead.vue'
export { columnAt } from './letters'
export { masked } from './mask'
export { useJob } from './useJob'

const feature: Feature = {
  routes: [{ path: '/import', component: () => import('./ImportPage.vue'), meta: { alone: true } }],
  menu: [{ group: '上级来表', order: 20, title: '导入名单', icon: 'bring', to: '/import' }],
  panel: DropHost,
}
export default feature
