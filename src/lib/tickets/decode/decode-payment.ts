import { fromBinary } from '@bufbuild/protobuf'
import { zeroHash } from 'viem'
import type { Address, Hex } from 'viem'

import { UsageError } from '../../errors.ts'
import { readAddress, readHex, readUint256 } from '../../wire/bytes.ts'
import { PaymentSchema } from '../../wire/messages.ts'
import type {
  Payment as PaymentMessage,
  PriceInfo,
  TicketExpirationParams,
  TicketParams,
} from '../../wire/messages.ts'
import type { Payment, PaymentParams, PaymentTicket } from './payment.ts'

/** Far more than a hundred tickets, the most that a gateway sends at once, take. */
const longestHeader = 64 * 1024

/**
 * Reads the header Livepeer-Payment: net.Payment of go-livepeer's lp_rpc.proto in base64. Signatures are not checked.
 *
 * @throws {UsageError} PAYMENT_INVALID, which says what is wrong
 */
export function decodePayment(base64: string): Payment {
  const text = base64.trim()
  if (text.length > longestHeader) throw invalid('it is longer than 64 KiB')
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw invalid('it is not base64')
  }
  return readPayment(parse(Buffer.from(text, 'base64')))
}

function parse(bytes: Uint8Array): PaymentMessage {
  try {
    return fromBinary(PaymentSchema, bytes)
  } catch (cause) {
    throw invalid('it is damaged', cause)
  }
}

function readPayment(payment: PaymentMessage): Payment {
  const sender = readAddress(payment.sender, 'sender', invalid)
  const params = payment.ticketParams && readParams(payment.ticketParams)
  return {
    sender,
    ...(params && { params }),
    tickets: readTickets(payment, sender, params),
    ...(payment.expectedPrice && { expectedPrice: readPrice(payment.expectedPrice) }),
  }
}

function readParams(params: TicketParams): PaymentParams {
  const uint256 = (bytes: Uint8Array, name: string) => readUint256(bytes, `ticket_params.${name}`, invalid)
  return {
    recipient: readAddress(params.recipient, 'ticket_params.recipient', invalid),
    faceValue: uint256(params.faceValue, 'face_value'),
    winProb: uint256(params.winProb, 'win_prob'),
    recipientRandHash: readHex(params.recipientRandHash, 32, 'ticket_params.recipient_rand_hash', invalid),
    seed: uint256(params.seed, 'seed'),
    expirationBlock: uint256(params.expirationBlock, 'expiration_block'),
  }
}

function readTickets(
  { ticketSenderParams, expirationParams }: PaymentMessage,
  sender: Address,
  params: PaymentParams | undefined,
): PaymentTicket[] {
  if (ticketSenderParams.length === 0) return []
  if (params === undefined) throw invalid('it has tickets, but no ticket_params')
  const { recipient, faceValue, winProb, recipientRandHash } = params
  const creation = readCreation(expirationParams)
  return ticketSenderParams.map(({ senderNonce, sig }, index) => {
    const name = `ticket_sender_params[${String(index)}]`
    return {
      recipient,
      sender,
      faceValue,
      winProb,
      senderNonce: inRange(senderNonce, 32, `${name}.sender_nonce`),
      recipientRandHash,
      ...creation,
      sig: readHex(sig, 65, `${name}.sig`, invalid),
    }
  })
}

/** Absent from a payment without a chain. */
function readCreation(expiration: TicketExpirationParams | undefined): {
  creationRound: bigint
  creationRoundBlockHash: Hex
} {
  if (expiration === undefined) return { creationRound: 0n, creationRoundBlockHash: zeroHash }
  const { creationRound, creationRoundBlockHash } = expiration
  const name = 'expiration_params.creation_round'
  return {
    creationRound: inRange(creationRound, 63, name),
    creationRoundBlockHash: readHex(creationRoundBlockHash, 32, `${name}_block_hash`, invalid),
  }
}

function readPrice({ pricePerUnit, pixelsPerUnit }: PriceInfo): NonNullable<Payment['expectedPrice']> {
  return {
    pricePerUnit: inRange(pricePerUnit, 63, 'expected_price.pricePerUnit'),
    pixelsPerUnit: inRange(pixelsPerUnit, 63, 'expected_price.pixelsPerUnit'),
  }
}

function inRange(value: bigint, bits: 32 | 63, name: string): bigint {
  if (value >> BigInt(bits) !== 0n) throw invalid(`${name} is out of range`)
  return value
}

function invalid(why: string, cause?: unknown): UsageError {
  return new UsageError('PAYMENT_INVALID', `this is no payment: ${why}`, { cause })
}
