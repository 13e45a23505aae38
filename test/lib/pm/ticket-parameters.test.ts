import assert from 'node:assert/strict'
import fc from 'fast-check'

import { reserveAlloc } from '../../../src/lib/pm/reserve-alloc.ts'
import {
  averageGasPriceFloorWei,
  defaultTicketEvWei,
  evMultiplier,
  faceValue,
  redeemGas,
  txCostMultiplier,
} from '../../../src/lib/pm/ticket-parameters.ts'
import type { FaceValue } from '../../../src/lib/pm/ticket-parameters.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'

const poolSize = 100n
const plenty = 10n ** 30n

const gwei = (text: string) => parseWei(text, { defaultUnit: 'gwei' })

function offer(changes: Partial<Parameters<typeof faceValue>[0]> = {}): FaceValue {
  return faceValue({
    ticketEvWei: defaultTicketEvWei,
    gasPriceWei: gwei('0.1'),
    maxFloatWei: plenty,
    ...changes,
  })
}

/** The offer to a sender with this reserve, of which nothing was claimed. */
function offerTo(reserveWei: bigint, gasPriceWei: bigint): FaceValue {
  const share = { fundsRemainingWei: reserveWei, claimedInCurrentRoundWei: 0n, poolSize }
  return offer({ gasPriceWei, maxFloatWei: reserveAlloc(share) })
}

describe("go-livepeer's constants", () => {
  it('are those of the specification', () => {
    assert.deepEqual(
      { redeemGas, txCostMultiplier, evMultiplier, averageGasPriceFloorWei, defaultTicketEvWei },
      {
        redeemGas: 1_200_000n,
        txCostMultiplier: 100n,
        evMultiplier: 100n,
        averageGasPriceFloorWei: gwei('3'),
        defaultTicketEvWei: 8_000_000_000n,
      },
    )
  })
})

