import { headingOf } from '../figure-table.ts'
import type { Axis, Mark, Quantity } from '../figure.ts'
import { placeIn } from '../scale.ts'
import { ticksOf } from '../ticks.ts'
import type { Domain } from '../ticks.ts'
import type { Canvas, Medium } from './canvas.ts'

/** The part of a canvas between two axes. */
export interface Frame {
  readonly left: number
  readonly top: number
  readonly columns: number
  readonly lines: number
}

/** Columns that the words of a vertical axis take, with the line. */
export function gutterOf(axis: Axis, domain: Domain, most: number): number {
  return Math.max(...ticksOf(axis, domain, most).map(({ text }) => text.length), 0) + 2
}

export function drawVerticalAxis(
  canvas: Canvas,
  { unicode }: Medium,
  { left, top, lines }: Frame,
  { axis, domain, most }: { readonly axis: Axis; readonly domain: Domain; readonly most: number },
): void {
  for (let line = 0; line < lines; line++) canvas.write(left - 1, top + line, unicode ? '│' : '|', 'dim')
  const place = placeIn(axis, domain)
  for (const { at, text } of ticksOf(axis, domain, most)) {
    const line = top + lineOf(place(at), lines)
    canvas.write(left - 2 - text.length, line, text, 'dim')
    canvas.write(left - 1, line, unicode ? '┤' : '+', 'dim')
  }
}

/** Draws the axis below a frame; says how many lines that took. */
export function drawHorizontalAxis(
  canvas: Canvas,
  { unicode }: Medium,
  { left, top, columns, lines }: Frame,
  axis: Axis,
  domain: Domain,
): number {
  const line = top + lines
  canvas.write(left - 1, line, (unicode ? '└' : '+') + (unicode ? '─' : '-').repeat(columns), 'dim')
  const place = placeIn(axis, domain)
  const toColumn = (at: Quantity) => left + columnOf(place(at), columns)
  for (const { at, text } of fittingTicks(axis, domain, columns)) {
    canvas.write(toColumn(at), line, unicode ? '┬' : '+', 'dim')
    const start = Math.min(left + columns - text.length, toColumn(at) - Math.floor((text.length - 1) / 2))
    canvas.write(Math.max(0, start), line + 1, text, 'dim')
  }
  const heading = headingOf(axis)
  canvas.write(Math.max(0, left + Math.floor((columns - heading.length) / 2)), line + 2, heading, 'dim')
  return 3
}

function fittingTicks(axis: Axis, domain: Domain, columns: number) {
  for (let most = 8; most > 2; most--) {
    const ticks = ticksOf(axis, domain, most)
    if (ticks.every(({ text }) => text.length + 2 < columns / Math.max(1, ticks.length - 1))) return ticks
  }
  return ticksOf(axis, domain, 2).slice(0, 1)
}

export function lineOf(place: number, lines: number): number {
  return Math.floor(((1 - place) * (lines * 4 - 1)) / 4)
}

export function columnOf(place: number, columns: number): number {
  return Math.floor((place * (columns * 2 - 1)) / 2)
}

/** Lines down a frame where there is nothing else yet, to be called before anything is drawn. */
export function drawMarks(
  canvas: Canvas,
  { unicode }: Medium,
  { left, top, columns, lines }: Frame,
  places: readonly number[],
): void {
  for (const place of places) {
    for (let line = 0; line < lines; line++) {
      canvas.write(left + columnOf(place, columns), top + line, unicode ? '╎' : ':', 'dim')
    }
  }
}

/** What the marks are, from left to right. */
export function markWords(
  marks: readonly Mark[],
  place: (quantity: Quantity) => number,
  { unicode }: Medium,
): string[] {
  return marks
    .toSorted((a, b) => place(a.at) - place(b.at))
    .map(({ name, text }) => `${unicode ? '╎' : ':'} ${name} ${text}`)
}

/** Words side by side, in as many lines as they need; says how many. */
export function writeWrapped(
  canvas: Canvas,
  width: number,
  top: number,
  parts: readonly (readonly [string, Parameters<Canvas['write']>[3]])[],
): number {
  let [column, line] = [0, 0]
  for (const [words, paint] of parts) {
    if (column > 0 && column + words.length > width) [column, line] = [0, line + 1]
    canvas.write(column, top + line, words.slice(0, width), paint)
    column += words.length + 3
  }
  return parts.length === 0 ? 0 : line + 1
}
