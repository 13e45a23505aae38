import * as Flags from '@oclif/core/flags'

import { parseGivenRate } from '../lib/pricing/given-rate.ts'
import type { Rate } from '../lib/pricing/rate.ts'
import { addressFlag } from './address.ts'

/** What one ETH is worth, for commands that ask nobody. */
export const givenRateFlag = Flags.custom<Rate>({
  description: 'what one ETH is worth: 2500, in USD, or 2300EUR',
  helpValue: 'RATE',
  parse: (text) => Promise.resolve(parseGivenRate(text)),
})()

/** The same for commands that ask a feed when nobody says; `rateFor` of the base command reads them. */
export const rateFlags = {
  rate: givenRateFlag,
  feed: addressFlag({
    description: "which feed of Chainlink to ask for the rate; the network's of USD when absent",
  }),
}
