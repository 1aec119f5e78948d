// Keys that work on every page. The newest registration of a key wins, so that a page can take over
// a key while it is shown; keys pressed while an input method composes are never ours.
import { onScopeDispose } from 'vue'
import type { Shortcut } from './feature'

const known: Shortcut[] = []

/** Registers a key until the returned function is called. */
export function addShortcut(shortcut: Shortcut): () => void {
  known.push(shortcut)
  return () => {
    const at = known.indexOf(shortcut)
    if (at >= 0) known.splice(at, 1)
  }
}

/** Registers a key for as long as the calling component lives. */
export function useShortcut(keys: string, title: string, run: () => void, whileTyping = false): void {
  onScopeDispose(addShortcut({ keys, title, run, whileTyping }))
}

/** Listens on the window; returns the end of it. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
  const keys = named(event)
  const typing = isTyping(event.target)
  const found = [...known].reverse().find((each) => each.keys === keys && (each.whileTyping || !typing))
  if (!found) return
  event.preventDefault()
  found.run()
}

function named(event: KeyboardEvent): string {
  const key = event.key === '=' ? '+' : event.key.toLowerCase()
  const held = [event.ctrlKey || event.metaKey ? 'ctrl' : '', event.altKey ? 'alt' : '', event.shiftKey && key.length > 1 ? 'shift' : '']
  return [...held, key].filter(Boolean).join('+')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
