import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { parseWei } from '../lib/units/wei.ts'

/** An amount as exact wei: `0.1` (ETH), `5gwei`, `1000wei`. */
export const amountFlag = Flags.custom<bigint>({
  helpValue: 'AMOUNT',
  parse: (text) => Promise.resolve(parseWei(text)),
})

/** The same where zero is a value, as in thresholds. */
export const amountOrZeroFlag = Flags.custom<bigint>({
  helpValue: 'AMOUNT',
  parse: (text) => Promise.resolve(parseWei(text, { allowZero: true })),
})

export const amountArg = Args.custom<bigint>({
  // Standard input may carry a password.
  ignoreStdin: true,
  parse: (text) => Promise.resolve(parseWei(text)),
})
