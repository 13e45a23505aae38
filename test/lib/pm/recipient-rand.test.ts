import assert from 'node:assert/strict'
import fc from 'fast-check'
import { hexToBigInt, keccak256, numberToHex } from 'viem'
import type { Hex } from 'viem'

import { rational } from '../../../src/lib/pm/rational.ts'
import { recipientRand, recipientRandHash } from '../../../src/lib/pm/recipient-rand.ts'
import type { RecipientRandInputs } from '../../../src/lib/pm/recipient-rand.ts'
import { anyUint256 } from '../../helpers/make-ticket.ts'
import { vectors } from '../../helpers/vectors.ts'
import { parseRational } from './parse-rational.ts'

const [vector] = vectors.recipientRand
assert.ok(vector !== undefined)
const inputs: RecipientRandInputs = {
  seed: BigInt(vector.seed),
  sender: vector.sender,
  faceValue: BigInt(vector.faceValue),
  winProb: BigInt(vector.winProb),
  expirationBlock: BigInt(vector.expirationBlock),
  price: parseRational(vector.price),
  creationRound: BigInt(vector.creationRound),
  creationRoundBlockHash: vector.creationRoundBlockHash,
}

describe('recipientRand', () => {
  it('is that of the shared vectors, and so is its hash', () => {
    const rand = recipientRand(vector.secret, inputs)
    assert.equal(rand, hexToBigInt(vector.recipientRand))
    assert.equal(recipientRandHash(rand), vector.recipientRandHash)
  })

  it('depends on the secret and on each input', () => {
    const others: RecipientRandInputs = {
      seed: 1n,
      sender: `0x${'11'.repeat(20)}`,
      faceValue: 2n,
      winProb: 3n,
      expirationBlock: 4n,
      price: rational(5n, 7n),
      creationRound: 6n,
      creationRoundBlockHash: `0x${'22'.repeat(32)}`,
    }
    const seen = new Set([
      recipientRand(vector.secret, inputs),
      recipientRand(`0x${'44'.repeat(32)}`, inputs),
    ])
    for (const field of Object.keys(others) as (keyof RecipientRandInputs)[]) {
      seen.add(recipientRand(vector.secret, { ...inputs, [field]: others[field] }))
    }
    assert.equal(seen.size, 10)
  })

  it('writes zero in no bytes, as Go does', () => {
    // With the zero in no byte, the face value can move into the place of the win probability.
    assert.equal(
      recipientRand(vector.secret, { ...inputs, faceValue: 0n, winProb: 9n }),
      recipientRand(vector.secret, { ...inputs, faceValue: 9n, winProb: 0n }),
    )
  })

  it('takes a price in any terms', () => {
    const price = { numerator: 10n, denominator: 14n }
    assert.equal(
      recipientRand(vector.secret, { ...inputs, price }),
      recipientRand(vector.secret, { ...inputs, price: rational(5n, 7n) }),
    )
  })

  it('refuses what does not fit, and never shows the secret', () => {
    const secret: Hex = `0x${'ab'.repeat(31)}`
    assert.throws(
      () => recipientRand(secret, inputs),
      (error: unknown) => {
        assert.ok(error instanceof Error)
        assert.equal(error.message, 'secret is not 0x and 32 bytes of hex')
        assert.ok(!JSON.stringify(error).includes('abab'))
        return true
      },
    )
    assert.throws(() => recipientRand(vector.secret, { ...inputs, seed: -1n }), {
      code: 'TICKET_FIELD_INVALID',
      message: 'seed is not from 0 to 2^256 - 1',
    })
  })
})

describe('recipientRandHash', () => {
  it('is over 32 bytes, however small the number', () => {
    fc.assert(
      fc.property(anyUint256, (rand) => {
        assert.equal(recipientRandHash(rand), keccak256(numberToHex(rand, { size: 32 })))
      }),
    )
    assert.equal(recipientRandHash(0n), keccak256(`0x${'00'.repeat(32)}`))
  })
})
