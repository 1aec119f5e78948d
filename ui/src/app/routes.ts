// Collects every feature folder. Before an office exists there is only the first-run page.
import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { loadOffice, office } from '@/bridge'
import type { Feature } from './feature'

const found = import.meta.glob<{ default: Feature }>('../features/*/index.ts', { eager: true })

export const features: Feature[] = Object.values(found).map((each) => each.default)

export const menu = features.flatMap((each) => each.menu ?? []).sort((a, b) => a.order - b.order)

export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [...features.flatMap((each) => each.routes), { path: '/:rest(.*)', redirect: '/' }],
  })
  router.beforeEach(async (to) => {
    if (!office.status.value) await loadOffice()
    if (!office.status.value) return true
    if (!office.started.value) return to.path === '/start' || '/start'
    return to.path === '/start' ? '/' : true
  })
  return router
}
