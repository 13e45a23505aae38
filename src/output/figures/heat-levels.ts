import { realAxis } from './axes.ts'
import type { HeatMap } from './figure.ts'
import { placeIn } from './scale.ts'

export interface HeatLevels {
  /** From 0 to one less than the steps. */
  readonly levelOf: (value: number) => number
  /** The texts of the least and the greatest value. */
  readonly least: string
  readonly greatest: string
}

/** Which of so many colours a value gets, evenly from the least to the greatest of the figure. */
export function heatLevels({ cells, scale = 'linear' }: HeatMap, steps: number): HeatLevels {
  const known = cells.flat().flatMap((cell) => ('text' in cell && Number.isFinite(cell.value) ? [cell] : []))
  const sorted = known.toSorted((a, b) => a.value - b.value)
  const [first, last] = [sorted[0], sorted.at(-1)]
  const place = placeIn({ ...realAxis(''), scale }, [first?.value ?? 0, last?.value ?? 0])
  return {
    levelOf: (value) => Math.min(steps - 1, Math.floor(place(value) * steps)),
    least: first?.text ?? '',
    greatest: last?.text ?? '',
  }
}
