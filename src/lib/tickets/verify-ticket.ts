import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem'

import { auxData } from '../pm/aux-data.ts'
import { check } from '../pm/check.ts'
import type { PmCheck } from '../pm/check.ts'
import { floorRational } from '../pm/rational.ts'
import { receiveChecks } from '../pm/receive-ticket.ts'
import type { ReceiveCheckName, ReceiveContext } from '../pm/receive-ticket.ts'
import { recoverSender } from '../pm/recover-sender.ts'
import { ticketEv } from '../pm/ticket-ev.ts'
import { ticketHash } from '../pm/ticket-hash.ts'
import type { SignedTicket } from '../pm/ticket.ts'
import { winDraw } from '../pm/win.ts'

/** A ticket's checks, with all that it takes to repeat them by hand. */
export interface TicketVerification {
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** Rounded down. */
  readonly evWei: bigint
  /** Whose signature it is; null when it is nobody's. */
  readonly signer: Address | null
  /** keccak256(sig ‖ recipientRand): as a number it has to be below winProb. */
  readonly draw: Hex
  /** of 2^256 - 1 */
  readonly winProb: bigint
  readonly checks: readonly PmCheck<ReceiveCheckName | 'auxData'>[]
  /** Whether no check has failed: it is valid and wins. */
  readonly passed: boolean
}

/**
 * Makes an orchestrator's checks of a ticket, in its order, and last what the contract wants of a winner beside them.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function verifyTicket(ticket: SignedTicket, known: ReceiveContext = {}): TicketVerification {
  const hash = ticketHash(ticket)
  const { sender, recipient, faceValue, sig } = ticket
  const checks = [
    ...receiveChecks(ticket, known),
    check('auxData', auxData(ticket) !== '0x', {
      passed: 'it names the round of its creation and its block hash',
      failed: 'invalid length for ticket auxData: must be 64 bytes',
    }),
  ]
  return {
    hash,
    sender,
    recipient,
    faceValueWei: faceValue,
    evWei: floorRational(ticketEv(ticket)),
    signer: recoverSender(hash, sig) ?? null,
    draw: numberToHex(winDraw(ticket), { size: 32 }),
    winProb: ticket.winProb,
    checks,
    passed: checks.every(({ outcome }) => outcome !== 'failed'),
  }
}