describe('faceValue', () => {
  /** The specification's table "Consequences", for a pool of 100. */
  const consequences = [
    {
      gas: '0.01',
      txCost: '0.000012',
      face: '0.0012',
      unsqueezed: '0.12',
      least: '0.0012',
      tickets: 150_000n,
    },
    { gas: '0.1', txCost: '0.00012', face: '0.012', unsqueezed: '1.2', least: '0.012', tickets: 1_500_000n },
    { gas: '1', txCost: '0.0012', face: '0.12', unsqueezed: '12', least: '0.12', tickets: 15_000_000n },
    { gas: '3', txCost: '0.0036', face: '0.36', unsqueezed: '36', least: '0.36', tickets: 45_000_000n },
  ]
  for (const { gas, txCost, face, unsqueezed, least, tickets } of consequences) {
    it(`is ${face} ETH at ${gas} gwei, from a reserve of ${unsqueezed} ETH on`, () => {
      const gasPriceWei = gwei(gas)
      const wanted = { faceValueWei: parseWei(face), txCostWei: parseWei(txCost) }
      assert.deepEqual(offerTo(parseWei(unsqueezed), gasPriceWei), { ...wanted, boundBy: 'gas' })
      const squeezed = offerTo(parseWei(unsqueezed) - 1n, gasPriceWei)
      assert.deepEqual(squeezed, { ...wanted, faceValueWei: wanted.faceValueWei - 1n, boundBy: 'maxFloat' })
      assert.equal(wanted.faceValueWei / defaultTicketEvWei, tickets)
    })

    it(`is refused at ${gas} gwei below a reserve of ${least} ETH`, () => {
      assert.equal(offerTo(parseWei(least), gwei(gas)).refusal, undefined)
      assert.equal(offerTo(parseWei(least) - 1n, gwei(gas)).refusal, 'belowTxCost')
    })
  }

  it('is never refused with a reserve of 0.36 ETH, whatever the gas price', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: gwei('100000') }), (gasPriceWei) => {
        assert.equal(offerTo(parseWei('0.36'), gasPriceWei).refusal, undefined)
      }),
    )
    assert.equal(offerTo(parseWei('0.36') - 1n, gwei('100000')).refusal, 'belowTxCost')
  })

  for (const [reserve, percent] of [
    ['0.0012', 200n],
    ['0.012', 110n],
    ['0.03', 104n],
    ['0.12', 101n],
  ] as const) {
    it(`makes the price ${String(percent)} % with a reserve of ${reserve} ETH at 0.01 gwei`, () => {
      const { faceValueWei, txCostWei } = offerTo(parseWei(reserve), gwei('0.01'))
      assert.equal(((faceValueWei + txCostWei) * 100n) / faceValueWei, percent)
    })
  }

  it('is 100 times the EV where gas costs next to nothing', () => {
    const below = offer({ gasPriceWei: 66n, ticketEvWei: defaultTicketEvWei })
    assert.deepEqual(below, {
      faceValueWei: 100n * defaultTicketEvWei,
      txCostWei: 66n * redeemGas,
      boundBy: 'ticketEv',
    })
    const above = offer({ gasPriceWei: 67n })
    assert.deepEqual(above, {
      faceValueWei: 67n * redeemGas * 100n,
      txCostWei: 67n * redeemGas,
      boundBy: 'gas',
    })
  })

  it('is what the gas asks for where that is just the EV', () => {
    assert.deepEqual(offer({ gasPriceWei: 1n, ticketEvWei: 100n * redeemGas }), {
      faceValueWei: 100n * redeemGas,
      txCostWei: redeemGas,
      boundBy: 'gas',
    })
  })

  it('keeps to the maximum that the orchestrator has set, and 0 is none', () => {
    const limit = parseWei('0.001')
    assert.deepEqual(offer({ maxFaceValueWei: limit }), {
      faceValueWei: limit,
      txCostWei: parseWei('0.00012'),
      boundBy: 'maxFaceValue',
    })
    assert.deepEqual(offer({ maxFaceValueWei: 0n }), offer())
    assert.deepEqual(offer({ maxFaceValueWei: parseWei('0.012') }), offer())
    assert.equal(offer({ maxFaceValueWei: parseWei('0.00012') - 1n }).refusal, 'belowTxCost')
  })

  it('is nothing for what is free, whatever the float', () => {
    for (const numerator of [0n, -1n]) {
      assert.deepEqual(offer({ price: { numerator, denominator: 1n }, maxFloatWei: -1n }), {
        faceValueWei: 0n,
        txCostWei: parseWei('0.00012'),
        boundBy: 'price',
      })
    }
    assert.deepEqual(offer({ price: { numerator: 1n, denominator: 1000n } }), offer())
  })

  it('takes the gas and the multiplier of another configuration', () => {
    assert.deepEqual(offer({ redeemGas: 350_000n, txCostMultiplier: 50n }), {
      faceValueWei: parseWei('0.00175'),
      txCostWei: parseWei('0.000035'),
      boundBy: 'gas',
    })
    const least = 350_000n * averageGasPriceFloorWei
    const dear = { redeemGas: 350_000n, gasPriceWei: gwei('50') }
    assert.equal(offer({ ...dear, maxFloatWei: least }).refusal, undefined)
    assert.equal(offer({ ...dear, maxFloatWei: least - 1n }).refusal, 'belowTxCost')
  })

  it('is refused below the EV before it is refused for the gas', () => {
    assert.equal(offer({ maxFloatWei: defaultTicketEvWei - 1n }).refusal, 'belowTicketEv')
    assert.equal(offer({ maxFloatWei: defaultTicketEvWei }).refusal, 'belowTxCost')
    assert.equal(offer({ maxFloatWei: defaultTicketEvWei, gasPriceWei: 0n }).refusal, undefined)
    assert.equal(offer({ maxFloatWei: -1n }).refusal, 'belowTicketEv')
  })

  const wei = fc.bigInt({ min: 0n, max: 10n ** 21n })
  const inputs = fc.record({
    ticketEvWei: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    gasPriceWei: fc.bigInt({ min: 0n, max: gwei('1000') }),
    maxFloatWei: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 21n }),
    maxFaceValueWei: fc.oneof(fc.constant(0n), wei),
  })

  it('exceeds neither the float nor the maximum', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { faceValueWei } = faceValue(given)
        assert.ok(faceValueWei <= given.maxFloatWei)
        assert.ok(given.maxFaceValueWei === 0n || faceValueWei <= given.maxFaceValueWei)
      }),
    )
  })

  it('does not fall, and is not refused anew, when the float grows', () => {
    fc.assert(
      fc.property(inputs, wei, (given, more) => {
        const before = faceValue(given)
        const after = faceValue({ ...given, maxFloatWei: given.maxFloatWei + more })
        assert.ok(after.faceValueWei >= before.faceValueWei)
        if (before.refusal === undefined) assert.equal(after.refusal, undefined)
      }),
    )
  })

  it('does not fall when gas becomes dearer, once gas is what decides', () => {
    fc.assert(
      fc.property(inputs, fc.bigInt({ min: 0n, max: gwei('1000') }), (given, more) => {
        fc.pre(txCostMultiplier * redeemGas * given.gasPriceWei >= given.ticketEvWei)
        const before = faceValue(given)
        const after = faceValue({ ...given, gasPriceWei: given.gasPriceWei + more })
        assert.ok(after.faceValueWei >= before.faceValueWei)
      }),
    )
  })

  it('is refused exactly when it is below the EV, or below both the cost and the floor', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { faceValueWei, txCostWei, refusal } = faceValue(given)
        assert.equal(txCostWei, redeemGas * given.gasPriceWei)
        const floor = redeemGas * averageGasPriceFloorWei
        const least = txCostWei < floor ? txCostWei : floor
        const expected =
          faceValueWei < given.ticketEvWei
            ? 'belowTicketEv'
            : faceValueWei < least
              ? 'belowTxCost'
              : undefined
        assert.equal(refusal, expected)
      }),
    )
  })
})
