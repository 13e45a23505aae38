import * as Flags from '@oclif/core/flags'

import { parseGivenRate } from '../lib/pricing/given-rate.ts'
import type { Rate } from '../lib/pricing/rate.ts'

/** What one ETH is worth, for commands that ask nobody. */
export const givenRateFlag = Flags.custom<Rate>({
  description: 'what one ETH is worth: 2500, in USD, or 2300EUR',
  helpValue: 'RATE',
  parse: (text) => Promise.resolve(parseGivenRate(text)),
})()
