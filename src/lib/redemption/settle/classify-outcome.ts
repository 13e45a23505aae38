import { quantity } from '../../chain/quantity.ts'
import type { Outcome, StoredTicket } from '../../store/ticket-store.ts'
import { openJournal } from '../../tx/journal.ts'
import { formatWei } from '../../units/wei.ts'
import type { RedeemContext } from '../redeem-context.ts'
import { findRedemption } from '../onchain/find-redemption.ts'
import type { FoundRedemption } from '../onchain/find-redemption.ts'
import { simulateTickets } from '../probe/simulate.ts'
import type { TicketSimulation } from '../probe/simulate.ts'

/** What becomes of a ticket that no transaction of this run has redeemed. There is always a reason. */
export type Judgement = Outcome & { readonly reason: string }

export type ClassifyContext = Pick<RedeemContext, 'connection' | 'confirmations' | 'dataFolder'> & {
  readonly payer?: Pick<RedeemContext['payer'], 'address'>
}

/**
 * Says of each ticket that a mined transaction has not redeemed why not, by simulating it.
 *
 * @param otherwise the reason of those that would be redeemed now
 */
export async function classifyUnpaid(
  context: ClassifyContext & Pick<RedeemContext, 'payer'>,
  tickets: readonly StoredTicket[],
  otherwise: string,
): Promise<Judgement[]> {
  if (tickets.length === 0) return []
  const { connection, payer } = context
  const simulations = await simulateTickets(
    connection,
    payer.address,
    tickets.map(({ ticket }) => ticket),
  )
  return Promise.all(
    tickets.map(async (ticket, at) => {
      const simulation = simulations[at]
      if (simulation === undefined || simulation.ok) {
        return { hash: ticket.hash, state: 'pending' as const, reason: otherwise }
      }
      return outcomeOfFailure(context, ticket, simulation)
    }),
  )
}

/**
 * What becomes of a ticket whose simulation fails. Whether it has expired is said by the round that is read with all
 * else, not by a node that may lag behind it.
 */
export async function outcomeOfFailure(
  context: ClassifyContext,
  ticket: StoredTicket,
  { reason = 'no reason given', terminal }: TicketSimulation,
): Promise<Judgement> {
  const { hash } = ticket
  if (terminal === 'usedElsewhere') return outcomeOfUsed(context, ticket)
  if (terminal === 'invalid') return { hash, state: 'invalid', reason }
  return { hash, state: 'pending', reason: `the contract says: ${reason}` }
}

/**
 * What becomes of a ticket that is used on chain while no open transaction of the store has it. The event says by which
 * transaction, and for how much. It stays until that is N blocks deep, as a reorganisation may take it back. One of our
 * own makes it final: the store was restored from an older copy.
 */
export async function outcomeOfUsed(
  context: ClassifyContext,
  { hash, ticket }: StoredTicket,
): Promise<Judgement> {
  const { connection, confirmations } = context
  const [found, head] = await Promise.all([
    findRedemption(connection, ticket),
    connection.rpc.request('eth_blockNumber'),
  ])
  if (found === undefined) {
    return {
      hash,
      state: 'pending',
      reason: 'it is used on chain, by a transaction that the RPC does not show',
    }
  }
  const { transactionHash, blockNumber, paidWei } = found
  const reason = `${transactionHash} redeemed it for ${formatWei(paidWei)} ETH`
  if (quantity(head) - blockNumber + 1n < BigInt(confirmations)) {
    return { hash, state: 'pending', reason: `${reason}, which is not final yet` }
  }
  const state = (await isOurs(context, found)) ? 'final' : 'usedElsewhere'
  return { hash, state, reason, paidWei, transactionHash }
}

/** Whether our account has sent a transaction, or this machine's journal has it. */
async function isOurs(
  { dataFolder, payer }: ClassifyContext,
  { from, transactionHash }: FoundRedemption,
): Promise<boolean> {
  if (from.toLowerCase() === payer?.address.toLowerCase()) return true
  const journal = await openJournal(dataFolder).all()
  return journal.some(({ attempts }) => attempts.some(({ hash }) => hash === transactionHash))
}
