import { keccak256 } from 'viem'
import type { Hex } from 'viem'

import { uint256Digits } from './packed.ts'

/**
 * keccak256(uint256 recipientRand): how the recipient commits to its random number before the sender signs.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function recipientRandHash(recipientRand: bigint): Hex {
  return keccak256(`0x${uint256Digits('recipientRand', recipientRand)}`)
}
