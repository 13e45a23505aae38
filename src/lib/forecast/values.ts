import { UsageError, quoted } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { parsePrice } from '../pricing/price.ts'
import type { Price } from '../pricing/price.ts'
import { ratioToNumber } from '../probability/ratio-to-number.ts'
import { checkRisk } from '../simulation/size-deposit.ts'
import { parseFraction } from '../units/fraction.ts'

/**
 * How many streams there are at once: `100`, or `2.5` where they do not always run.
 *
 * @throws {UsageError} STREAMS_INVALID
 */
export function parseStreams(text: string): Rational {
  const [, whole, decimals = ''] = /^(\d{1,18})(?:\.(\d{1,9}))?$/.exec(text.trim()) ?? []
  const numerator = BigInt(`${whole ?? '0'}${decimals}`)
  if (numerator > 0n) return rational(numerator, 10n ** BigInt(decimals.length))
  throw new UsageError('STREAMS_INVALID', `${quoted(text)} is not a number of streams`, {
    nextSteps: ['write a number above zero: 100, or 2.5 streams on average'],
  })
}

/**
 * What is spent over time: `0.012eth/hour`, `7USD/day`; without a time it is for an hour, as in `0.012eth`.
 *
 * @throws {UsageError} SPEND_INVALID
 */
export function parseSpend(text: string): Price {
  const price = readSpend(text)
  if (price?.unit.quantity === 'second') return price
  throw new UsageError(
    'SPEND_INVALID',
    `${quoted(text)} is not an amount above zero, its currency and a time`,
    {
      nextSteps: ['write 0.012eth, 0.012eth/hour or 7USD/day'],
    },
  )
}

function readSpend(text: string): Price | undefined {
  try {
    return parsePrice(text.includes('/') ? text : `${text}/hour`)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/**
 * The probability that a deposit may run dry: `0.1%`, `0.001` or `1/1000`.
 *
 * @throws {UsageError} FRACTION_INVALID, RISK_INVALID for nothing and for all
 */
export function parseRisk(text: string): number {
  const { numerator, denominator } = parseFraction(text, { allowZero: true })
  const risk = ratioToNumber(numerator, denominator)
  checkRisk(risk)
  return risk
}

/**
 * A horizon in hours, `24`, or with its unit, `30d`.
 *
 * @throws {UsageError} HORIZON_INVALID
 */
export function parseHorizon(text: string): bigint {
  const [, digits, unit = 'h'] = /^(\d{1,15})\s*([hdwy])?$/.exec(text.trim()) ?? []
  const hoursPer = { h: 1n, d: 24n, w: 168n, y: 8766n }[unit]
  if (digits !== undefined && hoursPer !== undefined) return BigInt(digits) * hoursPer
  throw new UsageError('HORIZON_INVALID', `${quoted(text)} is not a horizon`, {
    nextSteps: ['write hours, as 24, or 30d, 2w, 1y'],
  })
}
