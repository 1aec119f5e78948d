// Files and paper: choosing, saving, dropping, printing, showing in a folder. No call to the core.
import { currentTransport } from './call'
import type { DropEvent, PrintChoices, Printed, Printers } from './transport'
import type { PickedFile } from './types'

export async function pickFile(): Promise<PickedFile | null> {
  return (await currentTransport()).pickFile()
}

/** Whether whole folders can be chosen here. */
export async function canPickFolder(): Promise<boolean> {
  return Boolean((await currentTransport()).pickFolder)
}

export async function pickFolder(): Promise<PickedFile | null> {
  return (await (await currentTransport()).pickFolder?.()) ?? null
}

export async function saveFile(name: string, base64: string): Promise<string | null> {
  return (await currentTransport()).saveFile(name, base64)
}

/** The printers of this computer; null where the system's own dialog asks for them. */
export async function printers(): Promise<Printers | null> {
  return (await (await currentTransport()).printers?.()) ?? null
}

export async function printPdf(name: string, base64: string, choices: PrintChoices): Promise<Printed> {
  return (await currentTransport()).printPdf(name, base64, choices)
}

/** Shows a saved file in its folder; false where that is not possible. */
export async function reveal(path: string): Promise<boolean> {
  const way = await currentTransport()
  if (!way.reveal) return false
  await way.reveal(path)
  return true
}

/** Magnifies the window; false in a browser, where the page scales itself. */
export async function zoomWindow(factor: number): Promise<boolean> {
  const way = await currentTransport()
  if (!way.zoom) return false
  await way.zoom(factor)
  return true
}

export function onFileDrop(on: (event: DropEvent) => void): () => void {
  let stop = () => {}
  let stopped = false
  void currentTransport().then((way) => {
    if (!stopped) stop = way.onFileDrop(on)
  })
  return () => {
    stopped = true
    stop()
  }
}
