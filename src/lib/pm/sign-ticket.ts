import type { Hex } from 'viem'

import { ConfigurationError } from '../errors.ts'
import { signatureFault, signatureFaults } from './signature.ts'
import { ticketHash } from './ticket-hash.ts'
import type { Ticket } from './ticket.ts'

/** What can sign as the sender of tickets; a `Signer` of lp-pay's accounts is one. */
export interface MessageSigner {
  /** EIP-191 personal_sign over raw bytes: r ‖ s ‖ v, low s, v 27 or 28. */
  signMessage(raw: Hex): Promise<Hex>
}

/**
 * Signs a ticket. It is valid if the signer's address is the ticket's sender, which is not checked here.
 *
 * @returns the signature, 65 bytes
 * @throws {UsageError} TICKET_FIELD_INVALID
 * @throws {ConfigurationError} SIGNATURE_UNUSABLE, when the signer gives what the contract would refuse
 */
export async function signTicket(ticket: Ticket, signer: MessageSigner): Promise<Hex> {
  const sig = await signer.signMessage(ticketHash(ticket))
  const fault = signatureFault(sig)
  if (fault === undefined) return sig
  throw new ConfigurationError(
    'SIGNATURE_UNUSABLE',
    `the signer gave no signature for tickets: ${signatureFaults[fault]}`,
    {
      nextSteps: ['use a signer that gives 65 bytes with v 27 or 28 and low s'],
    },
  )
}
