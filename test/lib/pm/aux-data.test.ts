import assert from 'node:assert/strict'
import fc from 'fast-check'

import { auxData, readAuxData } from '../../../src/lib/pm/aux-data.ts'
import { anyBytes, anyTicket } from '../../helpers/make-ticket.ts'
import { vectors } from '../../helpers/vectors.ts'

const zero = `0x${'00'.repeat(32)}` as const
const blockHash = `0x${'ab'.repeat(32)}` as const

describe('auxData', () => {
  for (const { creationRound, creationRoundBlockHash, auxData: expected } of vectors.auxData) {
    it(`is as in the shared vectors for round ${creationRound}, ${creationRoundBlockHash.slice(0, 6)}`, () =>
      assert.equal(auxData({ creationRound: BigInt(creationRound), creationRoundBlockHash }), expected))
  }

  it('is empty only when both are zero', () => {
    assert.equal(auxData({ creationRound: 0n, creationRoundBlockHash: zero }), '0x')
    assert.equal(
      auxData({ creationRound: 0n, creationRoundBlockHash: blockHash }),
      `${zero}${'ab'.repeat(32)}`,
    )
  })

  it('refuses what does not fit', () => {
    const invalid = (field: string, what: string) => ({
      name: 'UsageError',
      code: 'TICKET_FIELD_INVALID',
      message: `${field} ${what}`,
      details: { field },
    })
    for (const creationRound of [-1n, 2n ** 256n]) {
      assert.throws(
        () => auxData({ creationRound, creationRoundBlockHash: blockHash }),
        invalid('creationRound', 'is not from 0 to 2^256 - 1'),
      )
    }
    for (const creationRoundBlockHash of [
      '0x',
      '0xab',
      `${blockHash}ab`,
      `0x${'ag'.repeat(32)}`,
      `0y${'ab'.repeat(32)}` as '0x',
    ] as const) {
      assert.throws(
        () => auxData({ creationRound: 1n, creationRoundBlockHash }),
        invalid('creationRoundBlockHash', 'is not 0x and 32 bytes of hex'),
      )
    }
  })
})

describe('readAuxData', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(anyTicket, ({ creationRound, creationRoundBlockHash }) => {
        const creation = { creationRound, creationRoundBlockHash }
        fc.pre(auxData(creation) !== '0x')
        assert.deepEqual(readAuxData(auxData(creation)), creation)
      }),
    )
  })

  it('reads nothing but 64 bytes', () => {
    const anyLength = fc.integer({ min: 0, max: 130 }).filter((length) => length !== 64)
    fc.assert(
      fc.property(anyLength.chain(anyBytes), (bytes) => {
        assert.equal(readAuxData(bytes), undefined)
      }),
    )
    assert.equal(readAuxData(`0x${'zz'.repeat(64)}`), undefined)
  })
})
