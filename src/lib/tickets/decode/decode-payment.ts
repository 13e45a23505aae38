import { getAddress, toHex, zeroHash } from 'viem'
import type { Address, Hex } from 'viem'

import { UsageError } from '../../errors.ts'
import type { Payment, PaymentParams, PaymentTicket } from './payment.ts'
import { WireMessage } from './wire-message.ts'

/** Far more than a hundred tickets, the most that a gateway sends at once, take. */
const longestHeader = 64 * 1024

/**
 * Reads the header Livepeer-Payment: net.Payment of go-livepeer's lp_rpc.proto in base64. Signatures are not checked.
 *
 * @throws {UsageError} PAYMENT_INVALID, which says what is wrong and at which byte
 */
export function decodePayment(base64: string): Payment {
  const text = base64.trim()
  if (text.length > longestHeader) {
    throw new UsageError('PAYMENT_INVALID', 'this is no payment: it is longer than 64 KiB')
  }
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new UsageError('PAYMENT_INVALID', 'this is no payment: it is not base64')
  }
  return readPayment(new WireMessage(Buffer.from(text, 'base64'), 'payment'))
}

function readPayment(payment: WireMessage): Payment {
  const sender = readAddress(payment.bytes(2, 'sender', 20))
  const ticketParams = payment.message(1, 'ticket_params')
  const params = ticketParams === undefined ? undefined : readParams(ticketParams)
  const price = payment.message(5, 'expected_price')
  const tickets = readTickets(payment, sender, params)
  return {
    sender,
    ...(params === undefined ? {} : { params }),
    tickets,
    ...(price === undefined ? {} : { expectedPrice: readPrice(price) }),
  }
}

function readParams(params: WireMessage): PaymentParams {
  return {
    recipient: readAddress(params.bytes(1, 'recipient', 20)),
    faceValue: params.bigEndian(2, 'face_value'),
    winProb: params.bigEndian(3, 'win_prob'),
    recipientRandHash: toHex(params.bytes(4, 'recipient_rand_hash', 32)),
    seed: params.bigEndian(5, 'seed'),
    expirationBlock: params.bigEndian(6, 'expiration_block'),
  }
}

function readTickets(
  payment: WireMessage,
  sender: Address,
  params: PaymentParams | undefined,
): PaymentTicket[] {
  const messages = payment.messages(4, 'ticket_sender_params')
  if (messages.length === 0) return []
  if (params === undefined) {
    throw new UsageError('PAYMENT_INVALID', 'this is no payment: it has tickets, but no ticket_params')
  }
  const { recipient, faceValue, winProb, recipientRandHash } = params
  const creation = readCreation(payment.message(3, 'expiration_params'))
  return messages.map((message) => ({
    recipient,
    sender,
    faceValue,
    winProb,
    senderNonce: message.unsigned(1, 'sender_nonce', 32),
    recipientRandHash,
    ...creation,
    sig: toHex(message.bytes(2, 'sig', 65)),
  }))
}

/** Absent from a payment without a chain. */
function readCreation(expiration: WireMessage | undefined): {
  creationRound: bigint
  creationRoundBlockHash: Hex
} {
  if (expiration === undefined) return { creationRound: 0n, creationRoundBlockHash: zeroHash }
  return {
    creationRound: expiration.unsigned(1, 'creation_round', 63),
    creationRoundBlockHash: toHex(expiration.bytes(2, 'creation_round_block_hash', 32)),
  }
}

function readPrice(price: WireMessage): NonNullable<Payment['expectedPrice']> {
  return {
    pricePerUnit: price.unsigned(1, 'pricePerUnit', 63),
    pixelsPerUnit: price.unsigned(2, 'pixelsPerUnit', 63),
  }
}

function readAddress(bytes: Uint8Array): Address {
  return getAddress(toHex(bytes))
}
