// The way to the core from a browser: HTTP on loopback before `juwutai serve`. Files travel by
// upload, saving is the browser's download, printing is the browser's own dialog.
import type { DropEvent, Printed, Transport } from './transport'
import type { PickedFile, Progress, Reply } from './types'

const BEAT = 300

export function browserTransport(): Transport {
  return {
    call: callOver,
    watch: poll,
    cancel: async (job) => void (await fetch(`/job/${job}/cancel`, { method: 'POST' })),
    pickFile: choose,
    saveFile: async (name, base64) => {
      download(name, base64)
      return null
    },
    printPdf: print,
    onFileDrop: listenToDrops,
  }
}

async function callOver(name: string, request: object, job?: string): Promise<Reply> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (job) headers['x-job'] = job
  const answer = await fetch(`/call/${name}`, { method: 'POST', headers, body: JSON.stringify(request) })
  return (await answer.json()) as Reply
}

function poll(job: string, on: (progress: Progress) => void): () => void {
  const timer = setInterval(async () => {
    const answer = await fetch(`/job/${job}`)
    const progress = answer.ok ? ((await answer.json()) as Progress | null) : null
    if (progress) on(progress)
  }, BEAT)
  return () => clearInterval(timer)
}

/** Several parts of a page may hear the same drop; the file travels once. */
const dropped = new WeakMap<DragEvent, Promise<PickedFile>>()

function uploadOnce(event: DragEvent, file: File): Promise<PickedFile> {
  const sent = dropped.get(event) ?? upload(file)
  dropped.set(event, sent)
  return sent
}

async function upload(file: File): Promise<PickedFile> {
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file })
  const { path } = (await answer.json()) as { path: string }
  return { path, name: file.name }
}

function choose(): Promise<PickedFile | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.xlsx,.xls,.et,.xlsb,.ods,.csv,.xlsm,.txt,.docx,.htm,.html,.xml,.jwpack'
  input.hidden = true
  document.body.append(input)
  const answer = new Promise<PickedFile | null>((resolve, reject) => {
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file) upload(file).then(resolve, reject)
      else resolve(null)
    })
  })
  input.click()
  return answer.finally(() => input.remove())
}

function blobUrl(base64: string, type: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return URL.createObjectURL(new Blob([bytes], { type }))
}

function download(name: string, base64: string): void {
  const link = document.createElement('a')
  link.href = blobUrl(base64, 'application/octet-stream')
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Opens the document in a tab of its own, which prints; where tabs are kept from opening it is kept as a file. */
async function print(name: string, base64: string): Promise<Printed> {
  const url = blobUrl(base64, 'application/pdf')
  if (!window.open(url)) download(name, base64)
  setTimeout(() => URL.revokeObjectURL(url), 600_000)
  return { to: 'viewer' }
}

function listenToDrops(on: (event: DropEvent) => void): () => void {
  const over = (event: DragEvent) => {
    event.preventDefault()
    on({ kind: 'over' })
  }
  const leave = (event: DragEvent) => {
    if (!event.relatedTarget) on({ kind: 'leave' })
  }
  const drop = async (event: DragEvent) => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    on(file ? { kind: 'drop', file: await uploadOnce(event, file) } : { kind: 'leave' })
  }
  window.addEventListener('dragover', over)
  window.addEventListener('dragleave', leave)
  window.addEventListener('drop', drop)
  return () => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  }
}
