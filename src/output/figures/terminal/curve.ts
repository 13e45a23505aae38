import type { Canvas, Paint } from './canvas.ts'
import type { Frame } from './frame.ts'

/** A line of dots through values from 0 to 1, two to a column; steps are joined, gaps left open. */
export function drawCurve(
  canvas: Canvas,
  { left, top, lines }: Frame,
  values: readonly (number | undefined)[],
  paint: Paint,
  sign: string,
): void {
  let before: number | undefined
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      before = undefined
      continue
    }
    const y = Math.round((1 - value) * (lines * 4 - 1))
    const step = Math.sign(y - (before ?? y))
    for (let each = before === undefined ? y : before + step; ; each += step) {
      canvas.dot(left * 2 + index, top * 4 + each, paint, sign)
      if (each === y) break
    }
    before = y
  }
}
