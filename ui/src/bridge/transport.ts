// What a way to the core must offer. Three exist: the window (tauri.ts), a browser before
// `juwutai serve` (browser.ts) and, in tests only, made-up replies (fake/).
import type { PickedFile, Progress, Reply } from './types'

export type DropEvent = { kind: 'over' } | { kind: 'leave' } | { kind: 'drop'; file: PickedFile }

/** Where a printed document went: to the printer, or to a viewer that prints. */
export type Printed = 'printer' | 'viewer'

export interface Transport {
  call(name: string, request: object, job?: string): Promise<Reply>
  /** Reports the progress of a running job until the returned function is called. */
  watch(job: string, on: (progress: Progress) => void): () => void
  cancel(job: string): Promise<void>
  pickFile(): Promise<PickedFile | null>
  /** Chooses a folder, for forms of one person each; absent in a browser, which hands over no folders. */
  pickFolder?: () => Promise<PickedFile | null>
  /** Keeps a file where the clerk says; the place when it is known, null when the clerk gave up. */
  saveFile(name: string, base64: string): Promise<string | null>
  printPdf(name: string, base64: string): Promise<Printed>
  onFileDrop(on: (event: DropEvent) => void): () => void
  /** Shows a file in its folder; absent where there is no such thing. */
  reveal?: (path: string) => Promise<void>
  /** Magnifies the whole window; absent in a browser, where the text size is ours to set. */
  zoom?: (factor: number) => Promise<void>
}
