import { fanDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import type { FanChart, Quantity } from '../figure.ts'
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
import { drawCurve } from './curve.ts'
import { sample } from './sample.ts'

export function drawFan(figure: FanChart, canvas: Canvas, medium: Medium): void {
  const { x, y, at, bands, median, chance, marks = [] } = figure
  const shades = medium.unicode ? ['░', '▒'] : ['.', ':']
  const { xDomain, yDomain, percent, chanceDomain } = fanDomains(figure, 5, 3)
  const left = Math.max(
    gutterOf(y, yDomain, 5),
    chance === undefined ? 0 : gutterOf(percent, chanceDomain, 3),
  )
  const columns = Math.max(1, medium.width - left)
  const [xPlace, yPlace] = [placeIn(x, xDomain), placeIn(y, yDomain)]
  const places = at.map(xPlace)
  const shadeOf = (index: number) => shades[index === bands.length - 1 && bands.length > 1 ? 1 : 0] ?? '.'
  let line = writeWrapped(canvas, medium.width, 0, [
    [`${medium.unicode ? '⠒⠒' : '**'} ${median.name}`, 'plain'],
    ...bands.map(({ name }, index) => [`${shadeOf(index).repeat(2)} ${name}`, 'plain'] as const),
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
  const samples = (values: readonly Quantity[], count: number) => sample(places, values.map(yPlace), count)
  for (const [index, { low, high }] of bands.entries()) {
    const [lows, highs] = [samples(low, columns), samples(high, columns)]
    for (let column = 0; column < columns; column++) {
      const [from, to] = [lows[column], highs[column]]
      if (from === undefined || to === undefined) continue
      for (let each = 0; each < frame.lines; each++) {
        const middle = 1 - (each + 0.5) / frame.lines
        if (middle >= from && middle <= to)
          canvas.write(left + column, frame.top + each, shadeOf(index), 'cyan')
      }
    }
  }
  drawCurve(canvas, frame, samples(median.values, columns * 2), 'bold', '*')
  drawVerticalAxis(canvas, medium, frame, { axis: y, domain: yDomain, most: 5 })
  line = frame.top + frame.lines
  if (chance === undefined) {
    drawHorizontalAxis(canvas, medium, frame, x, xDomain)
    return
  }
  canvas.write(0, line, headingOf(percent), 'dim')
  const below: Frame = { left, top: line + 1, columns, lines: 4 }
  drawMarks(
    canvas,
    medium,
    below,
    marks.map((mark) => xPlace(mark.at)),
  )
  const chances = sample(places, chance.values.map(placeIn(percent, chanceDomain)), columns)
  drawColumns(canvas, medium, below, chances, 'yellow')
  drawVerticalAxis(canvas, medium, below, { axis: percent, domain: chanceDomain, most: 3 })
  drawHorizontalAxis(canvas, medium, below, x, xDomain)
}
