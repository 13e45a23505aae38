import { lineDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import type { LineChart } from '../figure.ts'
import { placeIn } from '../scale.ts'
import type { Canvas, Medium, Paint } from './canvas.ts'
import { drawCurve } from './curve.ts'
import {
  drawHorizontalAxis,
  drawMarks,
  drawVerticalAxis,
  gutterOf,
  lineOf,
  markWords,
  writeWrapped,
} from './frame.ts'
import type { Frame } from './frame.ts'
import { sample } from './sample.ts'

const paints: readonly Paint[] = ['cyan', 'yellow', 'green', 'magenta']
const signs = ['*', 'o', '+', 'x']

/** Lines, numbered at their ends: colours alone would not reach everybody. */
export function drawLines(figure: LineChart, canvas: Canvas, medium: Medium): void {
  const { x, y, at, series, marks = [] } = figure
  const { xDomain, yDomain } = lineDomains(figure, 5)
  const [xPlace, yPlace] = [placeIn(x, xDomain), placeIn(y, yDomain)]
  const left = gutterOf(y, yDomain, 5)
  const columns = Math.max(1, medium.width - left - (series.length > 1 ? 2 : 0))
  const paintOf = (index: number) => paints[index % paints.length] ?? 'plain'
  const signOf = (index: number) => signs[index % signs.length] ?? '*'
  const line = writeWrapped(canvas, medium.width, 0, [
    ...(series.length > 1
      ? series.map(({ name }, index) => [`${index + 1} ${name}`, paintOf(index)] as const)
      : []),
    ...markWords(marks, xPlace, medium).map((words) => [words, 'plain'] as const),
  ])
  canvas.write(0, line, headingOf(y), 'dim')
  const frame: Frame = { left, top: line + 1, columns, lines: medium.height ?? 14 }
  drawMarks(
    canvas,
    medium,
    frame,
    marks.map((mark) => xPlace(mark.at)),
  )
  const curves = series.map(({ values }) =>
    sample(
      at.map(xPlace),
      values.map((value) => (value === undefined ? undefined : yPlace(value))),
      columns * 2,
    ),
  )
  for (const [index, curve] of curves.entries())
    drawCurve(canvas, frame, curve, paintOf(index), signOf(index))
  drawVerticalAxis(canvas, medium, frame, { axis: y, domain: yDomain, most: 5 })
  drawHorizontalAxis(canvas, medium, frame, x, xDomain)
  if (series.length > 1) numberEnds(canvas, frame, curves, paintOf)
}

/** A number behind the end of each line, in a free place above or below when another has it. */
function numberEnds(
  canvas: Canvas,
  { left, top, lines }: Frame,
  curves: readonly (readonly (number | undefined)[])[],
  paintOf: (index: number) => Paint,
): void {
  const taken = new Set<string>()
  for (const [index, curve] of curves.entries()) {
    const end = curve.findLastIndex((value) => value !== undefined)
    if (end === -1) continue
    const column = left + Math.floor(end / 2) + 1
    const wanted = lineOf(curve[end] ?? 0, lines)
    const free = [0, -1, 1, -2, 2, -3, 3]
      .map((offset) => wanted + offset)
      .find((line) => line >= 0 && line < lines && !taken.has(`${column} ${line}`))
    if (free === undefined) continue
    taken.add(`${column} ${free}`)
    canvas.write(column, top + free, String(index + 1), paintOf(index))
  }
}
