import { headingOf } from '../figure-table.ts'
import type { Axis, Mark, Quantity } from '../figure.ts'
import { placeIn } from '../scale.ts'
import { ticksOf } from '../ticks.ts'
import type { Domain } from '../ticks.ts'
import { element, text } from './element.ts'
import { shorten } from '../shorten.ts'
import { lettersIn, widthOf } from './measure-text.ts'

/** How much room a drawing has. */
export interface Sheet {
  readonly width: number
  /** Of the smaller words, in pixels. */
  readonly size: number
  readonly isNarrow: boolean
}

export function sheetOf(width: number): Sheet {
  return { width, size: width < 480 ? 12 : 13, isNarrow: width < 480 }
}

/** A drawing from the top of the sheet down, and its height. */
export interface Drawing {
  readonly markup: string
  readonly height: number
}

/** A rectangle with two axes. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (quantity: Quantity) => number
  readonly y: (quantity: Quantity) => number
}

export interface PlotRequest {
  readonly sheet: Sheet
  readonly top: number
  readonly height: number
  readonly x: Axis
  readonly y: Axis
  readonly xDomain: Domain
  readonly yDomain: Domain
  /** Pixels kept free on the left, where several plots stand above each other, and on the right. */
  readonly left: number
  readonly right: number
}

export function plotOf({ sheet, top, height, x, y, xDomain, yDomain, left, right }: PlotRequest): Plot {
  const [from, to] = [left, sheet.width - right]
  const bottom = top + height
  const [xPlace, yPlace] = [placeIn(x, xDomain), placeIn(y, yDomain)]
  return {
    left: from,
    right: to,
    top,
    bottom,
    x: (quantity) => from + xPlace(quantity) * (to - from),
    y: (quantity) => bottom - yPlace(quantity) * height,
  }
}

/** Pixels that the words of a vertical axis take. */
export function gutterOf({ size }: Sheet, axis: Axis, domain: Domain, most: number): number {
  return Math.max(...ticksOf(axis, domain, most).map((tick) => widthOf(tick.text, size)), 0) + 14
}

/** Lines across, their words on the left, and above them what is measured. */
export function verticalAxis({ size }: Sheet, plot: Plot, axis: Axis, domain: Domain, most: number): string {
  const ticks = ticksOf(axis, domain, most).map(({ at, text: words }) => {
    const y = plot.y(at)
    return (
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: y, y2: y }) +
      text({ x: plot.left - 8, y: y + size * 0.35, 'font-size': size, 'text-anchor': 'end' }, words)
    )
  })
  return ticks.join('')
}

/** The line below, its words, and under them what is measured. */
export function horizontalAxis({ size }: Sheet, plot: Plot, axis: Axis, domain: Domain): Drawing {
  const line = element('line', {
    class: 'axis',
    x1: plot.left,
    x2: plot.right,
    y1: plot.bottom,
    y2: plot.bottom,
  })
  const ticks = fittingTicks(axis, domain, plot.right - plot.left, size).map(({ at, text: words }) => {
    const x = plot.x(at)
    const half = widthOf(words, size) / 2
    return (
      element('line', { class: 'axis', x1: x, x2: x, y1: plot.bottom, y2: plot.bottom + 5 }) +
      text(
        {
          x: Math.max(half, Math.min(plot.right + 12 - half, x)),
          y: plot.bottom + 8 + size,
          'font-size': size,
          'text-anchor': 'middle',
        },
        words,
      )
    )
  })
  const heading = text(
    {
      x: (plot.left + plot.right) / 2,
      y: plot.bottom + 14 + 2 * size + 2,
      'font-size': size,
      'text-anchor': 'middle',
    },
    headingOf(axis),
  )
  return { markup: [line, ...ticks, heading].join(''), height: 22 + 2 * size }
}

/** As many ticks as have room side by side. */
function fittingTicks(axis: Axis, domain: Domain, width: number, size: number) {
  for (let most = 8; most > 2; most--) {
    const ticks = ticksOf(axis, domain, most)
    const room = width / Math.max(1, ticks.length - 1)
    if (ticks.every((tick) => widthOf(tick.text, size) + size < room)) return ticks
  }
  return ticksOf(axis, domain, 2).slice(0, 1)
}

/** Words above a plot, in rows, so that no two of them meet. */
export interface MarkRows {
  readonly height: number
  readonly draw: (top: number, bottom: number) => string
}

export function markRows(
  { size, width }: Sheet,
  marks: readonly Mark[],
  x: (quantity: Quantity) => number,
): MarkRows {
  const rowHeight = size + 6
  const ends: number[] = []
  const placed = marks
    .map((mark) => ({
      words: shorten(`${mark.name} ${mark.text}`, lettersIn(width, size)),
      line: x(mark.at),
    }))
    .sort((a, b) => a.line - b.line)
    .map(({ words, line }) => {
      const half = widthOf(words, size) / 2
      const middle = Math.max(half, Math.min(width - half, line))
      const free = ends.findIndex((end) => middle - half > end + size)
      const row = free === -1 ? ends.length : free
      ends[row] = middle + half
      return { words, line, middle, row }
    })
  const rows = ends.length
  return {
    height: rows * rowHeight,
    draw: (top, bottom) =>
      placed
        .map(({ words, line, middle, row }) => {
          const y = top + row * rowHeight + size
          return (
            element('line', { class: 'mark', x1: line, x2: line, y1: y + 4, y2: bottom }) +
            text({ class: 'ink halo', x: middle, y, 'font-size': size, 'text-anchor': 'middle' }, words)
          )
        })
        .join(''),
  }
}

/** Names beside what they are drawn with, in as many rows as they need. */
export function keyOf(
  { size, width }: Sheet,
  entries: readonly { readonly name: string; readonly swatch: (x: number, y: number) => string }[],
  top: number,
): Drawing {
  let [x, row] = [0, 0]
  const rowHeight = size + 8
  const parts = entries.map(({ name, swatch }) => {
    const words = shorten(name, lettersIn(width - 30, size))
    const needed = 26 + widthOf(words, size) + 16
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1]
    const y = top + row * rowHeight
    const part = swatch(x, y) + text({ x: x + 26, y: y + size, 'font-size': size }, words)
    x += needed
    return part
  })
  return { markup: parts.join(''), height: entries.length === 0 ? 0 : (row + 1) * rowHeight }
}

export function swatchLine(className: string, size: number): (x: number, y: number) => string {
  return (x, y) =>
    element('line', {
      class: `line ${className}`,
      x1: x,
      x2: x + 20,
      y1: y + size * 0.65,
      y2: y + size * 0.65,
    })
}

export function swatchBox(className: string, size: number): (x: number, y: number) => string {
  return (x, y) => element('rect', { class: className, x, y: y + 1, width: 20, height: size, rx: 2 })
}
