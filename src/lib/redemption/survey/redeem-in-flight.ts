import type { Address, Hex } from 'viem'

import type { TicketStore } from '../../store/ticket-store.ts'
import { claimableKey } from '../plan/claimable-key.ts'
import type { PlanChain } from '../plan/types.ts'

/** Whose funds a ticket in somebody else's transaction will take. */
export interface TicketInFlight {
  readonly sender: Address
  readonly faceValue: bigint
}

/**
 * The tickets of all open transactions but those given: of other redeemers, whose end the chain may not show yet. Mined
 * ones count too, as the node that we ask may lag.
 */
export async function ticketsInFlight(
  store: TicketStore,
  own: ReadonlySet<Hex> = new Set(),
): Promise<TicketInFlight[]> {
  const tickets: TicketInFlight[] = []
  for await (const { hash, ticket } of store.list({ states: ['submitted', 'redeemed'] })) {
    if (!own.has(hash)) tickets.push({ sender: ticket.sender, faceValue: ticket.faceValue })
  }
  return tickets
}

/**
 * The chain without the funds that tickets in flight need. Whichever transaction is mined first, neither side may find
 * its tickets paid short: so of a sender with tickets in flight we use only what his deposit holds beyond them, and
 * nothing of his reserve, which theirs would need if ours took their share of the deposit.
 */
export function withoutFundsInFlight<Chain extends PlanChain>(
  chain: Chain,
  inFlight: readonly TicketInFlight[],
): Chain {
  const needed = new Map<string, bigint>()
  for (const { sender, faceValue } of inFlight) {
    const key = sender.toLowerCase()
    needed.set(key, (needed.get(key) ?? 0n) + faceValue)
  }
  const senders = new Map(chain.senders)
  const claimable = new Map(chain.claimable)
  for (const [sender, wei] of needed) {
    const funds = senders.get(sender)
    if (funds === undefined) continue
    const { depositWei } = funds
    senders.set(sender, { ...funds, depositWei: depositWei > wei ? depositWei - wei : 0n })
    for (const recipient of chain.recipients.keys()) {
      claimable.set(claimableKey(sender as Address, recipient as Address), 0n)
    }
  }
  return { ...chain, senders, claimable }
}
