import { headingOf } from '../figure-table.ts'
import type { HeatCell, HeatMap } from '../figure.ts'
import { heatLevels } from '../heat-levels.ts'
import type { Canvas, Medium } from './canvas.ts'
import { writeWrapped } from './frame.ts'

const unicodeShades = [' ', '░', '▒', '▓', '█']
const asciiShades = ['.', ':', '+', '%', '#']

/** Each value behind a sign that is darker the greater it is; signs alone where there is no room for the values. */
export function drawHeat(figure: HeatMap, canvas: Canvas, medium: Medium): void {
  const { rows, columns, cells, measure } = figure
  const shades = medium.unicode ? unicodeShades : asciiShades
  const { levelOf, least, greatest } = heatLevels(figure, shades.length)
  const wordsOf = (cell: HeatCell) => ('text' in cell ? cell.text : '-')
  const widest = Math.max(1, ...cells.flat().map((cell) => wordsOf(cell).length))
  const longest = Math.max(0, ...rows.names.map((name) => name.length))
  const left = Math.min(longest, Math.floor(medium.width / 3)) + 1
  const room = Math.floor((medium.width - left) / Math.max(1, columns.names.length))
  const hasValues = room >= widest + 4
  const cellWidth = hasValues
    ? Math.min(room, Math.max(widest, ...columns.names.map((name) => name.length)) + 4)
    : Math.max(1, room)
  canvas.write(0, 0, headingOf(rows), 'dim')
  for (const [row, name] of rows.names.entries()) {
    canvas.write(left - 1 - Math.min(name.length, left - 1), 1 + row, name.slice(0, left - 1), 'dim')
    for (const [column, cell] of (cells[row] ?? []).entries()) {
      const start = left + column * cellWidth
      const shade = 'text' in cell ? (shades[levelOf(cell.value)] ?? ' ') : '·'
      const isMissing = 'missing' in cell
      if (!hasValues)
        canvas.write(start, 1 + row, (isMissing ? '-' : shade).repeat(cellWidth), isMissing ? 'dim' : 'cyan')
      else {
        canvas.write(start, 1 + row, isMissing ? '  ' : shade.repeat(2), 'cyan')
        canvas.write(
          start + 3 + widest - wordsOf(cell).length,
          1 + row,
          wordsOf(cell),
          isMissing ? 'dim' : 'plain',
        )
      }
    }
  }
  const below = 1 + rows.names.length
  const every = Math.ceil((Math.max(1, ...columns.names.map((name) => name.length)) + 1) / cellWidth)
  for (const [column, name] of columns.names.entries()) {
    if (column % every !== 0) continue
    const end =
      left + column * cellWidth + (hasValues ? 3 + widest : Math.ceil((cellWidth + name.length) / 2))
    canvas.write(Math.max(0, end - name.length), below, name, 'dim')
  }
  const heading = headingOf(columns)
  const across = cellWidth * columns.names.length
  canvas.write(left + Math.max(0, Math.floor((across - heading.length) / 2)), below + 1, heading, 'dim')
  writeWrapped(canvas, medium.width, below + 2, [
    [measure, 'plain'],
    [`${least} ${shades.map((shade) => shade.repeat(2)).join('')} ${greatest}`, 'plain'],
    ...(cells.flat().some((cell) => 'missing' in cell) ? [['- none', 'dim'] as const] : []),
  ])
}
