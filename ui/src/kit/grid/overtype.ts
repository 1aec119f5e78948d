// The one text box that always has the focus and lies over the active cell, so that an input method can start at any
// moment. It knows keys, composition and the clipboard; where cells lie and what is stored is its host's business.
import { readKey, type Command, type Mode } from './keys'

/** Where the text box has to lie. */
export interface Place {
  canvas: HTMLElement
  left: number
  top: number
  width: number
  height: number
}

/** What the text box needs from the sheet. */
export interface Host {
  place(): Place | null
  begin(): boolean
  commit(value: string): void
  /** Carries a command out; false leaves the key to the window. */
  run(command: Command): boolean
  copied(cut: boolean): { text: string; html: string } | null
  pasted(text: string): void
  typing(value: string): void
}

/** The text box over the active cell. */
export class Overtype {
  readonly box = document.createElement('textarea')
  mode: Mode = 'idle'
  private readonly shell = document.createElement('div')
  private composing = false
  private justComposed = false
  private moving = false

  constructor(private readonly host: Host) {
    this.shell.className = 'jw-over'
    this.shell.setAttribute('role', 'row')
    const cell = document.createElement('div')
    cell.setAttribute('role', 'gridcell')
    cell.append(this.box)
    this.shell.append(cell)
    this.box.rows = 1
    this.box.spellcheck = false
    this.box.autocomplete = 'off'
    this.listen()
  }

  /** Puts the text box over the active cell and, when asked, gives it the focus. */
  settle(focus: boolean): void {
    const place = this.host.place()
    if (!place) return
    const held = document.activeElement === this.box
    this.moving = true
    if (this.shell.parentElement !== place.canvas) place.canvas.append(this.shell)
    this.moving = false
    Object.assign(this.shell.style, {
      left: `${place.left}px`,
      top: `${place.top}px`,
      width: `${place.width}px`,
      height: `${place.height}px`,
    })
    if (focus || held) this.box.focus({ preventScroll: true })
  }

  /** Gives the text box the focus. */
  focus(): void {
    this.settle(true)
  }

  /** Starts editing with the given text; the caret goes to its end. */
  start(value: string, mode: 'overtype' | 'edit'): void {
    this.box.value = value
    this.box.focus({ preventScroll: true })
    this.box.setSelectionRange(value.length, value.length)
    this.show(mode)
  }

  /** Stores what was typed, if anything was. */
  commit(): void {
    if (this.mode === 'idle') return
    const value = this.box.value.replace(/\n+$/, '')
    this.rest()
    this.host.commit(value)
  }

  /** Forgets what was typed. */
  cancel(): void {
    this.rest()
  }

  /** Puts a choice in and stores it. */
  choose(value: string): void {
    this.box.value = value
    this.show('overtype')
    this.commit()
  }

  /** Puts text at the caret, as Alt+Enter does with a newline. */
  insert(text: string): void {
    this.box.setRangeText(text, this.box.selectionStart, this.box.selectionEnd, 'end')
    this.host.typing(this.box.value)
  }

  destroy(): void {
    this.shell.remove()
  }

  private show(mode: 'overtype' | 'edit'): void {
    this.mode = mode
    this.shell.classList.add('on')
    this.host.typing(this.box.value)
  }

  private rest(): void {
    this.mode = 'idle'
    this.composing = false
    this.box.value = ''
    this.shell.classList.remove('on')
    this.host.typing('')
  }

  private listen(): void {
    const box = this.box
    box.addEventListener('keydown', (event) => this.keydown(event))
    box.addEventListener('compositionstart', () => {
      this.composing = true
      this.began()
    })
    box.addEventListener('compositionend', () => {
      this.composing = false
      this.justComposed = lateKeydown()
      setTimeout(() => (this.justComposed = false))
    })
    box.addEventListener('input', () => {
      this.began()
      this.host.typing(box.value)
    })
    box.addEventListener('blur', () => {
      if (!this.moving) this.commit()
    })
    box.addEventListener('copy', (event) => this.copy(event, false))
    box.addEventListener('cut', (event) => this.copy(event, true))
    box.addEventListener('paste', (event) => this.paste(event))
  }

  /** The first letter over an idle cell opens it, unless the cell refuses. */
  private began(): void {
    if (this.mode !== 'idle') return
    if (this.host.begin()) this.show('overtype')
    else this.rest()
  }

  private keydown(event: KeyboardEvent): void {
    if (!forWindow(event)) event.stopPropagation()
    if (event.isComposing || event.keyCode === 229 || this.composing) return
    if (event.key === 'Enter' && this.justComposed) return event.preventDefault()
    if (this.mode === 'idle' && (event.ctrlKey || event.metaKey) && /^[cx]$/i.test(event.key)) return this.armCopy()
    const command = readKey(event, this.mode)
    if (command && this.host.run(command)) event.preventDefault()
  }

  /** WebKit sends no copy event without a selection, so an idle box gets one for a moment. */
  private armCopy(): void {
    this.box.value = '\u00a0'
    this.box.select()
    setTimeout(() => {
      if (this.mode === 'idle') this.box.value = ''
    })
  }

  private copy(event: ClipboardEvent, cut: boolean): void {
    if (this.mode !== 'idle') return
    event.preventDefault()
    this.box.value = ''
    const copied = this.host.copied(cut)
    if (!copied) return
    event.clipboardData?.setData('text/plain', copied.text)
    event.clipboardData?.setData('text/html', copied.html)
  }

  private paste(event: ClipboardEvent): void {
    if (this.mode !== 'idle') return
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text !== '') this.host.pasted(text)
  }
}

/** WebKit reports the Enter that confirmed a word only after the composition has ended; Chromium never does, and
 * there a quick Enter right after a word must count. */
function lateKeydown(): boolean {
  return /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)|Edg/.test(navigator.userAgent)
}

/** Keys that the window may want although the sheet has the focus: F1, Ctrl+F, Alt+3, text size, Escape. */
function forWindow(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return false
  if (event.ctrlKey || event.metaKey) return /^[fkop+=-]$/i.test(event.key)
  return /^F\d+$/.test(event.key) || event.key === 'Escape' || (event.altKey && /^\d$/.test(event.key))
}
