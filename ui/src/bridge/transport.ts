// What a way to the core must offer. Three exist: the window (tauri.ts), a browser before
// `juwutai serve` (browser.ts) and, in tests only, made-up replies (fake/).
import type { PickedFile, Progress, Reply } from './types'

export type DropEvent = { kind: 'over' } | { kind: 'leave' } | { kind: 'drop'; file: PickedFile }

/** Where a printed document went: to the printer as a job, or to a viewer that prints. */
export type Printed = { to: 'printer'; job: string | null } | { to: 'viewer' }

/** A printer of this computer. */
export interface Printer {
  name: string
  title: string
  is_default: boolean
  /** Why it would not print now; null when it is ready. */
  trouble: string | null
}

/** The printers, and whether copies, sides and pages can be chosen here. */
export interface Printers {
  printers: Printer[]
  takes_choices: boolean
}

/** How a document is to be printed; pages are counted from 1. */
export interface PrintChoices {
  printer?: string
  copies: number
  sides: 'one' | 'long_edge' | 'short_edge'
  pages?: [number, number]
  media: 'a4' | 'a3'
}

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
  /** The printers of this computer; absent in a browser, whose own dialog knows them. */
  printers?: () => Promise<Printers>
  printPdf(name: string, base64: string, choices: PrintChoices): Promise<Printed>
  onFileDrop(on: (event: DropEvent) => void): () => void
  /** Shows a file in its folder; absent where there is no such thing. */
  reveal?: (path: string) => Promise<void>
  /** Magnifies the whole window; absent in a browser, where the text size is ours to set. */
  zoom?: (factor: number) => Promise<void>
}
