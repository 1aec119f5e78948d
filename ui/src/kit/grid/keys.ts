// From a key press to what it means in the sheet. Pure: what is then done lives in `sheet.ts`.

/** What a key asks of the sheet. */
export type Command =
  | { do: 'move'; rows: number; columns: number; extend: boolean }
  | { do: 'edge'; rows: -1 | 0 | 1; columns: -1 | 0 | 1; extend: boolean }
  | { do: 'page'; step: 1 | -1; extend: boolean }
  | { do: 'home' | 'end' | 'top' | 'bottom'; extend: boolean }
  | { do: 'next' | 'previous' | 'down' | 'up' }
  | { do: 'edit' | 'cancel' | 'clear' | 'erase' | 'choices' | 'today' | 'saved' | 'problem' | 'leave' }
  | { do: 'undo' | 'redo' | 'fillDown' | 'fillRight' | 'all' | 'row' | 'newline' | 'open' }

/** What the sheet is doing when the key arrives. */
export type Mode = 'idle' | 'overtype' | 'edit'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const ARROWS: Record<string, [-1 | 0 | 1, -1 | 0 | 1]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Reads a key press; null means that the text box keeps it. */
export function readKey(press: Press, mode: Mode): Command | null {
  if (press.altKey) return readAlt(press, mode)
  if (press.ctrlKey || press.metaKey) return readControl(press, mode)
  switch (press.key) {
    case 'Tab':
      return { do: press.shiftKey ? 'previous' : 'next' }
    case 'Enter':
      return { do: press.shiftKey ? 'up' : 'down' }
    case 'Escape':
      return { do: 'cancel' }
    case 'F2':
      return { do: 'edit' }
    case 'F6':
      return { do: 'leave' }
    case 'F8':
      return { do: 'problem' }
    case 'PageDown':
    case 'PageUp':
      return { do: 'page', step: press.key === 'PageDown' ? 1 : -1, extend: press.shiftKey }
  }
  return mode === 'edit' ? null : readIdle(press, mode)
}

function readIdle(press: Press, mode: Mode): Command | null {
  const arrow = ARROWS[press.key]
  if (arrow) return { do: 'move', rows: arrow[0], columns: arrow[1], extend: press.shiftKey }
  if (press.key === 'Home') return { do: 'home', extend: press.shiftKey }
  if (press.key === 'End') return { do: 'end', extend: press.shiftKey }
  if (mode !== 'idle') return null
  if (press.key === 'Delete') return { do: 'clear' }
  if (press.key === 'Backspace') return { do: 'erase' }
  if (press.key === ' ' && press.shiftKey) return { do: 'row' }
  return null
}

function readAlt(press: Press, mode: Mode): Command | null {
  if (press.key === 'ArrowDown') return { do: 'choices' }
  if (press.key === 'Enter') return mode === 'idle' ? { do: 'open' } : { do: 'newline' }
  return null
}

const CONTROL: Record<string, Command['do']> = {
  z: 'undo',
  y: 'redo',
  d: 'fillDown',
  r: 'fillRight',
  a: 'all',
  s: 'saved',
  ';': 'today',
}

function readControl(press: Press, mode: Mode): Command | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (key === 's') return { do: 'saved' }
  if (mode !== 'idle') return null
  const arrow = ARROWS[key]
  if (arrow) return { do: 'edge', rows: arrow[0], columns: arrow[1], extend: press.shiftKey }
  if (key === 'Home') return { do: 'top', extend: press.shiftKey }
  if (key === 'End') return { do: 'bottom', extend: press.shiftKey }
  if (key === 'z' && press.shiftKey) return { do: 'redo' }
  const named = CONTROL[key]
  return named ? ({ do: named } as Command) : null
}
