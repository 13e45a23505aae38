import { ceilRational, formatRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Rate } from '../pricing/rate.ts'
import { formatWei } from '../units/wei.ts'
import type { QuoteMoney } from './quote.ts'

/** What has to be paid, in every currency: rounded up to a wei. */
export function quoteMoney(exact: Rational, rate: Rate | undefined): QuoteMoney {
  return inEvery(ceilRational(exact), exact, rate)
}

/** What is paid on average, in every currency: rounded to the nearest wei. */
export function averageMoney(exact: Rational, rate: Rate | undefined): QuoteMoney {
  const { numerator, denominator } = exact
  return inEvery((2n * numerator + denominator) / (2n * denominator), exact, rate)
}

function inEvery(wei: bigint, exact: Rational, rate: Rate | undefined): QuoteMoney {
  return { wei, eth: formatWei(wei), money: rate === undefined ? null : inCurrency(exact, rate) }
}

function inCurrency(wei: Rational, { perEth }: Rate): string {
  const numerator = wei.numerator * perEth.numerator
  return formatRational({ numerator, denominator: wei.denominator * perEth.denominator * 10n ** 18n }, 6)
}
