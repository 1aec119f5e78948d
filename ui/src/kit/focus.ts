// Keeping the focus inside a dialog while it is open, and giving it back afterwards.
const reachable = 'a[href],button:not(:disabled),input:not(:disabled),textarea:not(:disabled),select:not(:disabled),[tabindex]:not([tabindex="-1"])'

/** Things inside `frame` that Tab can reach, in order. */
export function focusables(frame: HTMLElement): HTMLElement[] {
  const all = [...frame.querySelectorAll<HTMLElement>(reachable)]
  // Some engines list matches of several selectors selector by selector.
  return all.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
}

/** Turns Tab at either end of `frame` back to the other end. */
export function keepInside(frame: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return
  const all = focusables(frame)
  const first = all[0]
  const last = all[all.length - 1]
  if (!first || !last) return
  const at = document.activeElement
  if (event.shiftKey && (at === first || !frame.contains(at))) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && (at === last || !frame.contains(at))) {
    event.preventDefault()
    first.focus()
  }
}
