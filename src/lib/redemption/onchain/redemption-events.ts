import { decodeEventLog } from 'viem'
import type { Address, Hex } from 'viem'

import { redemptionEventsAbi } from '../../contracts/abi/ticket-broker-events.ts'
import { readAuxData } from '../../pm/aux-data.ts'
import { recipientRandHash } from '../../pm/recipient-rand.ts'
import { ticketHash } from '../../pm/ticket-hash.ts'
import type { Log } from '../../tx/receipt.ts'

/** A ticket that a transaction has used up. */
export interface Redemption {
  /** The ticket hash. */
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** What the recipient was credited; less than the face value, even nothing, when the sender's funds ran dry. */
  readonly paidWei: bigint
}

/**
 * The redemptions that a transaction's logs tell of, in their order. The ticket hash is not in the events: it is taken
 * of what WinningTicketRedeemed says of the ticket. The amount is that of the WinningTicketTransfer before it.
 */
export function decodeRedemptions(broker: Address, logs: readonly Log[]): readonly Redemption[] {
  const redemptions: Redemption[] = []
  let transferred:
    { readonly sender: Address; readonly recipient: Address; readonly amount: bigint } | undefined
  for (const log of logs) {
    if (log.address.toLowerCase() !== broker.toLowerCase()) continue
    const event = decodeRedemptionEvent(log)
    if (event?.eventName === 'WinningTicketTransfer') transferred = event.args
    if (event?.eventName !== 'WinningTicketRedeemed') continue
    const { args } = event
    const { sender, recipient, faceValue } = args
    const creation = readAuxData(args.auxData)
    if (creation !== undefined) {
      const itsOwn = transferred?.sender === sender && transferred.recipient === recipient
      redemptions.push({
        hash: ticketHash({ ...args, ...creation, recipientRandHash: recipientRandHash(args.recipientRand) }),
        sender,
        recipient,
        faceValueWei: faceValue,
        paidWei: itsOwn ? (transferred?.amount ?? 0n) : 0n,
      })
    }
    transferred = undefined
  }
  return redemptions
}

/** Undefined for an event of another kind, or none of ours. */
function decodeRedemptionEvent({ topics, data }: Log) {
  try {
    return decodeEventLog({ abi: redemptionEventsAbi, topics: topics as [Hex, ...Hex[]], data })
  } catch {
    return undefined
  }
}
