// Printing a finished paper: which printer, how many, which pages. Kept are only the choices of last
// time, on this computer; the paper itself goes from memory to the printer.
import { ref, shallowRef } from 'vue'
import { printers, printPdf, type PrintChoices, type Printers } from '@/bridge'
import { toast, toastError } from '@/kit'

/** A finished paper. */
export interface Paper {
  /** Name of its file. */
  name: string
  /** The PDF, base64. */
  base64: string
  pages: number
  media?: 'a4' | 'a3'
}

const KEPT = 'jw-print'

/** The paper asked about; shown by PrintHost until printed or given up. */
export const asked = shallowRef<{ paper: Paper; known: Printers } | null>(null)
const busy = ref(false)

/** Asks how to print; where the system asks by itself, hands it over at once. */
export async function askToPrint(paper: Paper): Promise<void> {
  try {
    const known = await printers()
    if (known?.printers.length) asked.value = { paper, known }
    else await send(paper, plain(paper))
  } catch (error) {
    toastError(error)
  }
}

export function usePrint() {
  return { asked, busy, print, giveUp: () => (asked.value = null), first }
}

async function print(choices: PrintChoices): Promise<void> {
  const paper = asked.value?.paper
  if (!paper || busy.value) return
  busy.value = true
  keep(choices)
  await send(paper, choices).catch(toastError)
  busy.value = false
  asked.value = null
}

async function send(paper: Paper, choices: PrintChoices): Promise<void> {
  const done = await printPdf(paper.name, paper.base64, choices)
  if (done.to === 'viewer') toast({ tone: 'done', text: '已打开这份 PDF，请在那里按“打印”。' })
  else toast({ tone: 'done', text: '已送到打印机。', hint: done.job ? `任务号 ${done.job}` : undefined })
}

const plain = (paper: Paper): PrintChoices => ({ copies: 1, sides: 'one', media: paper.media ?? 'a4' })

/** The choices to begin with: those of last time where the printer is still there. */
function first(paper: Paper, known: Printers): PrintChoices {
  const last = kept()
  const has = known.printers.some((printer) => printer.name === last.printer)
  const printer = has ? last.printer : (known.printers.find((each) => each.is_default) ?? known.printers[0])?.name
  return { ...plain(paper), printer, sides: last.sides ?? 'one' }
}

function keep({ printer, sides }: PrintChoices): void {
  localStorage.setItem(KEPT, JSON.stringify({ printer, sides }))
}

function kept(): Partial<PrintChoices> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<PrintChoices>
  } catch {
    return {}
  }
}
