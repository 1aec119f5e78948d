// What every test needs: parts of a browser that jsdom lacks, and a clean document afterwards.
import { cleanup } from '@testing-library/vue'
import { afterEach } from 'vitest'

class SilentObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= SilentObserver as unknown as typeof ResizeObserver
globalThis.IntersectionObserver ??= SilentObserver as unknown as typeof IntersectionObserver
Element.prototype.scrollIntoView ??= () => {}
Element.prototype.scrollTo ??= () => {}

afterEach(cleanup)
