import type { Hex } from 'viem'

import { claimableKey, defaultPlanOptions, planRedemption } from '../redemption/plan/plan-redemption.ts'
import type { PlanChain, RedemptionPlan } from '../redemption/plan/types.ts'
import type { ProtocolOptions } from './options.ts'
import type { Receiver, Winner } from './receiver.ts'
import type { RedemptionOutcome, TicketBroker } from './ticket-broker.ts'

/** A transaction as it came to the contract. */
export interface Landing {
  readonly round: bigint
  readonly receiver: Receiver
  /** In the order of the transaction. */
  readonly tickets: readonly Winner[]
  readonly outcomes: readonly RedemptionOutcome[]
  readonly gasCostWei: bigint
}

/** An orchestrator's plan, by the chain as it saw it. */
export interface Planned {
  readonly receiver: Receiver
  readonly plan: RedemptionPlan
}

/** What an orchestrator would redeem now. */
export function planWinners(
  receiver: Receiver,
  broker: TicketBroker,
  paidThisRound: ReadonlySet<string>,
  { ticketValidityPeriod, gasPriceWei }: ProtocolOptions,
): Planned {
  const { address, winners } = receiver
  const senders = [...new Set(winners.map(({ sender }) => sender))]
  const chain: PlanChain = {
    currentRound: broker.round,
    ticketValidityPeriod,
    senders: new Map(
      senders.map((sender) => [
        sender.toLowerCase(),
        { depositWei: broker.account(sender).depositWei, withdrawRound: 0n },
      ]),
    ),
    recipients: new Map([
      [address.toLowerCase(), { active: true, paidThisRound: paidThisRound.has(address) }],
    ]),
    claimable: new Map(
      senders.map((sender) => [claimableKey(sender, address), broker.claimableReserve(sender, address)]),
    ),
  }
  const gas = { executionWei: gasPriceWei, dataGasPerTicket: 0n }
  return { receiver, plan: planRedemption({ tickets: winners, chain, gas, options: defaultPlanOptions }) }
}

/** Takes a plan to the contract, which may have changed since it was made. */
export function land({ receiver, plan }: Planned, broker: TicketBroker): Landing[] {
  const byHash = new Map<Hex, Winner>(receiver.winners.map((winner) => [winner.hash, winner]))
  return plan.batches.map((batch) => {
    const tickets = batch.tickets.flatMap(({ hash }) => byHash.get(hash) ?? [])
    return {
      round: broker.round,
      receiver,
      tickets,
      outcomes: tickets.map((ticket) => broker.redeem(ticket)),
      gasCostWei: batch.gasCostWei,
    }
  })
}
