import * as Flags from '@oclif/core/flags'
import type { Hex } from 'viem'
import { maxUint256 } from 'viem'

import { UsageError } from '../lib/errors.ts'
import { parseWinProb } from '../lib/pm/parse-win-prob.ts'

/** A uint256 of the contract, in digits or as 0x hex. */
export const uint256Flag = Flags.custom<bigint>({
  helpValue: 'NUMBER',
  parse(text) {
    const value = /^(?:\d{1,78}|0x[0-9a-f]{1,64})$/i.test(text) ? BigInt(text.toLowerCase()) : undefined
    if (value !== undefined && value <= maxUint256) return Promise.resolve(value)
    // What does not fit may be a private key in the wrong place, so it is not repeated.
    throw new UsageError('NUMBER_INVALID', 'this is not a whole number below 2^256', {
      nextSteps: ['write it in digits or as 0x hex'],
    })
  },
})

/** 32 bytes as 0x hex. */
export const hashFlag = Flags.custom<Hex>({
  helpValue: 'HASH',
  parse(text) {
    if (/^0x[0-9a-f]{64}$/i.test(text)) return Promise.resolve(text.toLowerCase() as Hex)
    throw new UsageError('HASH_INVALID', 'this is not a hash', { nextSteps: ['write 0x and 64 hex digits'] })
  },
})

/** A probability of winning, as winProb of 2^256 - 1. */
export const winProbFlag = Flags.custom<bigint>({
  helpValue: '1/N',
  parse: (text) => Promise.resolve(parseWinProb(text)),
})
