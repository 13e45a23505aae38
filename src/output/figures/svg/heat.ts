import type { HeatCell, HeatMap } from '../figure.ts'
import { headingOf } from '../figure-table.ts'
import { element, hint, text } from './element.ts'
import { shorten } from '../shorten.ts'
import { lettersIn, widthOf } from './measure-text.ts'
import type { Drawing, Sheet } from './plot.ts'
import { heatSteps } from './theme.ts'
import { heatLevels } from '../heat-levels.ts'

/** A coloured field for every combination; what its colour means is below, and its value in it where there is room. */
export function drawHeat(figure: HeatMap, sheet: Sheet, top: number): Drawing {
  const { columns, rows, cells, measure } = figure
  const { size, width } = sheet
  const left = Math.min(width / 3, Math.max(...rows.names.map((name) => widthOf(name, size)), 0) + 12)
  const heading = top + size
  const from = heading + 10
  const cellWidth = (width - left) / Math.max(1, columns.names.length)
  const cellHeight = Math.min(34, Math.max(12, 400 / Math.max(1, rows.names.length)))
  const bottom = from + cellHeight * rows.names.length
  const { levelOf, least, greatest } = heatLevels(figure, heatSteps)
  // All of them or none: a few would look as if they were special.
  const widest = Math.max(0, ...cells.flat().map((cell) => ('text' in cell ? widthOf(cell.text, size) : 0)))
  const hasValues = widest + 2 < cellWidth && cellHeight > size + 3
  const cellAt = (cell: HeatCell, row: number, column: number) => {
    const x = left + column * cellWidth
    const y = from + row * cellHeight
    const words = 'text' in cell ? cell.text : cell.missing
    const level = 'text' in cell ? levelOf(cell.value) : undefined
    const about = `${rows.label} ${rows.names[row] ?? ''}, ${columns.label} ${columns.names[column] ?? ''}: ${words}`
    const shown = 'text' in cell ? cell.text : '–'
    return (
      element(
        'rect',
        {
          class: level === undefined ? 'void' : `h${level}`,
          x: x + 0.5,
          y: y + 0.5,
          width: Math.max(0.5, cellWidth - 1),
          height: Math.max(0.5, cellHeight - 1),
          rx: 2,
        },
        hint(about),
      ) +
      (hasValues
        ? text(
            {
              class: level === undefined ? undefined : `i${level}`,
              x: x + cellWidth / 2,
              y: y + cellHeight / 2 + size * 0.35,
              'font-size': size,
              'text-anchor': 'middle',
            },
            shown,
          )
        : '')
    )
  }
  const everyRow = Math.ceil((size + 2) / cellHeight)
  const everyColumn = Math.ceil(
    (Math.max(...columns.names.map((name) => widthOf(name, size)), 0) + size * 0.6) / cellWidth,
  )
  const key = colourKey(
    sheet,
    { least, greatest, measure, hasMissing: hasMissing(figure) },
    bottom + 3 * size + 18,
  )
  return {
    markup: [
      text({ x: 0, y: heading, 'font-size': size }, headingOf(rows)),
      ...cells.flatMap((line, row) => line.map((cell, column) => cellAt(cell, row, column))),
      ...rows.names.map((name, row) =>
        row % everyRow === 0
          ? text(
              {
                x: left - 8,
                y: from + (row + 0.5) * cellHeight + size * 0.35,
                'font-size': size,
                'text-anchor': 'end',
              },
              shorten(name, lettersIn(left - 8, size)),
            )
          : '',
      ),
      ...columns.names.map((name, column) =>
        column % everyColumn === 0
          ? text(
              {
                x: left + (column + 0.5) * cellWidth,
                y: bottom + size + 6,
                'font-size': size,
                'text-anchor': 'middle',
              },
              shorten(name, lettersIn(cellWidth * everyColumn, size)),
            )
          : '',
      ),
      text(
        {
          x: left + (width - left) / 2,
          y: bottom + 2 * size + 12,
          'font-size': size,
          'text-anchor': 'middle',
        },
        headingOf(columns),
      ),
      key.markup,
    ].join(''),
    height: bottom + 3 * size + 18 + key.height - top,
  }
}

function hasMissing({ cells }: HeatMap): boolean {
  return cells.some((line) => line.some((cell) => 'missing' in cell))
}

function colourKey(
  { size }: Sheet,
  {
    least,
    greatest,
    measure,
    hasMissing: isVoid,
  }: { least: string; greatest: string; measure: string; hasMissing: boolean },
  top: number,
): Drawing {
  const y = top + size + 6
  const start = widthOf(least, size) + 8
  const end = start + heatSteps * 22
  const voidAt = end + widthOf(greatest, size) + 28
  return {
    markup: [
      text({ x: 0, y: top + size - 2, 'font-size': size }, measure),
      text({ x: start - 8, y: y + size + 1, 'font-size': size, 'text-anchor': 'end' }, least),
      ...Array.from({ length: heatSteps }, (_, step) =>
        element('rect', { class: `h${step}`, x: start + step * 22, y, width: 22, height: size + 4 }),
      ),
      text({ x: end + 8, y: y + size + 1, 'font-size': size }, greatest),
      ...(isVoid
        ? [
            element('rect', { class: 'void', x: voidAt, y, width: 22, height: size + 4, rx: 2 }),
            text({ x: voidAt + 28, y: y + size + 1, 'font-size': size }, '– none'),
          ]
        : []),
    ].join(''),
    height: 2 * size + 12,
  }
}
