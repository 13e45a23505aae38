import { UsageError } from '../errors.ts'
import { parseWei } from './wei.ts'

/**
 * Reads a gas price, `0.05gwei`, as wei a gas. A bare number would be a price in ETH.
 *
 * @throws {UsageError} AMOUNT_INVALID, GAS_PRICE_INVALID
 */
export function parseGasPrice(text: string): bigint {
  const price = parseWei(text, { allowZero: true })
  if (/wei$/i.test(text.trim())) return price
  throw new UsageError('GAS_PRICE_INVALID', 'this is not a gas price: it has no unit', {
    nextSteps: ['write gas prices like 0.05gwei or 20000000wei'],
  })
}
