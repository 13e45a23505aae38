import type { Address, Hex } from 'viem'

import { UsageError } from '../../errors.ts'
import { parseStrictJson } from '../../files/parse-strict-json.ts'
import { floorRational } from '../../pm/rational.ts'
import { recoverSender } from '../../pm/recover-sender.ts'
import { ticketEv } from '../../pm/ticket-ev.ts'
import { ticketHash } from '../../pm/ticket-hash.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import { isWinner } from '../../pm/win.ts'
import { parseTicket } from '../parse-ticket.ts'
import { decodePayment } from './decode-payment.ts'
import { decodeRedemptionCalldata } from './decode-redemption-calldata.ts'
import type { RedemptionCall } from './decode-redemption-calldata.ts'
import type { Payment, PaymentTicket } from './payment.ts'

/** A ticket with what follows from it. */
export interface DecodedTicket {
  readonly hash: Hex
  readonly sender: Address
  /** Whose signature it is; null when it is nobody's. */
  readonly signer: Address | null
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  /** Rounded down. */
  readonly evWei: bigint
  readonly senderNonce: bigint
  readonly creationRound: bigint
  readonly creationRoundBlockHash: Hex
  readonly recipientRandHash: Hex
  readonly sig: Hex
  /** Null in a payment: only its recipient knows it. */
  readonly recipientRand: bigint | null
  /** Null when recipientRand is not known. */
  readonly wins: boolean | null
}

export interface DecodeReport {
  readonly kind: 'tickets' | 'payment' | 'redemption'
  /** The function that a redemption calls. */
  readonly functionName: RedemptionCall['functionName'] | null
  /** What a payment says beside its tickets. */
  readonly payment: PaymentReport | null
  readonly tickets: readonly DecodedTicket[]
}

export interface PaymentReport {
  readonly sender: Address
  readonly seed: bigint | null
  /** The L1 block from which on the recipient refuses its parameters. */
  readonly expirationBlock: bigint | null
  /** What the gateway takes for the price, in wei for so many pixels. */
  readonly expectedPrice: { readonly pricePerUnit: bigint; readonly pixelsPerUnit: bigint } | null
}

/**
 * Reads what a text holds: tickets in JSON, the header Livepeer-Payment with or without its name, or the calldata of a
 * redemption. Nothing is refused for a wrong signature; it is shown.
 *
 * @throws {UsageError} TICKETS_FORMAT_UNKNOWN, TICKET_INVALID, TICKET_FIELD_INVALID, PAYMENT_INVALID, CALLDATA_INVALID
 */
export function decodeText(text: string): DecodeReport {
  const given = text.trim().replace(/^livepeer-payment:\s*/i, '')
  if (/^[[{]/.test(given)) return decodeJson(given)
  if (/^0x/i.test(given)) {
    const { functionName, tickets } = decodeRedemptionCalldata(`0x${given.slice(2)}`)
    return { kind: 'redemption', functionName, payment: null, tickets: tickets.map(decodeTicket) }
  }
  if (!/^[A-Za-z0-9+/]+=*$/.test(given)) {
    throw new UsageError(
      'TICKETS_FORMAT_UNKNOWN',
      'this is no ticket, no payment, no redemption and no file',
      {
        nextSteps: ['give a ticket in JSON, a Livepeer-Payment header in base64, or calldata as 0x hex'],
      },
    )
  }
  const payment = decodePayment(given)
  const tickets = payment.tickets.map(decodeTicket)
  return { kind: 'payment', functionName: null, payment: reportPayment(payment), tickets }
}

function decodeJson(text: string): DecodeReport {
  const refuse = (why: string) => new UsageError('TICKET_INVALID', `this is no ticket: ${why}`)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isNdjson = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  const value = isNdjson ? lines.map((line) => parseStrictJson(line, refuse)) : parseStrictJson(text, refuse)
  const tickets = (Array.isArray(value) ? value : [value]).map((one) => decodeTicket(parseTicket(one)))
  return { kind: 'tickets', functionName: null, payment: null, tickets }
}

function decodeTicket(ticket: PaymentTicket | SignedTicket): DecodedTicket {
  const hash = ticketHash(ticket)
  const { faceValue, ...fields } = ticket
  return {
    hash,
    sender: fields.sender,
    signer: recoverSender(hash, fields.sig) ?? null,
    recipient: fields.recipient,
    faceValueWei: faceValue,
    winProb: fields.winProb,
    evWei: floorRational(ticketEv(ticket)),
    senderNonce: fields.senderNonce,
    creationRound: fields.creationRound,
    creationRoundBlockHash: fields.creationRoundBlockHash,
    recipientRandHash: fields.recipientRandHash,
    sig: fields.sig,
    recipientRand: 'recipientRand' in ticket ? ticket.recipientRand : null,
    wins: 'recipientRand' in ticket ? isWinner(ticket) : null,
  }
}

function reportPayment({ sender, params, expectedPrice }: Payment): PaymentReport {
  return {
    sender,
    seed: params?.seed ?? null,
    expirationBlock: params?.expirationBlock ?? null,
    expectedPrice: expectedPrice ?? null,
  }
}
