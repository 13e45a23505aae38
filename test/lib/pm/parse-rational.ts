import { rational } from '../../../src/lib/pm/rational.ts'
import type { Rational } from '../../../src/lib/pm/rational.ts'

/** A fraction as the shared vectors write it: `101/100`, `-5`. */
export function parseRational(text: string | number): Rational {
  const [numerator = '', denominator = '1'] = String(text).split('/')
  return rational(BigInt(numerator), BigInt(denominator))
}
