import type { Address, Hex } from 'viem'

import type { Ticket } from '../../pm/ticket.ts'

/** A ticket as its sender sends it: whether it wins is known to its recipient only, who has the recipientRand. */
export interface PaymentTicket extends Ticket {
  readonly sig: Hex
}

/** What a recipient has offered, and the tickets of a payment have in common. */
export interface PaymentParams {
  readonly recipient: Address
  /** wei */
  readonly faceValue: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  readonly recipientRandHash: Hex
  readonly seed: bigint
  /** The last L1 block in which the recipient takes them. */
  readonly expirationBlock: bigint
}

/** What a gateway sends in the header Livepeer-Payment. */
export interface Payment {
  readonly sender: Address
  /** Absent when there are no tickets. */
  readonly params?: PaymentParams
  readonly tickets: readonly PaymentTicket[]
  /** What the gateway takes for the price, in wei for so many pixels. */
  readonly expectedPrice?: { readonly pricePerUnit: bigint; readonly pixelsPerUnit: bigint }
}
