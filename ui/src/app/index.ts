// What features may use of the app.
export type { Feature, MenuEntry, Shortcut } from './feature'
export { useShortcut } from './shortcuts'
export { sizes, textSize, type TextSize } from './textSize'
