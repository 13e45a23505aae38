import { escapeMarkup } from './escape-markup.ts'
import type { Figure } from './figure.ts'
import { drawDistribution } from './svg/distribution.ts'
import { element, text } from './svg/element.ts'
import { drawFan } from './svg/fan.ts'
import { drawHeat } from './svg/heat.ts'
import { drawLines } from './svg/lines.ts'
import { shorten } from './shorten.ts'
import { lettersIn } from './svg/measure-text.ts'
import { sheetOf } from './svg/plot.ts'
import type { Drawing, Sheet } from './svg/plot.ts'
import { drawRanges } from './svg/ranges.ts'
import { figureStyle, themeVariables } from './svg/theme.ts'

const wide = 720
const border = 24

/** One picture as a file of its own, in light or dark as the reader's machine is. */
export function figureToSvg(figure: Figure): string {
  const sheet = sheetOf(wide)
  const title = text(
    { class: 'strong', x: 0, y: 18, 'font-size': 18 },
    shorten(figure.title, lettersIn(sheet.width, 18)),
  )
  const { markup, height } = drawOn(sheet, figure, 40)
  const [width, whole] = [sheet.width + 2 * border, height + 40 + 2 * border]
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'fig',
      viewBox: `0 0 ${width} ${Math.ceil(whole)}`,
      width,
      height: Math.ceil(whole),
      role: 'img',
      'aria-labelledby': 'figure-title figure-caption',
    },
    ...namesOf(figure, 'figure'),
    element('style', {}, `${themeVariables('.fig')}\n${figureStyle}`),
    element('rect', { class: 'ground', width: '100%', height: '100%' }),
    element('g', { transform: `translate(${border} ${border})` }, title, markup),
  )
}

/** One picture inside a page that has the style and the heading. */
export function inlineSvg(
  figure: Figure,
  { width, id }: { readonly width: number; readonly id: string },
): string {
  const { markup, height } = drawOn(sheetOf(width), figure, 2)
  return element(
    'svg',
    {
      class: 'fig',
      viewBox: `0 0 ${width} ${Math.ceil(height + 4)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-caption`,
    },
    ...namesOf(figure, id),
    markup,
  )
}

function namesOf({ title, caption }: Figure, id: string): string[] {
  return [
    element('title', { id: `${id}-title` }, escapeMarkup(title)),
    element('desc', { id: `${id}-caption` }, escapeMarkup(caption)),
  ]
}

function drawOn(sheet: Sheet, figure: Figure, top: number): Drawing {
  switch (figure.kind) {
    case 'fan':
      return drawFan(figure, sheet, top)
    case 'distribution':
      return drawDistribution(figure, sheet, top)
    case 'lines':
      return drawLines(figure, sheet, top)
    case 'heat':
      return drawHeat(figure, sheet, top)
    case 'ranges':
      return drawRanges(figure, sheet, top)
  }
}
