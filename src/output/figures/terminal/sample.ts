/** A value for every column of so many: between the given ones on a line, and undefined where one of the two is. */
export function sample(
  places: readonly number[],
  values: readonly (number | undefined)[],
  count: number,
): (number | undefined)[] {
  let next = 0
  return Array.from({ length: count }, (_, column) => {
    const place = count === 1 ? 0 : column / (count - 1)
    while (next < places.length - 1 && (places[next] ?? 0) < place) next++
    const [right, left] = [places[next] ?? 0, places[next - 1]]
    const [high, low] = [values[next], values[next - 1]]
    if (left === undefined || right <= place) return right === place || places.length === 1 ? high : undefined
    if (high === undefined || low === undefined) return undefined
    return low + ((high - low) * (place - left)) / (right - left)
  })
}
