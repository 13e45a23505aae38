import { encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'

import { ticketBrokerAbi } from '../../contracts/abi/ticket-broker.ts'
import { auxData } from '../../pm/aux-data.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import type { Call } from '../../tx/operation.ts'

/** A ticket as the TicketBroker takes it. */
export interface ContractTicket {
  readonly recipient: Address
  readonly sender: Address
  readonly faceValue: bigint
  readonly winProb: bigint
  readonly senderNonce: bigint
  readonly recipientRandHash: Hex
  readonly auxData: Hex
}

/**
 * The call that redeems tickets: `redeemWinningTicket` for one, which is cheaper and reverts when the ticket does;
 * `batchRedeemWinningTickets` for more, which swallows the failure of a ticket.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function encodeRedemption(broker: Address, tickets: readonly SignedTicket[]): Call {
  const [only, ...others] = tickets
  const data =
    only !== undefined && others.length === 0
      ? encodeFunctionData({
          abi: ticketBrokerAbi,
          functionName: 'redeemWinningTicket',
          args: [toContractTicket(only), only.sig, only.recipientRand],
        })
      : encodeFunctionData({
          abi: ticketBrokerAbi,
          functionName: 'batchRedeemWinningTickets',
          args: [
            tickets.map(toContractTicket),
            tickets.map(({ sig }) => sig),
            tickets.map(({ recipientRand }) => recipientRand),
          ],
        })
  return { to: broker, data, value: 0n }
}

/** @throws {UsageError} TICKET_FIELD_INVALID */
export function toContractTicket(ticket: SignedTicket): ContractTicket {
  const { recipient, sender, faceValue, winProb, senderNonce, recipientRandHash } = ticket
  return {
    // Of an address in lower case viem checks no checksum, which costs a hash.
    recipient: recipient.toLowerCase() as Address,
    sender: sender.toLowerCase() as Address,
    faceValue,
    winProb,
    senderNonce,
    recipientRandHash,
    auxData: auxData(ticket),
  }
}
