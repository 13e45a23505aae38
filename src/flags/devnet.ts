import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import { defaultDevnetPort } from '../lib/devnet/network.ts'

/** A whole number in decimal digits, small enough to be exact. */
export const wholeNumberFlag = Flags.custom<number>({
  parse(text) {
    if (/^\d{1,9}$/.test(text)) return Promise.resolve(Number(text))
    throw new UsageError('NUMBER_INVALID', `"${text}" is not a whole number of at most 9 digits`, {
      nextSteps: ['write it in digits: 5'],
    })
  },
})

export const portFlag = wholeNumberFlag({
  description: "the devnet's port on this machine",
  default: defaultDevnetPort,
  helpValue: 'PORT',
})
