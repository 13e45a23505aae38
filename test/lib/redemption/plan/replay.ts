import type { RedemptionPlan } from '../../../../src/lib/redemption/plan/types.ts'
import type { Scenario } from './scenario.ts'
import { ticketBroker } from './ticket-broker.ts'
import type { BrokerTicket, Generation, Outcome } from './ticket-broker.ts'

export interface Redeemed {
  readonly ticket: BrokerTicket
  readonly statedWei: bigint
  readonly outcome: Outcome
}

/** Takes a plan to the contract, ticket by ticket in its order, and says what became of each. */
export function replay(
  plan: RedemptionPlan,
  { state, tickets }: Scenario,
  generation: Generation,
  isSent: (ticket: BrokerTicket) => boolean = () => true,
): Redeemed[] {
  const redeem = ticketBroker(state, generation)
  const byHash = new Map(tickets.map((ticket) => [ticket.hash, ticket]))
  return plan.batches
    .flatMap((batch) => batch.tickets)
    .flatMap(({ hash, payoutWei }) => {
      const ticket = byHash.get(hash)
      if (ticket === undefined) throw new Error(`the plan made up ${hash}`)
      return isSent(ticket) ? [{ ticket, statedWei: payoutWei, outcome: redeem(ticket) }] : []
    })
}
