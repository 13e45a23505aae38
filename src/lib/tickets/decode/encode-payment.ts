import { create, toBinary } from '@bufbuild/protobuf'

import { hexBytes, minimalBytes } from '../../wire/bytes.ts'
import { PaymentSchema } from '../../wire/messages.ts'
import type { Payment } from './payment.ts'

/**
 * Writes the header Livepeer-Payment as go-livepeer does: net.Payment in base64, integers as big-endian bytes without
 * leading zeros, nothing for zero. All tickets have the creation round of the first, and differ in nonce and signature.
 */
export function encodePayment({ sender, params, tickets, expectedPrice }: Payment): string {
  const [first] = tickets
  const payment = create(PaymentSchema, {
    sender: hexBytes(sender),
    ...(params && {
      ticketParams: {
        recipient: hexBytes(params.recipient),
        faceValue: minimalBytes(params.faceValue),
        winProb: minimalBytes(params.winProb),
        recipientRandHash: hexBytes(params.recipientRandHash),
        seed: minimalBytes(params.seed),
        expirationBlock: minimalBytes(params.expirationBlock),
      },
    }),
    ...(first && {
      expirationParams: {
        creationRound: first.creationRound,
        creationRoundBlockHash: hexBytes(first.creationRoundBlockHash),
      },
    }),
    ticketSenderParams: tickets.map(({ senderNonce, sig }) => ({ senderNonce, sig: hexBytes(sig) })),
    ...(expectedPrice && { expectedPrice: { ...expectedPrice } }),
  })
  return Buffer.from(toBinary(PaymentSchema, payment)).toString('base64')
}
