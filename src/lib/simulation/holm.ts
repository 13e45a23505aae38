/**
 * Holm's correction for many tests: the values with which the probability of any false alarm among them is not above
 * the level ("A simple sequentially rejective multiple test procedure", 1979).
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const corrected = values.map(() => 1)
  let least = 0
  for (const [rank, { value, index }] of order.entries()) {
    least = Math.min(1, Math.max(least, value * (values.length - rank)))
    corrected[index] = least
  }
  return corrected
}
