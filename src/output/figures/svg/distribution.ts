import type { Distribution } from '../figure.ts'
import { distributionDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import { formatQuantity } from '../ticks.ts'
import { element, hint, text } from './element.ts'
import { gutterOf, horizontalAxis, markRows, plotOf, verticalAxis } from './plot.ts'
import type { Drawing, Sheet } from './plot.ts'

/** Bars from nothing up, with lines where something is to be read. */
export function drawDistribution(figure: Distribution, sheet: Sheet, top: number): Drawing {
  const { x, y, bars, marks } = figure
  const { size } = sheet
  const { xDomain, yDomain } = distributionDomains(figure, 5)
  const base = { sheet, x, y, xDomain, yDomain, left: gutterOf(sheet, y, yDomain, 5), right: 14 }
  const heading = top + size
  const rows = markRows(sheet, marks, plotOf({ ...base, top: 0, height: 1 }).x)
  const plot = plotOf({ ...base, top: heading + rows.height + 10, height: sheet.isNarrow ? 180 : 240 })
  const axis = horizontalAxis(sheet, plot, x, xDomain)
  return {
    markup: [
      text({ x: 0, y: heading, 'font-size': size }, headingOf(y)),
      verticalAxis(sheet, plot, y, yDomain, 5),
      ...bars.map(({ from, to, height }) => {
        const [start, end] = [plot.x(from), plot.x(to)]
        const gap = end - start > 4 ? 1 : 0
        const y0 = plot.y(height)
        return element(
          'rect',
          {
            class: 'bar',
            x: start + gap / 2,
            width: Math.max(0.5, end - start - gap),
            y: y0,
            height: plot.bottom - y0,
          },
          hint(`${formatQuantity(x, from)} to ${formatQuantity(x, to)}: ${formatQuantity(y, height)}`),
        )
      }),
      rows.draw(heading + 6, plot.bottom),
      axis.markup,
    ].join(''),
    height: plot.bottom + axis.height - top,
  }
}
