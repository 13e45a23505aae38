import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import type { SpendingLimits } from '../lib/orchestrator/judge-offer.ts'
import { parsePrice } from '../lib/pricing/price.ts'
import type { Price } from '../lib/pricing/price.ts'
import { parseWei } from '../lib/units/wei.ts'

/** wei a gas, with its unit: a bare number would be a fee in ETH. */
export const gasPriceFlag = Flags.custom<bigint>({
  helpValue: '0.05gwei',
  parse(text) {
    const price = parseWei(text, { allowZero: true })
    if (/wei$/i.test(text.trim())) return Promise.resolve(price)
    throw new UsageError('GAS_PRICE_INVALID', 'this is not a gas price: it has no unit', {
      nextSteps: ['write gas prices like 0.05gwei or 20000000wei'],
    })
  },
})

/** A price in a currency and a unit: `1200wei/pixel`. */
export const priceFlag = Flags.custom<Price>({
  helpValue: '1200wei/pixel',
  parse: (text) => Promise.resolve(parsePrice(text)),
})

/** What a gateway's flags allow; go-livepeer's defaults for those that are absent. */
export function readLimits(flags: {
  readonly 'max-ticket-ev': bigint | undefined
  readonly 'max-total-ev': bigint | undefined
  readonly 'deposit-multiplier': number | undefined
}): SpendingLimits {
  const { 'max-ticket-ev': maxTicketEvWei, 'max-total-ev': maxTotalEvWei } = flags
  const multiplier = flags['deposit-multiplier']
  return {
    ...(maxTicketEvWei !== undefined && { maxTicketEvWei }),
    ...(maxTotalEvWei !== undefined && { maxTotalEvWei }),
    ...(multiplier !== undefined && { depositMultiplier: BigInt(multiplier) }),
  }
}
