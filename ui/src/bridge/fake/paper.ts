// A small real PDF (three A4 pages with a ruled table), so that the preview has something to draw.
// `cells` are written into the first rows; the font has Latin letters only.

export function paper(landscape: boolean, cells: string[][] = []): string {
  const [width, height] = landscape ? [842, 595] : [595, 842]
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R 5 0 R 7 0 R]/Count 3>>']
  for (let page = 1; page <= 3; page += 1) {
    const ink = table(width, height, page) + (page === 1 ? written(cells, width, height) : '')
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents ${page * 2 + 2} 0 R/Resources<</Font<</F 9 0 R>>>>>>`)
    objects.push(`<</Length ${ink.length}>>stream\n${ink}\nendstream`)
  }
  objects.push('<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>')
  return btoa(assemble(objects))
}

function table(width: number, height: number, page: number): string {
  const rows = Math.floor((height - 180) / 22)
  const rules = Array.from({ length: rows + 1 }, (_, k) => `50 ${height - 100 - k * 22} m ${width - 50} ${height - 100 - k * 22} l S`)
  const bars = Array.from({ length: 7 }, (_, k) => `${50 + (k * (width - 100)) / 6} ${height - 100} m ${50 + (k * (width - 100)) / 6} ${height - 100 - rows * 22} l S`)
  return `.6 w ${rules.join(' ')} ${bars.join(' ')} BT /F 20 Tf ${width / 2 - 60} ${height - 70} Td (Ledger, page ${page}) Tj ET`
}

function written(cells: string[][], width: number, height: number): string {
  const at = (row: number, column: number) => `${70 + (column * (width - 100)) / 6} ${height - 115 - row * 22}`
  return cells.map((texts, row) => texts.map((text, column) => ` BT /F 12 Tf ${at(row, column)} Td (${text}) Tj ET`).join('')).join('')
}

function assemble(objects: string[]): string {
  let text = '%PDF-1.4\n'
  const at = objects.map((object, k) => {
    const start = text.length
    text += `${k + 1} 0 obj${object}endobj\n`
    return start
  })
  const start = text.length
  const lines = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`
}
