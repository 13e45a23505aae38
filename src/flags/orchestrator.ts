import * as Flags from '@oclif/core/flags'

import type { SpendingLimits } from '../lib/orchestrator/judge-offer.ts'
import { parsePrice } from '../lib/pricing/price.ts'
import type { Price } from '../lib/pricing/price.ts'
import { parseGasPrice } from '../lib/units/gas-price.ts'

/** wei a gas, with its unit: a bare number would be a fee in ETH. */
export const gasPriceFlag = Flags.custom<bigint>({
  helpValue: '0.05gwei',
  parse: (text) => Promise.resolve(parseGasPrice(text)),
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
