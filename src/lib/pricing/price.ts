import { UsageError, quoted } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { formatPriceUnit, parsePriceUnit } from './price-unit.ts'
import type { PriceUnit } from './price-unit.ts'

/** A price as somebody wrote it; see `weiPrice` for what the network makes of it. */
export interface Price {
  /** more than zero */
  readonly amount: Rational
  /** `WEI`, `GWEI`, `ETH`, or what a Chainlink feed quotes ETH in, as `USD`. */
  readonly currency: string
  readonly unit: PriceUnit
}

const shape = /^(\d{1,40})(?:\.(\d{1,40}))?\s*([A-Za-z][A-Za-z0-9]{0,9})\s*\/\s*(.+)$/

/**
 * Reads `3.50USD/hour`, `1200wei/pixel`, `0.41 USD / 1e12pixels`. It has no default for the currency or the unit:
 * a wrong guess is a price that is wrong by powers of ten.
 *
 * @throws {UsageError} PRICE_INVALID, PRICE_UNIT_INVALID
 */
export function parsePrice(text: string): Price {
  const [, whole, decimals = '', currency, unit] = shape.exec(text.trim()) ?? []
  if (whole === undefined || currency === undefined || unit === undefined) throw invalid(text, explain(text))
  if (/^e\d/i.test(currency)) throw invalid(text, 'exponents are not taken in an amount')
  const amount = rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length))
  if (amount.numerator === 0n) throw invalid(text, 'it must be more than zero')
  return { amount, currency: currency.toUpperCase(), unit: parsePriceUnit(unit) }
}

/**
 * Reads what a price is said in, without its amount: `wei/pixel`, `USD/hour`.
 *
 * @throws {UsageError} PRICE_KIND_INVALID, PRICE_UNIT_INVALID
 */
export function parsePriceKind(text: string): Omit<Price, 'amount'> {
  const [, currency, unit] = /^([A-Za-z][A-Za-z0-9]{0,9})\s*\/\s*(.+)$/.exec(text.trim()) ?? []
  if (currency !== undefined && unit !== undefined) {
    return { currency: currency.toUpperCase(), unit: parsePriceUnit(unit) }
  }
  throw new UsageError('PRICE_KIND_INVALID', `${quoted(text)} is not what a price can be said in`, {
    nextSteps: ['write a currency and what it is for, as wei/pixel, USD/1e12pixels or ETH/hour'],
  })
}

/** The text that `parsePrice` reads as the same price; for a price whose amount ends in decimals. */
export function formatPrice({ amount, currency, unit }: Price): string {
  const name = currency === 'WEI' || currency === 'GWEI' ? currency.toLowerCase() : currency
  return `${formatAmount(amount)}${name}/${formatPriceUnit(unit)}`
}

/** A fraction as decimals where they end, else as a fraction: `3.5`, `1/3`. */
export function formatAmount({ numerator, denominator }: Rational): string {
  const decimals = decimalsOf(denominator)
  if (decimals === undefined) return `${String(numerator)}/${String(denominator)}`
  const digits = ((numerator * 10n ** BigInt(decimals)) / denominator).toString().padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const mostDecimals = 60

/** With how many decimals a fraction of this denominator ends; undefined when it does not, or not in 60. */
function decimalsOf(denominator: bigint): number | undefined {
  let [rest, twos, fives] = [denominator, 0, 0]
  for (; rest % 2n === 0n && twos <= mostDecimals; twos++) rest /= 2n
  for (; rest % 5n === 0n && fives <= mostDecimals; fives++) rest /= 5n
  const decimals = Math.max(twos, fives)
  return rest === 1n && decimals <= mostDecimals ? decimals : undefined
}

function explain(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return 'it is empty'
  if (trimmed.startsWith('-')) return 'it must be more than zero'
  if (trimmed.includes(',')) return 'write decimals with a point'
  if (/^[\d.]+e[+-]?\d/i.test(trimmed)) return 'exponents are not taken in an amount'
  if (/^[\d.]+\s*[A-Za-z][A-Za-z0-9]*$/.test(trimmed)) return 'say what it is for, as in 1200wei/pixel'
  if (/^[\d.]+(\s*\/.*)?$/.test(trimmed)) return 'say in which currency, as in 1200wei/pixel'
  return 'write an amount, a currency and what it is for'
}

function invalid(text: string, why: string): UsageError {
  return new UsageError('PRICE_INVALID', `${quoted(text)} is not a price: ${why}`, {
    nextSteps: ['write prices like 1200wei/pixel, 0.41USD/1e12pixels or 3.50USD/hour'],
  })
}
