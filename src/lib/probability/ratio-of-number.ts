import { UsageError } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/**
 * The fraction that a double from 0 to 1 is, exactly.
 *
 * @throws {UsageError} PROBABILITY_INVALID
 */
export function ratioOfNumber(value: number): Rational {
  if (!(value >= 0 && value <= 1)) throw new UsageError('PROBABILITY_INVALID', 'a probability is from 0 to 1')
  let [scaled, bits] = [value, 0n]
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    bits++
  }
  return rational(BigInt(scaled), 1n << bits)
}
