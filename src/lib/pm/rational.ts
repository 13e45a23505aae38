import { UsageError } from '../errors.ts'

/** An exact fraction; what `rational` makes is in lowest terms, with a denominator above zero. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * A fraction in lowest terms.
 *
 * @throws {UsageError} DENOMINATOR_ZERO
 */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) {
    throw new UsageError('DENOMINATOR_ZERO', 'a fraction has no value when its denominator is zero')
  }
  const divisor = greatestCommonDivisor(numerator, denominator)
  const sign = denominator < 0n ? -1n : 1n
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

/** a + b, exactly. */
export function addRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/** a - b, exactly. */
export function subtractRational(a: Rational, b: Rational): Rational {
  return addRational(a, { numerator: -b.numerator, denominator: b.denominator })
}

/** a · b, exactly. */
export function multiplyRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator)
}

/**
 * a / b, exactly.
 *
 * @throws {UsageError} DENOMINATOR_ZERO, when b is zero
 */
export function divideRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** @returns below zero when a < b, above zero when a > b, else 0 */
export function compareRational(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  if (difference === 0n) return 0
  // A denominator below zero turns the comparison around.
  return difference < 0n === (a.denominator < 0n === b.denominator < 0n) ? -1 : 1
}

/** The greatest integer that is not above the fraction. */
export function floorRational(value: Rational): bigint {
  // Lowest terms are not needed, and making them takes longer than all the rest.
  const { numerator, denominator } =
    value.denominator > 0n ? value : rational(value.numerator, value.denominator)
  const quotient = numerator / denominator
  return numerator < 0n && numerator % denominator !== 0n ? quotient - 1n : quotient
}

/** The least integer that is not below the fraction. */
export function ceilRational(value: Rational): bigint {
  return -floorRational({ numerator: -value.numerator, denominator: value.denominator })
}

/** Decimal text, rounded to so many decimals, halves away from zero (as Go's `big.Rat.FloatString`). */
export function formatRational(value: Rational, decimals: number): string {
  const { numerator, denominator } =
    value.denominator > 0n ? value : rational(value.numerator, value.denominator)
  const magnitude = numerator < 0n ? -numerator : numerator
  const scaled = (2n * magnitude * 10n ** BigInt(decimals) + denominator) / (2n * denominator)
  const digits = scaled.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const sign = numerator < 0n ? '-' : ''
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`
}

/** The same without the zeros at its end: `0.5`, `100`. */
export function formatShort(value: Rational, decimals: number): string {
  const text = formatRational(value, decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Above zero, as b is not zero. What fits into a double is exact there, and many times as fast. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y > largestExact) [x, y] = [y, x % y]
  if (y === 0n) return x
  let [m, n] = [Number(y), Number(x % y)]
  while (n !== 0) [m, n] = [n, m % n]
  return BigInt(m)
}

const largestExact = BigInt(Number.MAX_SAFE_INTEGER)
