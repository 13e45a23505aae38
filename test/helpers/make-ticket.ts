import fc from 'fast-check'
import { maxUint256 } from 'viem'
import type { Hex } from 'viem'

import { recipientRandHash } from '../../src/lib/pm/recipient-rand.ts'
import type { Ticket } from '../../src/lib/pm/ticket.ts'
import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'

/** The random number that `makeTicket` commits to. */
export const recipientRand = 1234n

/** A ticket of the devnet's gateway for its first orchestrator, that cannot but win. */
export function makeTicket(changes: Partial<Ticket> = {}): Ticket {
  return {
    recipient: devnetAccounts[3].address,
    sender: devnetAccounts[1].address,
    faceValue: 12n * 10n ** 14n,
    winProb: maxUint256,
    senderNonce: 1n,
    recipientRandHash: recipientRandHash(recipientRand),
    creationRound: 1001n,
    creationRoundBlockHash: `0x${'ab'.repeat(32)}`,
    ...changes,
  }
}

export const anyUint256 = fc.bigInt({ min: 0n, max: maxUint256 })

export function anyBytes(size: number): fc.Arbitrary<Hex> {
  return fc
    .uint8Array({ minLength: size, maxLength: size })
    .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`)
}

export const anyTicket: fc.Arbitrary<Ticket> = fc.record({
  recipient: anyBytes(20),
  sender: anyBytes(20),
  faceValue: anyUint256,
  winProb: anyUint256,
  senderNonce: anyUint256,
  recipientRandHash: anyBytes(32),
  creationRound: anyUint256,
  creationRoundBlockHash: anyBytes(32),
})
