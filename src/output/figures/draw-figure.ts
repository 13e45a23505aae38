import { sanitize } from '../../lib/text/sanitize.ts'
import type { Figure } from './figure.ts'
import { makeCanvas } from './terminal/canvas.ts'
import type { Canvas, Medium } from './terminal/canvas.ts'
import { drawDistribution } from './terminal/distribution.ts'
import { drawFan } from './terminal/fan.ts'
import { drawHeat } from './terminal/heat.ts'
import { drawLines } from './terminal/lines.ts'
import { drawRanges } from './terminal/ranges.ts'
import { standardMedium } from './terminal/standard-medium.ts'

export interface DrawOptions {
  /** Columns, 40 and more; those of the terminal, up to 100, when absent. */
  readonly width?: number
  /** Lines of the picture without title and axes; what suits the figure when absent. */
  readonly height?: number
  /** Whether colours and Unicode are understood; as standard output and the locale say when absent. */
  readonly colour?: boolean
  readonly unicode?: boolean
}

/** The figure as lines of text, with its title. The same lines reach a terminal and a pipe, there without colours. */
export function drawFigure(figure: Figure, options: DrawOptions = {}): string {
  const medium: Medium = { height: undefined, ...standardMedium(), ...options }
  const canvas = makeCanvas(medium)
  draw(figure, canvas, medium)
  return `${sanitize(figure.title)}\n\n${canvas.toText()}`
}

function draw(figure: Figure, canvas: Canvas, medium: Medium): void {
  switch (figure.kind) {
    case 'fan':
      drawFan(figure, canvas, medium)
      break
    case 'distribution':
      drawDistribution(figure, canvas, medium)
      break
    case 'lines':
      drawLines(figure, canvas, medium)
      break
    case 'heat':
      drawHeat(figure, canvas, medium)
      break
    case 'ranges':
      drawRanges(figure, canvas, medium)
      break
  }
}
