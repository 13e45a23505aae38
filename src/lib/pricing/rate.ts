import { UsageError } from '../errors.ts'
import { divideRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** What one ETH is worth in another currency. */
export interface Rate {
  /** `USD`, in capitals */
  readonly currency: string
  /** so many of the currency for one ETH */
  readonly perEth: Rational
  readonly source: RateSource
}

export type RateSource =
  | { readonly kind: 'given' }
  | {
      readonly kind: 'chainlink'
      readonly feed: string
      readonly description: string
      readonly roundId: bigint
      /** ISO 8601: when the feed was last written */
      readonly updatedAt: string
    }

/** wei in one of each currency that needs no rate. */
const weiPerNative: ReadonlyMap<string, bigint> = new Map([
  ['WEI', 1n],
  ['GWEI', 10n ** 9n],
  ['ETH', 10n ** 18n],
])

/** Whether a rate is needed to turn the currency into wei. */
export function needsRate(currency: string): boolean {
  return !weiPerNative.has(currency)
}

/**
 * wei in one of a currency.
 *
 * @throws {UsageError} RATE_MISSING
 */
export function weiPerUnitOf(currency: string, rate: Rate | undefined): Rational {
  const native = weiPerNative.get(currency)
  if (native !== undefined) return rational(native)
  if (rate?.currency !== currency) {
    throw new UsageError('RATE_MISSING', `a rate between ETH and ${currency} is needed`, {
      details: { currency },
      nextSteps: [
        `--rate 2500${currency === 'USD' ? '' : currency} says how many of it one ETH is worth`,
        "--rpc-url URL asks Chainlink's feed",
      ],
    })
  }
  return divideRational(rational(10n ** 18n), rate.perEth)
}

/** wei of an amount of a currency; throws as `weiPerUnitOf`. */
export function weiOf(amount: Rational, currency: string, rate: Rate | undefined): Rational {
  return multiplyRational(amount, weiPerUnitOf(currency, rate))
}
