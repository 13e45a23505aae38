import type { RandomSource } from '../probability/random-source.ts'

/** Bytes of a random source that can be repeated: for simulations only. */
export function drawBytes(random: RandomSource, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, () => Math.floor(random.next() * 256))
}

/** A whole number from 0 to below `end`. */
export function drawIndex(random: RandomSource, end: number): number {
  return Math.floor(random.next() * end)
}

/** The same things in a random order (Fisher and Yates). */
export function shuffle<T>(random: RandomSource, things: readonly T[]): T[] {
  const shuffled = [...things]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = drawIndex(random, last + 1)
    const [a, b] = [shuffled[last], shuffled[other]]
    if (a === undefined || b === undefined) continue
    shuffled[last] = b
    shuffled[other] = a
  }
  return shuffled
}
