// Where on the paper a figure stands, found from the words of the page. A number is laid under the hand only where no
// other number could be meant; all others are opened from the list beside the paper.
import type { PdfSpot, PdfText } from '@/kit'
import type { ReportFigure } from '@/bridge'

interface Sought {
  figure: ReportFigure
  words: string[]
  number: string
}

/** "独居老人·女 31 人": the number, and the words of its row and column. */
function soughtOf(figure: ReportFigure): Sought | null {
  const found = /^(.*?)[\s：]*([\d,]+)\s*[^\d\s]*$/.exec(figure.text)
  if (!found) return null
  const words = (found[1] ?? '').split(/[·\s]+/).filter(Boolean)
  return words.length ? { figure, words, number: found[2] ?? '' } : null
}

const middle = (text: PdfText) => text.top + text.height / 2
const inRow = (number: PdfText, other: PdfText) => Math.abs(middle(number) - middle(other)) < number.height / 2
const above = (number: PdfText, other: PdfText) =>
  middle(other) < middle(number) && other.left < number.left + number.width && number.left < other.left + other.width

/** Words in a row are often set one by one; together they read as one. */
const read = (texts: PdfText[]) => texts.sort((a, b) => a.top - b.top || a.left - b.left).map((each) => each.text.trim()).join('')

function fits(number: PdfText, words: string[], texts: PdfText[]): boolean {
  const row = read(texts.filter((each) => each !== number && inRow(number, each)))
  const column = read(texts.filter((each) => above(number, each) && !/^[\d,.%]+$/.test(each.text.trim())))
  return words.every((word) => row.includes(word) || column.includes(word))
}

/** The figures of one page that can be found on it beyond doubt. */
export function spotsOf(figures: ReportFigure[], texts: PdfText[]): PdfSpot[] {
  const said = texts.filter((each) => each.text.trim())
  const free = new Set(said)
  const spots: PdfSpot[] = []
  // The most exact first: what they are found at is no longer in doubt for the others.
  let left = figures.map(soughtOf).filter((each) => each !== null).sort((a, b) => b.words.length - a.words.length)
  for (let before = -1; before !== left.length; ) {
    before = left.length
    left = left.filter(({ figure, words, number }) => {
      const places = [...free].filter((each) => each.text.trim() === number && fits(each, words, said))
      const [place] = places
      if (!place || places.length > 1) return true
      free.delete(place)
      spots.push({ id: figure.key, label: figure.text, left: place.left, top: place.top, width: place.width, height: place.height })
      return false
    })
  }
  return spots
}
