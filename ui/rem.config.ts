// A small PostCSS step: lengths of two px and more become rem (16 px = 1 rem). Hairlines stay px,
// and so do media queries, the sheet (kit/grid) and SlickGrid, which measure themselves in px.
import type { Plugin } from 'postcss'

const left = /slickgrid|kit\/grid\//

export function remPlugin(): Plugin {
  return {
    postcssPlugin: 'px-to-rem',
    Declaration(declaration) {
      const file = declaration.source?.input.file ?? ''
      if (left.test(file) || !declaration.value.includes('px')) return
      declaration.value = declaration.value.replace(/(?<![\w#.-])(-?\d*\.?\d+)px/g, (whole, number: string) => {
        const px = Number(number)
        return Math.abs(px) < 2 ? whole : `${+(px / 16).toFixed(5)}rem`
      })
    },
  }
}
