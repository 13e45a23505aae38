import type { RangeChart } from '../figure.ts'
import { domainOf } from '../scale.ts'
import { roundOut } from '../ticks.ts'
import { element, hint, linePath, text } from './element.ts'
import { shorten } from '../shorten.ts'
import { lettersIn, widthOf } from './measure-text.ts'
import { horizontalAxis, keyOf, plotOf, swatchBox } from './plot.ts'
import type { Drawing, Sheet } from './plot.ts'
import { countAxis } from '../axes.ts'

/** More would be no picture; the table has them all. */
const mostRows = 40

/** How much wider bold letters are. */
const boldness = 1.15

/** For each row the range that is no surprise, what was expected, and what was seen. */
export function drawRanges(figure: RangeChart, sheet: Sheet, top: number): Drawing {
  const { x } = figure
  const { size, width } = sheet
  const rows = figure.rows.slice(0, mostRows)
  const left = figure.rows.length - rows.length
  const xDomain = roundOut(
    x,
    domainOf(
      x,
      rows.flatMap(({ low, high, expected, seen }) => [low, high, expected, seen]),
      'zero',
    ),
    6,
  )
  const key = keyOf(
    sheet,
    [
      {
        name: 'seen',
        swatch: (at, y) => element('circle', { class: 'dot', cx: at + 10, cy: y + size * 0.65, r: 5 }),
      },
      {
        name: 'expected',
        swatch: (at, y) =>
          element('line', { class: 'expected', x1: at + 10, x2: at + 10, y1: y, y2: y + size * 1.3 }),
      },
      { name: 'no surprise', swatch: swatchBox('b1', size) },
    ],
    top,
  )
  const rowHeight = 2 * size + 18
  const from = top + key.height + 8
  const plot = plotOf({
    sheet,
    x,
    y: countAxis(''),
    xDomain,
    yDomain: [0n, 1n],
    left: 8,
    right: 14,
    top: from,
    height: rowHeight * rows.length,
  })
  const parts = rows.map((row, index) => {
    const y = from + index * rowHeight
    const middle = y + size + 14
    const dot = { x: plot.x(row.seen), y: middle }
    const name = shorten(row.name, lettersIn(width - widthOf(row.verdict, size) - 48, size * boldness))
    const kind = row.isRemarkable ? 'remarkable' : ''
    return (
      text({ class: 'strong', x: 8, y: y + size, 'font-size': size }, name) +
      text(
        { class: kind || undefined, x: width - 14, y: y + size, 'font-size': size, 'text-anchor': 'end' },
        row.verdict,
      ) +
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: middle, y2: middle }) +
      element('rect', {
        class: 'b1',
        x: plot.x(row.low),
        width: Math.max(1, plot.x(row.high) - plot.x(row.low)),
        y: middle - 5,
        height: 10,
        rx: 3,
      }) +
      element('line', {
        class: 'expected',
        x1: plot.x(row.expected),
        x2: plot.x(row.expected),
        y1: middle - 8,
        y2: middle + 8,
      }) +
      (row.isRemarkable
        ? element(
            'path',
            {
              class: 'dot remarkable',
              d: `${linePath([
                { x: dot.x - 7, y: dot.y },
                { x: dot.x, y: dot.y - 7 },
                { x: dot.x + 7, y: dot.y },
                { x: dot.x, y: dot.y + 7 },
              ])}Z`,
            },
            hint(row.verdict),
          )
        : element('circle', { class: 'dot', cx: dot.x, cy: dot.y, r: 5 }, hint(row.verdict)))
    )
  })
  const axis = horizontalAxis(sheet, plot, x, xDomain)
  const more =
    left === 0
      ? ''
      : text({ x: 8, y: plot.bottom + axis.height + size + 4, 'font-size': size }, `and ${left} more`)
  return {
    markup: [key.markup, ...parts, axis.markup, more].join(''),
    height: plot.bottom + axis.height + (left === 0 ? 0 : size + 8) - top,
  }
}
