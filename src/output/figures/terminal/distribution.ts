import { distributionDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import type { Distribution } from '../figure.ts'
import { placeIn } from '../scale.ts'
import type { Canvas, Medium } from './canvas.ts'
import { drawColumns } from './columns.ts'
import {
  drawHorizontalAxis,
  drawMarks,
  drawVerticalAxis,
  gutterOf,
  markWords,
  writeWrapped,
} from './frame.ts'
import type { Frame } from './frame.ts'

export function drawDistribution(figure: Distribution, canvas: Canvas, medium: Medium): void {
  const { x, y, bars, marks } = figure
  const { xDomain, yDomain } = distributionDomains(figure, 5)
  const [xPlace, yPlace] = [placeIn(x, xDomain), placeIn(y, yDomain)]
  const left = gutterOf(y, yDomain, 5)
  const columns = Math.max(1, medium.width - left)
  const line = writeWrapped(
    canvas,
    medium.width,
    0,
    markWords(marks, xPlace, medium).map((words) => [words, 'plain']),
  )
  canvas.write(0, line, headingOf(y), 'dim')
  const frame: Frame = { left, top: line + 1, columns, lines: medium.height ?? 12 }
  drawMarks(
    canvas,
    medium,
    frame,
    marks.map(({ at }) => xPlace(at)),
  )
  const heights = Array.from({ length: columns }, () => 0)
  for (const { from, to, height } of bars) {
    const [first, last] = [Math.floor(xPlace(from) * columns), Math.ceil(xPlace(to) * columns)]
    for (let column = first; column < Math.max(last, first + 1); column++) {
      heights[column] = Math.max(heights[column] ?? 0, yPlace(height))
    }
  }
  drawColumns(canvas, medium, frame, heights.slice(0, columns), 'cyan')
  drawVerticalAxis(canvas, medium, frame, { axis: y, domain: yDomain, most: 5 })
  drawHorizontalAxis(canvas, medium, frame, x, xDomain)
}
