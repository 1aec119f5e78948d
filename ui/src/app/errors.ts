// Errors that nobody caught become a sentence for the clerk instead of a silent page.
import type { App } from 'vue'
import { toastError } from '@/kit'

export function watchErrors(app: App): void {
  app.config.errorHandler = (error) => toastError(error)
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    toastError(event.reason)
  })
}
