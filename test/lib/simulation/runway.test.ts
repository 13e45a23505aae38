import assert from 'node:assert/strict'
import fc from 'fast-check'

import { rational } from '../../../src/lib/pm/rational.ts'
import { runway } from '../../../src/lib/simulation/runway.ts'
import { sizeDeposit } from '../../../src/lib/simulation/size-deposit.ts'
import { makeClasses } from './make-classes.ts'

const faceValueWei = 1_200_000_000_000_000n

describe('runway', () => {
  it('is sizing read the other way', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 2000n }),
        fc.double({ min: 1e-9, max: 0.5, noNaN: true }),
        (hours, risk) => {
          const classes = makeClasses()
          const { depositWei } = sizeDeposit({ classes, hours, risk })
          const { topUpByHour } = runway({ classes, depositWei, risk, hours: 1n })
          assert.ok(topUpByHour !== undefined && topUpByHour >= hours)
          const less = runway({ classes, depositWei: depositWei - 1n, risk, hours: 1n })
          assert.ok(less.topUpByHour !== undefined && less.topUpByHour < hours)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('rises, and its quantiles and mean stand in order', () => {
    const { curve, quantiles, expectedHours, topUpByHour } = runway({
      classes: makeClasses(),
      depositWei: 240n * faceValueWei,
      risk: 0.01,
      hours: 48n,
    })
    assert.equal(curve.length, 49)
    assert.deepEqual(curve[0], { hour: 0n, dry: { low: 0, high: 0 } })
    for (const [index, { dry }] of curve.entries()) assert.ok(dry.low >= (curve[index - 1]?.dry.low ?? 0))
    assert.deepEqual(
      quantiles.map(({ hours }) => hours.low),
      [22n, 25n, 27n],
    )
    // 241 winners of a mean of 9.953 an hour.
    assert.equal(expectedHours.low.toFixed(3), (241 / (11_943_936_000_000_000 / 1.2e15)).toFixed(3))
    assert.ok(topUpByHour !== undefined && topUpByHour < 22n)
  })

  it('is dry sooner where the gateway stops, and at once with nothing', () => {
    const request = { classes: makeClasses(), depositWei: 240n * faceValueWei, risk: 0.01, hours: 24n }
    const last = (floorWei: bigint) => runway({ ...request, floorWei }).curve.at(-1)?.dry.low ?? 0
    assert.ok(last(faceValueWei) > last(0n))
    const nothing = runway({ ...request, floorWei: 241n * faceValueWei })
    assert.deepEqual(nothing.expectedHours, { low: 0, high: 0 })
    assert.equal(nothing.topUpByHour, 0n)
    assert.deepEqual(
      nothing.quantiles.map(({ hours }) => hours.high),
      [0n, 0n, 0n],
    )
  })

  it('bounds what mixed face values leave open', () => {
    const classes = makeClasses({ faceValueWei: 12_345_678_901_234_567n }, { streams: rational(50n) })
    const { curve, expectedHours, quantiles } = runway({
      classes,
      depositWei: 10n ** 18n,
      risk: 0.01,
      hours: 100n,
    })
    for (const { dry } of curve) assert.ok(dry.low <= dry.high && dry.high - dry.low < 0.05)
    assert.ok(expectedHours.low < expectedHours.high)
    for (const { hours } of quantiles) assert.ok((hours.low ?? 0n) <= (hours.high ?? 0n))
  })

  it('says when it lasts for a thousand years', () => {
    const { topUpByHour, quantiles, curve } = runway({
      classes: makeClasses({ streams: rational(1n, 10n ** 12n) }),
      depositWei: 10n ** 18n,
      risk: 0.01,
      hours: 8_766_000n,
    })
    assert.equal(topUpByHour, undefined)
    assert.deepEqual(quantiles[0]?.hours, { low: undefined, high: undefined })
    assert.ok(curve.length <= 242)
  })

  it('refuses deposits below zero and what is no risk', () => {
    const request = { classes: makeClasses(), depositWei: 1n, risk: 0.01, hours: 24n }
    assert.throws(() => runway({ ...request, depositWei: -1n }), { code: 'DEPOSIT_INVALID' })
    assert.throws(() => runway({ ...request, risk: 1 }), { code: 'RISK_INVALID' })
    assert.throws(() => runway({ ...request, hours: 0n }), { code: 'HORIZON_INVALID' })
  })
})
