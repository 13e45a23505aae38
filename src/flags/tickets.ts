import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import { ticketStates } from '../lib/store/describe-ticket.ts'
import type { TicketFilter } from '../lib/store/ticket-store.ts'
import { addressFlag } from './address.ts'

/** A round of the protocol. */
export const roundFlag = Flags.custom<bigint>({
  helpValue: 'ROUND',
  parse(text) {
    if (/^\d{1,20}$/.test(text)) return Promise.resolve(BigInt(text))
    throw new UsageError('ROUND_INVALID', `"${text.slice(0, 48)}" is not a round`, {
      nextSteps: ['write it in digits: 3512'],
    })
  },
})

/** Which tickets of the store. */
export const ticketFilterFlags = {
  state: Flags.option({
    options: ticketStates,
    multiple: true,
    multipleNonGreedy: true,
    description: 'only tickets in this state; repeat it for more',
    helpGroup: 'FILTER',
  })(),
  sender: addressFlag({ description: 'only tickets of this sender', helpGroup: 'FILTER' }),
  recipient: addressFlag({ description: 'only tickets for this recipient', helpGroup: 'FILTER' }),
  round: roundFlag({ description: 'only tickets created in this round', helpGroup: 'FILTER' }),
}

type FilterValues = {
  readonly [name in 'sender' | 'recipient']?: TicketFilter[name] | undefined
} & {
  readonly state?: TicketFilter['states'] | undefined
  readonly round?: bigint | undefined
}

export function toTicketFilter({ state, sender, recipient, round }: FilterValues): TicketFilter {
  return {
    ...(state !== undefined && { states: state }),
    ...(sender !== undefined && { sender }),
    ...(recipient !== undefined && { recipient }),
    ...(round !== undefined && { creationRound: round }),
  }
}
