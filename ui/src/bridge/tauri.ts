// The way to the core inside the window. The only file that names Tauri; commands and events are
// those of src-tauri/src (call, cancel, pick_file, pick_folder, save_file, printers, print_pdf, reveal, set_zoom).
import { invoke } from '@tauri-apps/api/core'
import { listen, TauriEvent } from '@tauri-apps/api/event'
import type { DropEvent, Printed, Printers, Transport } from './transport'
import type { PickedFile, Progress, Reply } from './types'

export function tauriTransport(): Transport {
  return {
    call: (name, request, job) => invoke<Reply>('call', { name, request, job }),
    watch: (job, on) => heard<Progress & { job: string }>('progress', (tick) => tick.job === job && on(tick)),
    cancel: (job) => invoke('cancel', { job }),
    pickFile: async () => picked(await invoke<string | null>('pick_file')),
    pickFolder: async () => picked(await invoke<string | null>('pick_folder')),
    saveFile: (name, base64) => invoke<string | null>('save_file', { name, bytesBase64: base64 }),
    printers: () => invoke<Printers>('printers'),
    printPdf: (name, base64, choices) => invoke<Printed>('print_pdf', { name, bytesBase64: base64, choices }),
    onFileDrop: listenToDrops,
    reveal: (path) => invoke('reveal', { path }),
    zoom: (factor) => invoke('set_zoom', { factor }),
  }
}

function listenToDrops(on: (event: DropEvent) => void): () => void {
  const stops = [
    heard(TauriEvent.DRAG_ENTER, () => on({ kind: 'over' })),
    heard(TauriEvent.DRAG_LEAVE, () => on({ kind: 'leave' })),
    heard<{ paths: string[] }>(TauriEvent.DRAG_DROP, ({ paths }) => {
      const file = picked(paths[0] ?? null)
      on(file ? { kind: 'drop', file } : { kind: 'leave' })
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

function heard<T>(event: string, on: (payload: T) => void): () => void {
  const stop = listen<T>(event, ({ payload }) => on(payload))
  return () => void stop.then((unlisten) => unlisten())
}

function picked(path: string | null): PickedFile | null {
  return path ? { path, name: path.split(/[\\/]/).pop() ?? path } : null
}
