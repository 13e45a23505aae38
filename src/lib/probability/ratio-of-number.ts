import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** The fraction that a double from 0 to 1 is, exactly. */
export function ratioOfNumber(value: number): Rational {
  let [scaled, bits] = [value, 0n]
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    bits++
  }
  return rational(BigInt(scaled), 1n << bits)
}
