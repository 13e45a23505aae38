import { UsageError } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rate } from './rate.ts'

/**
 * Reads a rate that somebody gives: `2500`, in USD for one ETH, or `2300EUR`.
 *
 * @throws {UsageError} RATE_INVALID
 */
export function parseGivenRate(text: string): Rate {
  const [, whole = '', decimals = '', currency = 'USD'] =
    /^(\d{1,30})(?:\.(\d{1,30}))?\s*([A-Za-z]{2,10})?$/.exec(text.trim()) ?? []
  const numerator = BigInt(`${whole}${decimals}` || '0')
  const isForeign = !['WEI', 'GWEI', 'ETH'].includes(currency.toUpperCase())
  if (numerator === 0n || !isForeign) {
    throw new UsageError('RATE_INVALID', 'this is not a rate', {
      nextSteps: ['write what one ETH is worth, as 2500 (USD) or 2300EUR'],
    })
  }
  return {
    currency: currency.toUpperCase(),
    perEth: rational(numerator, 10n ** BigInt(decimals.length)),
    source: { kind: 'given' },
  }
}
