import type { Address, Hex } from 'viem'

import type { Outcome, StoredTicket, TicketStore } from '../../store/ticket-store.ts'
import type { FollowOptions } from '../../tx/follow-entry.ts'
import type { Receipt } from '../../tx/receipt.ts'
import { formatWei } from '../../units/wei.ts'
import { classifyUnpaid } from './classify-outcome.ts'
import { findLpPayError } from '../../errors.ts'
import type { RedeemContext } from '../redeem-context.ts'
import type { RedeemEvent } from '../redeem-events.ts'
import type { SubmittedBatch } from '../redeem-result.ts'
import { decodeRedemptions } from '../onchain/redemption-events.ts'
import { describeBatch } from '../report-redemption.ts'

/** A submission with its tickets in full, in the order in which the contract goes through them. */
export interface OpenSubmission {
  readonly id: string
  readonly tickets: readonly StoredTicket[]
}

export async function ticketsOf(store: TicketStore, hashes: readonly Hex[]): Promise<StoredTicket[]> {
  const tickets = await Promise.all(hashes.map((hash) => store.get(hash)))
  return tickets.filter((ticket) => ticket !== undefined)
}

/**
 * Keeps the store informed while a transaction is followed: what the events of its block say is redeemed, and not yet
 * final; a reorganisation takes that back. That is news and no verdict, so a store that fails here ends nothing.
 */
export function tellStore(
  { connection, store, onEvent }: RedeemContext,
  { id }: OpenSubmission,
): Required<Pick<FollowOptions, 'onMined' | 'onTakenBack'>> {
  const tell = async (news: Promise<void>, event: RedeemEvent) => {
    onEvent?.(event)
    await news.catch((error: unknown) => {
      const { code, message } = findLpPayError(error) ?? { code: 'STORE_FAILED', message: String(error) }
      onEvent?.({ event: 'trouble', code, message })
    })
  }
  return {
    async onMined(receipt) {
      const { hash: transactionHash, blockNumber, succeeded } = receipt
      if (!succeeded) return
      const redeemed = redeemedBy(connection.contracts.TicketBroker, receipt, 'redeemed')
      await tell(store.recordMined(id, redeemed), { event: 'mined', transactionHash, blockNumber })
    },
    onTakenBack: () => tell(store.takeBack(id), { event: 'takenBack', submission: id }),
  }
}

/**
 * Ends the submission of a transaction whose receipt is N blocks deep. What the events say was redeemed is final; every
 * other ticket is simulated, and ends or stays for the reason that the contract gives.
 */
export async function closeMined(
  context: RedeemContext,
  submission: OpenSubmission,
  receipt: Receipt,
  byEarlierRun: boolean,
): Promise<SubmittedBatch> {
  const { connection, store, onEvent } = context
  const { id, tickets } = submission
  const redeemed = redeemedBy(connection.contracts.TicketBroker, receipt, 'final')
  const paid = new Set(redeemed.map(({ hash }) => hash))
  const unpaid = tickets.filter(({ hash }) => !paid.has(hash))
  const why = receipt.succeeded ? 'did not redeem it' : 'reverted'
  const outcomes = [
    ...redeemed,
    ...(await classifyUnpaid(context, unpaid, `${receipt.hash} ${why}, though it would be redeemed now`)),
  ]
  await store.closeSubmission(id, outcomes, receipt.gasUsed * receipt.effectiveGasPrice)
  const batch = describeBatch(receipt, tickets, outcomes, byEarlierRun)
  onEvent?.({ event: 'settled', batch })
  return batch
}

function redeemedBy(broker: Address, receipt: Receipt, state: 'redeemed' | 'final'): Outcome[] {
  if (!receipt.succeeded) return []
  return decodeRedemptions(broker, receipt.logs).map(({ hash, faceValueWei, paidWei }) => ({
    hash,
    state,
    paidWei,
    transactionHash: receipt.hash,
    ...(paidWei < faceValueWei && { reason: `paid short by ${formatWei(faceValueWei - paidWei)} ETH` }),
  }))
}
