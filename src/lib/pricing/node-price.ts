import { UsageError, quoted } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Price } from './price.ts'

/** What go-livepeer's price flags hold: an amount, and a currency that may be absent. */
export interface NodePriceText {
  readonly amount: Rational
  /** As it is written; empty for wei. */
  readonly currency: string
}

/**
 * Reads the text of `-pricePerUnit` and `-maxPricePerUnit` as go-livepeer does (spec "Price syntax of go-livepeer").
 *
 * @throws {UsageError} NODE_PRICE_INVALID
 */
export function parseNodePrice(text: string): NodePriceText {
  const [, whole, decimals = '', currency = ''] =
    /^(\d{1,40})(?:\.(\d{1,40}))?([A-Za-z][A-Za-z0-9]{0,9})?$/.exec(text) ?? []
  if (whole !== undefined && !/^e\d/i.test(currency)) {
    return { amount: rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length)), currency }
  }
  throw new UsageError('NODE_PRICE_INVALID', `${quoted(text)} is not a price of go-livepeer's flags`, {
    nextSteps: ['write it as -pricePerUnit has it: 0.41USD, 1200wei or 1200'],
  })
}

/**
 * The price that two flags of go-livepeer say together.
 *
 * @throws {UsageError} NODE_PRICE_INVALID also for zero, which is no price
 */
export function priceOfFlags(text: string, pixelsPerUnit: bigint): Price {
  const { amount, currency } = parseNodePrice(text)
  if (amount.numerator === 0n) throw new UsageError('NODE_PRICE_INVALID', 'a price is more than zero')
  return {
    amount,
    currency: (currency || 'wei').toUpperCase(),
    unit: { quantity: 'pixel', count: rational(pixelsPerUnit) },
  }
}
