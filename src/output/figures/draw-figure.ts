import { sanitize } from '../../lib/text/sanitize.ts'
import { renderTable } from '../table.ts'
import { figureTable } from './figure-table.ts'
import type { Figure } from './figure.ts'

export interface DrawOptions {
  /** Columns; 80 when absent. */
  readonly width?: number
  /** Lines of the picture without title and axes; what suits the figure when absent. */
  readonly height?: number
  /** Whether colours and Unicode are understood; as standard output and the locale say when absent. */
  readonly colour?: boolean
  readonly unicode?: boolean
}

/** The figure as lines of text for a terminal. */
export function drawFigure(figure: Figure, _options: DrawOptions = {}): string {
  const { headings, rows } = figureTable(figure)
  return `${sanitize(figure.title)}\n${renderTable(
    headings.map(sanitize),
    rows.map((row) => row.map(sanitize)),
  )}`
}
