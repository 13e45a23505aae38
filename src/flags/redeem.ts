import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type { Address } from 'viem'

import { UsageError } from '../lib/errors.ts'
import { defaultPlanOptions } from '../lib/redemption/plan/options.ts'
import type { RedeemRequest } from '../lib/redemption/redeem.ts'
import type { Fraction } from '../lib/units/fraction.ts'
import { addressFlag } from './address.ts'
import { amountOrZeroFlag } from './amount.ts'
import { fractionFlag } from './fraction.ts'
import { sendingFlags } from './sending.ts'
import { storeFlags } from './store.ts'

/** A ticket hash or the beginning of one, in lower case. */
const ticketFlag = Flags.custom({
  helpValue: 'HASH',
  parse(text) {
    if (/^0x[0-9a-f]{6,64}$/i.test(text)) return Promise.resolve(text.toLowerCase())
    throw new UsageError('TICKET_HASH_INVALID', 'that is not a ticket hash or the beginning of one', {
      nextSteps: ['write 0x and at least six digits of it: lp-pay tickets list'],
    })
  },
})

const helpGroup = 'REDEEMING'

/** Which tickets are redeemed, and when it is worth its gas. */
const choiceFlags = {
  only: addressFlag({
    description: 'only tickets of this sender; repeat it for more',
    helpGroup,
    multiple: true,
    multipleNonGreedy: true,
  }),
  ticket: ticketFlag({
    description: 'only this ticket; the beginning of its hash will do; repeat it for more',
    helpGroup,
    multiple: true,
    multipleNonGreedy: true,
  }),
  'min-payout': amountOrZeroFlag({ description: 'leave tickets that pay less', helpGroup }),
  'max-gas-share': fractionFlag({
    description: 'the most that gas may take of a payout: 50%, 0.5 or 1/2 (half when absent)',
    helpGroup,
  }),
  'include-partial': Flags.boolean({
    description: 'also spend tickets for less than their face value, when that is all there is',
    helpGroup,
  }),
}

const { unsigned: _unsigned, ...sendingByKey } = sendingFlags

export const redeemFlags = {
  ...sendingByKey,
  ...storeFlags,
  ...choiceFlags,
  watch: Flags.boolean({
    char: 'w',
    description: 'keep redeeming as tickets come in and rounds go by, until Ctrl-C; needs --yes',
    exclusive: ['dry-run'],
  }),
  every: Flags.string({
    description: 'how often to look (1m when absent)',
    helpValue: '1m',
    dependsOn: ['watch'],
  }),
}

export const sourceArg = Args.string({
  description: 'tickets to take in first: a file of go-livepeer or of tickets, - for standard input',
  ignoreStdin: true,
})

/** What is to be redeemed, and when it is worth its gas. */
export function toRedeemRequest(flags: {
  readonly only?: readonly Address[] | undefined
  readonly ticket?: readonly string[] | undefined
  readonly 'min-payout'?: bigint | undefined
  readonly 'max-gas-share'?: Fraction | undefined
  readonly 'include-partial': boolean
}): Pick<RedeemRequest, 'choice' | 'planOptions'> {
  const minPayoutWei = flags['min-payout']
  const maxGasShare = flags['max-gas-share']
  return {
    choice: { senders: flags.only ?? [], hashes: flags.ticket ?? [] },
    planOptions: {
      ...defaultPlanOptions,
      includePartial: flags['include-partial'],
      ...(minPayoutWei !== undefined && { minPayoutWei }),
      ...(maxGasShare !== undefined && { maxGasShare }),
    },
  }
}
