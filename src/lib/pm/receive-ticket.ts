import { zeroAddress } from 'viem'
import type { Address } from 'viem'

import { check } from './check.ts'
import type { PmCheck } from './check.ts'
import { recipientRandHash } from './recipient-rand.ts'
import { recoverSender } from './recover-sender.ts'
import { signatureFault, signatureFaults } from './signature.ts'
import { ticketHash } from './ticket-hash.ts'
import type { SignedTicket } from './ticket.ts'
import { unlocksSoon } from './unlocks-soon.ts'
import { isWinner } from './win.ts'

/** How many different nonces an orchestrator accepts for one recipientRand. */
export const maxSenderNonces = 600

/** What is known beside the ticket. What is absent leaves its check undone. */
export interface ReceiveContext {
  /** The orchestrator that received it. */
  readonly recipient?: Address
  readonly senderUnlock?: { readonly withdrawRound: bigint; readonly lastInitializedRound: bigint }
  /** The nonces that came with this recipientRand before. */
  readonly seenNonces?: ReadonlySet<bigint>
  /** L1 blocks: from which on the ticket's parameters are refused, and the last one seen. */
  readonly params?: { readonly expirationBlock: bigint; readonly lastL1Block: bigint }
}

export type ReceiveCheckName =
  'senderUnlock' | 'recipient' | 'sender' | 'recipientRand' | 'signature' | 'win' | 'nonce' | 'paramsExpiry'

export type ReceiveCheck = PmCheck<ReceiveCheckName>

/**
 * An orchestrator's checks of a received ticket, in its order and with its reasons (go-livepeer's
 * `recipient.ReceiveTicket`). All are made, whatever an earlier one found. A failed win is no refusal: such a ticket pays
 * by its expected value, and there is nothing to redeem; see `receiveRefusal`. The creation round is not looked at.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function receiveChecks(ticket: SignedTicket, known: ReceiveContext = {}): ReceiveCheck[] {
  return [
    checkUnlock(ticket, known.senderUnlock),
    checkRecipient(ticket, known.recipient),
    check('sender', !sameHex(ticket.sender, zeroAddress), {
      passed: 'the sender is not the zero address',
      failed: 'invalid ticket sender',
    }),
    check('recipientRand', sameHex(recipientRandHash(ticket.recipientRand), ticket.recipientRandHash), {
      passed: 'recipientRandHash is the hash of recipientRand',
      failed: 'invalid recipientRand for ticket recipientRandHash',
    }),
    checkSignature(ticket),
    check('win', isWinner(ticket), {
      passed: 'the hash of signature and recipientRand is below winProb',
      failed: 'ticket did not win',
    }),
    checkNonce(ticket, known.seenNonces),
    checkExpiry(known.params),
  ]
}

/** Why an orchestrator refuses a ticket: the first failed check that is not the win; undefined when it takes it. */
export function receiveRefusal(checks: readonly ReceiveCheck[]): ReceiveCheck | undefined {
  return checks.find(({ name, outcome }) => outcome === 'failed' && name !== 'win')
}

function checkUnlock({ sender }: SignedTicket, unlock: ReceiveContext['senderUnlock']): ReceiveCheck {
  if (unlock === undefined) return notChecked('senderUnlock', "the sender's withdraw round is not known")
  return check('senderUnlock', !unlocksSoon(unlock.withdrawRound, unlock.lastInitializedRound), {
    passed: 'the sender is not about to withdraw',
    failed: `deposit and reserve for sender ${sender} is set to unlock soon`,
  })
}

function checkRecipient(ticket: SignedTicket, recipient: Address | undefined): ReceiveCheck {
  if (recipient === undefined) return notChecked('recipient', 'whose ticket it should be is not known')
  return check('recipient', sameHex(ticket.recipient, recipient), {
    passed: `the recipient is ${recipient}`,
    failed: 'invalid ticket recipient',
  })
}

function checkSignature(ticket: SignedTicket): ReceiveCheck {
  const fault = signatureFault(ticket.sig)
  const signer = recoverSender(ticketHash(ticket), ticket.sig)
  const what =
    fault !== undefined
      ? signatureFaults[fault]
      : signer === undefined
        ? 'it is of no key'
        : `it is of ${signer} or over another ticket`
  return check('signature', signer !== undefined && sameHex(signer, ticket.sender), {
    passed: 'the sender signed the ticket',
    failed: `invalid ticket signature: ${what}`,
  })
}

function checkNonce(
  { sender, senderNonce }: SignedTicket,
  seen: ReadonlySet<bigint> | undefined,
): ReceiveCheck {
  if (seen === undefined) return notChecked('nonce', 'the nonces that came before are not known')
  const tooMany = seen.size >= maxSenderNonces
  const what = seen.has(senderNonce) ? 'already seen' : 'too many values'
  return check('nonce', !seen.has(senderNonce) && !tooMany, {
    passed: 'the nonce is new',
    failed: `invalid ticket senderNonce: ${what} sender=${sender} nonce=${senderNonce}`,
  })
}

function checkExpiry(params: ReceiveContext['params']): ReceiveCheck {
  if (params === undefined)
    return notChecked('paramsExpiry', 'the expiration block of its parameters is not known')
  return check('paramsExpiry', params.expirationBlock > params.lastL1Block, {
    passed: `its parameters hold until L1 block ${params.expirationBlock}`,
    failed: 'TicketParams expired',
  })
}

function notChecked(name: ReceiveCheckName, reason: string): ReceiveCheck {
  return { name, outcome: 'notChecked', reason }
}

function sameHex(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
