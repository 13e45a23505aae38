import type { FanChart } from '../figure.ts'
import { fanDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import { areaPath, element, linePath, text } from './element.ts'
import {
  gutterOf,
  horizontalAxis,
  keyOf,
  markRows,
  plotOf,
  swatchBox,
  swatchLine,
  verticalAxis,
} from './plot.ts'
import type { Drawing, Sheet } from './plot.ts'

/** Bands around a median and, below on the same x axis, a probability. */
export function drawFan(figure: FanChart, sheet: Sheet, top: number): Drawing {
  const { x, y, at, bands, median, chance, marks = [] } = figure
  const { size } = sheet
  const { xDomain, yDomain, percent, chanceDomain } = fanDomains(figure, 6, 4)
  const left = Math.max(
    gutterOf(sheet, y, yDomain, 6),
    chance === undefined ? 0 : gutterOf(sheet, percent, chanceDomain, 4),
  )
  const key = keyOf(
    sheet,
    [
      { name: median.name, swatch: swatchLine('s0', size) },
      ...bands.map(({ name }, index) => ({ name, swatch: swatchBox(bandClass(index, bands.length), size) })),
    ],
    top,
  )
  const base = { sheet, x, xDomain, left, right: 14 }
  const heading = top + key.height + size + 8
  const rows = markRows(sheet, marks, plotOf({ ...base, y, yDomain, top: 0, height: 1 }).x)
  const plot = plotOf({
    ...base,
    y,
    yDomain,
    top: heading + rows.height + 8,
    height: sheet.isNarrow ? 190 : 260,
  })
  const pointsOf = (values: FanChart['median']['values']) =>
    at.map((each, index) => ({ x: plot.x(each), y: plot.y(values[index] ?? 0) }))
  const parts = [
    key.markup,
    text({ x: 0, y: heading, 'font-size': size }, headingOf(y)),
    verticalAxis(sheet, plot, y, yDomain, 6),
    ...bands.map(({ low, high }, index) =>
      element('path', { class: bandClass(index, bands.length), d: areaPath(pointsOf(high), pointsOf(low)) }),
    ),
    element('path', { class: 'line s0', d: linePath(pointsOf(median.values)) }),
    rows.draw(heading + 8, plot.bottom),
  ]
  if (chance === undefined) {
    const axis = horizontalAxis(sheet, plot, x, xDomain)
    return { markup: [...parts, axis.markup].join(''), height: plot.bottom + axis.height - top }
  }
  const line = element('line', {
    class: 'axis',
    x1: plot.left,
    x2: plot.right,
    y1: plot.bottom,
    y2: plot.bottom,
  })
  const chanceHeading = plot.bottom + 2 * size + 14
  const below = plotOf({
    ...base,
    y: percent,
    yDomain: chanceDomain,
    top: chanceHeading + 14,
    height: sheet.isNarrow ? 70 : 84,
  })
  const points = at.map((each, index) => ({ x: below.x(each), y: below.y(chance.values[index] ?? 0) }))
  const axis = horizontalAxis(sheet, below, x, xDomain)
  const floor = points.map((point) => ({ x: point.x, y: below.bottom }))
  return {
    markup: [
      ...parts,
      line,
      text({ x: 0, y: chanceHeading, 'font-size': size }, headingOf(percent)),
      verticalAxis(sheet, below, percent, chanceDomain, 4),
      element('path', { class: 'alarm', d: areaPath(points, floor) }),
      element('path', { class: 'line s1 plain', d: linePath(points) }),
      axis.markup,
    ].join(''),
    height: below.bottom + axis.height - top,
  }
}

/** The innermost band is the darkest. */
function bandClass(index: number, count: number): string {
  return index === count - 1 && count > 1 ? 'b1' : 'b0'
}
