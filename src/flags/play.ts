import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import { wholeNumberFlag } from './whole-number.ts'

const helpGroup = 'PLAYING'

/** A seed of 64 bits. */
const seedFlag = Flags.custom<bigint>({
  helpGroup,
  helpValue: 'N',
  parse(text) {
    if (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n) return Promise.resolve(BigInt(text))
    throw new UsageError('SEED_INVALID', 'a seed is a whole number below 2^64')
  },
})

/** How often chance is played, and which. */
export const playFlags = {
  trials: wholeNumberFlag({
    description: 'play it so often, besides working it out',
    helpGroup,
    helpValue: 'N',
  }),
  seed: seedFlag({ description: 'the same seed plays the same; 1 when absent' }),
}
