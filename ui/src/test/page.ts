// Shows a page as the app does: with routes, made-up replies and the hosts of notices and questions.
import { render } from '@testing-library/vue'
import axe from 'axe-core'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { loadOffice, setTransport } from '@/bridge'
import { fakeTransport, type FakeReply } from '@/bridge/fake'
import { ConfirmHost, ToastHost } from '@/kit'

const Nowhere = defineComponent({ render: () => h('p', '别处') })

/** Renders `page` at `path`; other addresses lead nowhere, but are kept in `router.currentRoute`. */
export async function showPage(page: Component, path = '/', replies: Record<string, FakeReply> = {}, beside: Component[] = []) {
  const fake = fakeTransport(replies)
  setTransport(fake)
  await loadOffice()
  const own = path.split('?')[0] ?? '/'
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: own, component: page }, { path: '/:rest(.*)', component: Nowhere }],
  })
  await router.push(path)
  const frame = defineComponent({
    render: () => h('main', [h(RouterView), ...beside.map((each) => h(each)), h(ToastHost), h(ConfirmHost)]),
  })
  const shown = render(frame, { global: { plugins: [router] } })
  return { ...shown, fake, router }
}

/** What axe finds wrong by WCAG 2.2 A and AA; colours are judged in the real browser instead. */
export async function flaws(root: Element = document.body): Promise<string[]> {
  const found = await axe.run(root, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)
}
