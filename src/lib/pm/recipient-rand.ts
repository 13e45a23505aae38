import { createHmac } from 'node:crypto'
import { keccak256 } from 'viem'
import type { Address, Hex } from 'viem'

import { auxData } from './aux-data.ts'
import { fixedDigits, minimalDigits, uint256Digits } from './packed.ts'
import { rational } from './rational.ts'
import type { Rational } from './rational.ts'

/** What an orchestrator binds its random number to when it makes ticket parameters. */
export interface RecipientRandInputs {
  /** Random, told to the sender. */
  readonly seed: bigint
  readonly sender: Address
  /** wei */
  readonly faceValue: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  /** The L1 block from which on the parameters are refused. */
  readonly expirationBlock: bigint
  /** wei a pixel */
  readonly price: Rational
  readonly creationRound: bigint
  readonly creationRoundBlockHash: Hex
}

/**
 * An orchestrator's random number for a session, which it need not store (go-livepeer's `recipient.rand`): HMAC-SHA256
 * with its secret over seed ‖ sender ‖ faceValue ‖ winProb ‖ expirationBlock ‖ price ‖ auxData, integers in as few bytes
 * as they need, zero in none.
 *
 * @param secret 32 bytes that only the orchestrator knows
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function recipientRand(secret: Hex, inputs: RecipientRandInputs): bigint {
  const price = rational(inputs.price.numerator, inputs.price.denominator)
  const message =
    minimalDigits('seed', inputs.seed) +
    fixedDigits('sender', inputs.sender, 20) +
    minimalDigits('faceValue', inputs.faceValue) +
    minimalDigits('winProb', inputs.winProb) +
    minimalDigits('expirationBlock', inputs.expirationBlock) +
    minimalDigits('price', price.numerator) +
    minimalDigits('price', price.denominator) +
    auxData(inputs).slice(2)
  const hmac = createHmac('sha256', Buffer.from(fixedDigits('secret', secret, 32), 'hex'))
  return BigInt(`0x${hmac.update(Buffer.from(message, 'hex')).digest('hex')}`)
}

/**
 * keccak256(uint256 recipientRand): how the recipient commits to its random number before the sender signs.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function recipientRandHash(recipientRand: bigint): Hex {
  return keccak256(`0x${uint256Digits('recipientRand', recipientRand)}`)
}
