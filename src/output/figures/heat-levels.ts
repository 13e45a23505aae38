import type { HeatMap } from './figure.ts'

export interface HeatLevels {
  /** From 0 to one less than the steps. */
  readonly levelOf: (value: number) => number
  /** The texts of the least and the greatest value. */
  readonly least: string
  readonly greatest: string
}

/** Which of so many colours a value gets, evenly from the least to the greatest of the figure. */
export function heatLevels({ cells }: HeatMap, steps: number): HeatLevels {
  const known = cells.flat().flatMap((cell) => ('text' in cell && Number.isFinite(cell.value) ? [cell] : []))
  const sorted = known.toSorted((a, b) => a.value - b.value)
  const [first, last] = [sorted[0], sorted.at(-1)]
  const [low, high] = [first?.value ?? 0, last?.value ?? 0]
  return {
    levelOf: (value) => {
      const place = (value / 2 - low / 2) / (high / 2 - low / 2)
      return Number.isNaN(place) ? 0 : Math.min(steps - 1, Math.max(0, Math.floor(place * steps)))
    },
    least: first?.text ?? '',
    greatest: last?.text ?? '',
  }
}
