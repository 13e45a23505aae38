import { divideRational, multiplyRational, rational } from '../../src/lib/pm/rational.ts'
import type { Rational } from '../../src/lib/pm/rational.ts'

/** What Go's `big.Rat.SetString` takes: `5`, `-0.5`, `1e12`, `1/3`; undefined for the rest. */
export function parseGoRational(text: string): Rational | undefined {
  const [, top, bottom] = /^([+-]?\d+)\/(\d+)$/.exec(text) ?? []
  if (top !== undefined && bottom !== undefined) {
    return BigInt(bottom) === 0n ? undefined : rational(BigInt(top), BigInt(bottom))
  }
  const [whole, sign, digits = '', decimals = '', exponent = '0'] =
    /^([+-])?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? []
  if (whole === undefined || digits + decimals === '') return undefined
  const value = rational(
    BigInt(`${sign === '-' ? '-' : ''}${digits}${decimals}`),
    10n ** BigInt(decimals.length),
  )
  const power = rational(10n ** BigInt(exponent.replace(/^[+-]/, '')))
  return exponent.startsWith('-') ? divideRational(value, power) : multiplyRational(value, power)
}

/** What Go's `big.Rat.MarshalText` gives: `5`, or `1/3` where it is not whole. */
export function formatGoRational({ numerator, denominator }: Rational): string {
  return denominator === 1n ? String(numerator) : `${String(numerator)}/${String(denominator)}`
}
