import assert from 'node:assert/strict'
import fc from 'fast-check'

import { compareRational, rational, subtractRational } from '../../../src/lib/pm/rational.ts'
import { ticketEv } from '../../../src/lib/pm/ticket-ev.ts'
import { faceValue, insufficientSenderReserve } from '../../../src/lib/pm/ticket-parameters.ts'
import { maxWinProb, winProb } from '../../../src/lib/pm/win-prob.ts'
import { vectors } from '../../helpers/vectors.ts'

describe('faceValue and winProb of the shared vectors', () => {
  const { config, cases } = vectors.faceValueAndWinProb
  for (const { gasPrice, maxFloat, ...expected } of cases) {
    it(`at gas price ${gasPrice} and max float ${maxFloat}`, () => {
      const ticketEvWei = BigInt(config.ev)
      const { faceValueWei, refusal } = faceValue({
        ticketEvWei,
        gasPriceWei: BigInt(gasPrice),
        maxFloatWei: BigInt(maxFloat),
        redeemGas: BigInt(config.redeemGas),
        txCostMultiplier: BigInt(config.txCostMultiplier),
      })
      assert.equal(refusal === undefined ? undefined : insufficientSenderReserve, expected.error)
      if (expected.faceValue !== undefined) assert.equal(faceValueWei, BigInt(expected.faceValue))
      if (expected.winProb !== undefined) {
        assert.equal(winProb(faceValueWei, ticketEvWei), BigInt(expected.winProb))
      }
    })
  }

  const l2 = vectors.faceValueAndWinProbL2
  for (const { gasPrice, ...expected } of l2.cases) {
    it(`on Arbitrum at gas price ${gasPrice}, by the constants of the node`, () => {
      const ticketEvWei = BigInt(l2.config.ev)
      const offer = faceValue({ ticketEvWei, gasPriceWei: BigInt(gasPrice), maxFloatWei: 10n ** 18n })
      assert.equal(offer.faceValueWei, BigInt(expected.faceValue))
      assert.equal(winProb(offer.faceValueWei, ticketEvWei), BigInt(expected.winProb))
    })
  }
})

describe('winProb', () => {
  const evs = fc.bigInt({ min: 1n, max: 10n ** 15n })
  const multiples = fc.bigInt({ min: 0n, max: 10n ** 21n })

  it('is 0 for a face value of 0, and 1 for one of the EV', () => {
    assert.equal(winProb(0n, 8n), 0n)
    assert.equal(winProb(0n, 0n), 0n)
    assert.equal(winProb(8n, 8n), maxWinProb)
  })

  it('rounds up, but for a remainder whose low 64 bits are zero', () => {
    assert.equal(winProb(7n, 1n), maxWinProb / 7n + 1n)
    // 3 divides 2^256 - 1.
    assert.equal(winProb(3n, 1n), maxWinProb / 3n)
    // The quotient is 1, the remainder 2^64 or one more.
    assert.equal(winProb(maxWinProb - 2n ** 64n, 1n), 1n)
    assert.equal(winProb(maxWinProb - 2n ** 64n - 1n, 1n), 2n)
  })

  it('gives the EV back to within a wei, and never 1 for more than the EV', () => {
    fc.assert(
      fc.property(evs, multiples, (ticketEvWei, more) => {
        const faceValueWei = ticketEvWei + more
        const probability = winProb(faceValueWei, ticketEvWei)
        assert.ok(probability > 0n && probability <= maxWinProb)
        if (more > 0n) assert.ok(probability < maxWinProb)
        const ev = ticketEv({ faceValue: faceValueWei, winProb: probability })
        const error = subtractRational(ev, rational(ticketEvWei))
        const bound = rational(ticketEvWei * faceValueWei, maxWinProb)
        assert.ok(compareRational(error, bound) <= 0)
        assert.ok(compareRational(subtractRational(rational(0n), bound), error) <= 0)
      }),
    )
  })

  it('falls when the face value grows, and grows with the EV', () => {
    fc.assert(
      fc.property(evs, evs, multiples, multiples, (ticketEvWei, moreEv, more, evenMore) => {
        const faceValueWei = ticketEvWei + moreEv + more
        const probability = winProb(faceValueWei, ticketEvWei)
        assert.ok(winProb(faceValueWei + evenMore, ticketEvWei) <= probability)
        assert.ok(winProb(faceValueWei, ticketEvWei + moreEv) > probability)
      }),
    )
  })
})

describe('ticketEv', () => {
  it('is the face value at probability 1 and nothing at 0', () => {
    assert.deepEqual(ticketEv({ faceValue: 5n, winProb: maxWinProb }), rational(5n))
    assert.deepEqual(ticketEv({ faceValue: 5n, winProb: 0n }), rational(0n))
  })

  it('is exact', () => {
    assert.deepEqual(ticketEv({ faceValue: 5n, winProb: 1n }), rational(5n, maxWinProb))
  })
})
