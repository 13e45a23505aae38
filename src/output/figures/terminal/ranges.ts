import { shorten } from '../shorten.ts'
import type { RangeChart } from '../figure.ts'
import { domainOf, placeIn } from '../scale.ts'
import { roundOut } from '../ticks.ts'
import type { Canvas, Medium } from './canvas.ts'
import { columnOf, drawHorizontalAxis, writeWrapped } from './frame.ts'

const mostRows = 20

/** A line of words for each row, and below it the range with what was expected and seen. */
export function drawRanges(figure: RangeChart, canvas: Canvas, medium: Medium): void {
  const { x } = figure
  const { width, unicode } = medium
  const rows = figure.rows.slice(0, mostRows)
  const domain = roundOut(
    x,
    domainOf(
      x,
      rows.flatMap(({ low, high, expected, seen }) => [low, high, expected, seen]),
      'zero',
    ),
    5,
  )
  const columns = width - 2
  const place = placeIn(x, domain)
  const columnAt = (quantity: Parameters<typeof place>[0]) => 1 + columnOf(place(quantity), columns)
  const signs = unicode
    ? { range: '─', expected: '┼', seen: '●', remarkable: '◆' }
    : { range: '-', expected: '|', seen: 'o', remarkable: '#' }
  let line = writeWrapped(canvas, width, 0, [
    [`${signs.seen} seen`, 'plain'],
    [`${signs.expected} expected`, 'plain'],
    [`${signs.range.repeat(3)} no surprise`, 'plain'],
  ])
  for (const row of rows) {
    canvas.write(1, line, shorten(row.name, Math.max(8, width - row.verdict.length - 4)), 'bold')
    canvas.write(width - 1 - row.verdict.length, line, row.verdict, row.isRemarkable ? 'yellow' : 'dim')
    const [from, to] = [columnAt(row.low), columnAt(row.high)]
    canvas.write(from, line + 1, signs.range.repeat(Math.max(1, to - from + 1)), 'cyan')
    canvas.write(columnAt(row.expected), line + 1, signs.expected, 'cyan')
    canvas.write(
      columnAt(row.seen),
      line + 1,
      row.isRemarkable ? signs.remarkable : signs.seen,
      row.isRemarkable ? 'yellow' : 'bold',
    )
    line += 2
  }
  line += drawHorizontalAxis(canvas, medium, { left: 1, top: line, columns, lines: 0 }, x, domain)
  if (figure.rows.length > mostRows) canvas.write(1, line, `and ${figure.rows.length - mostRows} more`, 'dim')
}
