import type { Canvas, Medium, Paint } from './canvas.ts'
import type { Frame } from './frame.ts'

const eighths = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A bar of eighths of a line, or of whole ones, for each column; values are from 0 to 1. */
export function drawColumns(
  canvas: Canvas,
  { unicode }: Medium,
  { left, top, lines }: Frame,
  heights: readonly (number | undefined)[],
  paint: Paint,
): void {
  for (const [column, height = 0] of heights.entries()) {
    const parts = Math.round(height * lines * 8)
    for (let line = 0; line * 8 < parts; line++) {
      const part = Math.min(8, parts - line * 8)
      canvas.write(
        left + column,
        top + lines - 1 - line,
        unicode ? (eighths[part] ?? '') : part > 4 ? '#' : '_',
        paint,
      )
    }
  }
}
