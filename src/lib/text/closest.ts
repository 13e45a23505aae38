import { closest as nearest, distance } from 'fastest-levenshtein'

/** The candidate that a mistyped word probably meant, if one is near enough. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined
  const found = nearest(word, [...candidates])
  return distance(word, found) <= Math.max(1, Math.floor(word.length / 3)) ? found : undefined
}
