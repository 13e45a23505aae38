import assert from 'node:assert/strict'
import fc from 'fast-check'

import { chooseFees, raisedFees, replacementFees } from '../../../src/lib/tx/fees.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 15n })

describe('fees', () => {
  it('are twice the base fee and the tip', () => {
    assert.deepEqual(chooseFees({ baseFeePerGas: 10n, maxPriorityFeePerGas: 3n }), {
      maxFeePerGas: 23n,
      maxPriorityFeePerGas: 3n,
    })
  })

  it('never pass the limit, always cover the base fee, and never tip more than the whole', () => {
    fc.assert(
      fc.property(wei, wei, wei, (baseFeePerGas, maxPriorityFeePerGas, extra) => {
        const limit = baseFeePerGas + extra
        const fees = chooseFees({ baseFeePerGas, maxPriorityFeePerGas }, limit)
        assert.ok(fees.maxFeePerGas <= limit)
        assert.ok(fees.maxFeePerGas >= baseFeePerGas)
        assert.ok(fees.maxPriorityFeePerGas <= fees.maxFeePerGas)
      }),
    )
  })

  it('refuse a limit below the base fee', () => {
    assert.throws(
      () => chooseFees({ baseFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 0n }, 1_500_000_000n),
      {
        code: 'FEE_ABOVE_LIMIT',
        exitCode: 5,
        message: 'the base fee is 2 gwei, above the limit of 1.5 gwei',
      },
    )
  })

  it('of a replacement are at least 10 % more', () => {
    fc.assert(
      fc.property(wei, wei, (maxFeePerGas, maxPriorityFeePerGas) => {
        const raised = replacementFees({ maxFeePerGas, maxPriorityFeePerGas })
        assert.ok(raised.maxFeePerGas * 10n >= maxFeePerGas * 11n)
        assert.ok(raised.maxPriorityFeePerGas * 10n >= maxPriorityFeePerGas * 11n)
      }),
    )
  })

  it('of a replacement are more even where they were nothing', () => {
    assert.deepEqual(replacementFees({ maxFeePerGas: 10n, maxPriorityFeePerGas: 0n }), {
      maxFeePerGas: 11n,
      maxPriorityFeePerGas: 1n,
    })
  })

  it('are raised only when the market asks for more, to what replaces them and what it asks for', () => {
    fc.assert(
      fc.property(wei, wei, wei, wei, wei, (base, tip, maxFee, tipShare, limit) => {
        const market = { baseFeePerGas: base, maxPriorityFeePerGas: tip }
        const previous = { maxFeePerGas: maxFee, maxPriorityFeePerGas: tipShare < maxFee ? tipShare : maxFee }
        const enough = previous.maxFeePerGas >= base + tip && previous.maxPriorityFeePerGas >= tip
        const least = replacementFees(previous)
        const raised = raisedFees(previous, market, limit)
        assert.equal(raised === undefined, enough || least.maxFeePerGas > limit || base > limit)
        if (raised === undefined) return
        assert.ok(raised.maxFeePerGas >= least.maxFeePerGas && raised.maxFeePerGas <= limit)
        assert.ok(raised.maxFeePerGas >= (2n * base + tip < limit ? 2n * base + tip : limit))
        assert.ok(raised.maxPriorityFeePerGas >= least.maxPriorityFeePerGas)
        assert.ok(raised.maxPriorityFeePerGas <= raised.maxFeePerGas)
      }),
    )
  })
})
