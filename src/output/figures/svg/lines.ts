import type { LineChart, Quantity } from '../figure.ts'
import { lineDomains } from '../domains.ts'
import { headingOf } from '../figure-table.ts'
import { element, linePath, text } from './element.ts'
import type { Point } from './element.ts'
import { shorten } from '../shorten.ts'
import { lettersIn, widthOf } from './measure-text.ts'
import { gutterOf, horizontalAxis, keyOf, markRows, plotOf, swatchLine, verticalAxis } from './plot.ts'
import type { Drawing, Plot, Sheet } from './plot.ts'
import { seriesColours } from './theme.ts'

/** Lines with their names at their ends or, where there is no room for that, above. */
export function drawLines(figure: LineChart, sheet: Sheet, top: number): Drawing {
  const { x, y, at, series, marks = [] } = figure
  const { size } = sheet
  const { xDomain, yDomain } = lineDomains(figure, 6)
  const isNamedAtEnd = !sheet.isNarrow && series.length > 1
  const nameRoom = isNamedAtEnd
    ? Math.min(190, 12 + Math.max(...series.map(({ name }) => widthOf(name, size))))
    : 14
  const key = keyOf(
    sheet,
    isNamedAtEnd || series.length === 1
      ? []
      : series.map(({ name }, index) => ({ name, swatch: swatchLine(lineClass(index), size) })),
    top,
  )
  const heading = top + key.height + size
  const base = { sheet, x, y, xDomain, yDomain, left: gutterOf(sheet, y, yDomain, 6), right: nameRoom }
  const rows = markRows(sheet, marks, plotOf({ ...base, top: 0, height: 1 }).x)
  const plot = plotOf({ ...base, top: heading + rows.height + 10, height: sheet.isNarrow ? 200 : 270 })
  const axis = horizontalAxis(sheet, plot, x, xDomain)
  const lines = series.map(({ values }) => runsOf(at, values, plot))
  return {
    markup: [
      key.markup,
      text({ x: 0, y: heading, 'font-size': size }, headingOf(y)),
      verticalAxis(sheet, plot, y, yDomain, 6),
      axis.markup,
      rows.draw(heading + 6, plot.bottom),
      ...lines.flatMap((runs, index) =>
        runs.map((points) =>
          points.length === 1
            ? element('circle', {
                class: `c${index % seriesColours.length}`,
                cx: points[0]?.x,
                cy: points[0]?.y,
                r: 3,
              })
            : element('path', { class: `line ${lineClass(index)}`, d: linePath(points) }),
        ),
      ),
      ...(isNamedAtEnd ? namesAtEnds(sheet, plot, lines, figure) : []),
    ].join(''),
    height: plot.bottom + axis.height - top,
  }
}

function lineClass(index: number): string {
  return `s${index % seriesColours.length}`
}

/** The pieces of a line between its gaps. */
function runsOf(at: readonly Quantity[], values: readonly (Quantity | undefined)[], plot: Plot): Point[][] {
  const runs: Point[][] = []
  let isOpen = false
  for (const [index, each] of at.entries()) {
    const value = values[index]
    if (value !== undefined) {
      if (!isOpen) runs.push([])
      runs.at(-1)?.push({ x: plot.x(each), y: plot.y(value) })
    }
    isOpen = value !== undefined
  }
  return runs
}

function namesAtEnds(
  { size }: Sheet,
  plot: Plot,
  lines: readonly (readonly (readonly Point[])[])[],
  { series }: LineChart,
): string[] {
  const ends = series
    .map(({ name }, index) => ({
      name,
      index,
      end: lines[index]?.at(-1)?.at(-1) ?? { x: plot.right, y: plot.bottom },
    }))
    .sort((a, b) => a.end.y - b.end.y)
  const places = keepApart(
    ends.map(({ end }) => end.y),
    size + 4,
    plot,
  )
  return ends.map(({ name, index, end }, rank) =>
    text(
      {
        class: `halo t${index % seriesColours.length}`,
        x: end.x + 8,
        y: (places[rank] ?? end.y) + size * 0.35,
        'font-size': size,
      },
      shorten(name, lettersIn(182, size)),
    ),
  )
}

/** Ascending places moved so that they are a distance apart, within the plot as far as that is possible. */
function keepApart(places: readonly number[], distance: number, { top, bottom }: Plot): number[] {
  const down = places.reduce<number[]>(
    (moved, place) => [...moved, Math.max(place, (moved.at(-1) ?? top - distance) + distance)],
    [],
  )
  return down.reduceRight<number[]>(
    (moved, place) => [Math.min(place, (moved[0] ?? bottom + distance) - distance), ...moved],
    [],
  )
}
