// Reading a PDF for the screen with pdf.js. The library is fetched only when the first page is shown.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'

export type { PDFDocumentProxy as PdfDocument, PDFPageProxy as PdfPage }

/** A piece of text on a page; places are parts of the page, from its upper left corner. */
export interface PdfText {
  text: string
  left: number
  top: number
  width: number
  height: number
}

/** A place on a page that can be clicked. */
export interface PdfSpot extends Omit<PdfText, 'text'> {
  id: string
  label: string
}

let library: Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> | undefined

async function load() {
  const [pdf, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs?url'),
  ])
  // By address and not as a ready worker: where a worker cannot start, pdf.js then draws without one.
  pdf.GlobalWorkerOptions.workerSrc = worker.default
  return pdf
}

/** Opens a PDF given in base64. */
export async function openPdf(base64: string): Promise<PDFDocumentProxy> {
  library ??= load()
  const pdf = await library
  const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  return pdf.getDocument({ data }).promise
}

/** Draws one page onto a canvas `width` CSS px wide; resolves when the ink is dry. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const whole = page.getViewport({ scale: 1 })
  const sharp = Math.min(3, window.devicePixelRatio || 1)
  const viewport = page.getViewport({ scale: (width / whole.width) * sharp })
  const sheet = document.createElement('canvas')
  sheet.width = Math.round(viewport.width)
  sheet.height = Math.round(viewport.height)
  await page.render({ canvas: sheet, viewport }).promise
  // Drawn aside and copied at once, so that a page never flashes white while it is redrawn.
  canvas.width = sheet.width
  canvas.height = sheet.height
  canvas.getContext('2d')?.drawImage(sheet, 0, 0)
}

/** The words of a page and where they stand; turned text is left out. */
export async function textsOf(page: PDFPageProxy): Promise<PdfText[]> {
  const [x = 0, y = 0, right = 1, top = 1] = page.view
  const [width, height] = [right - x, top - y]
  const { items } = await page.getTextContent()
  return items.flatMap((item) => {
    if (!('str' in item)) return []
    const [, slant, , size, left, base] = item.transform as number[]
    if (slant || !size || left === undefined || base === undefined) return []
    return { text: item.str, left: (left - x) / width, top: 1 - (base - y + size * 0.85) / height, width: item.width / width, height: (size * 1.1) / height }
  })
}
