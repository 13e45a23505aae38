import type { Address, Hex } from 'viem'

/** A lottery ticket, under the contract's names. Amounts are wei. */
export interface Ticket {
  readonly recipient: Address
  readonly sender: Address
  /** wei */
  readonly faceValue: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  readonly senderNonce: bigint
  readonly recipientRandHash: Hex
  readonly creationRound: bigint
  readonly creationRoundBlockHash: Hex
}

/** A ticket with all that its redemption takes. */
export interface SignedTicket extends Ticket {
  /** r ‖ s ‖ v, 65 bytes */
  readonly sig: Hex
  readonly recipientRand: bigint
}
