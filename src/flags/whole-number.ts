import * as Flags from '@oclif/core/flags'

import { quoted, UsageError } from '../lib/errors.ts'

/** A whole number in decimal digits, small enough to be exact. */
export const wholeNumberFlag = Flags.custom<number>({
  parse(text) {
    if (/^\d{1,9}$/.test(text)) return Promise.resolve(Number(text))
    throw new UsageError('NUMBER_INVALID', `${quoted(text)} is not a whole number of at most 9 digits`, {
      nextSteps: ['write it in digits: 5'],
    })
  },
})
