import assert from 'node:assert/strict'

import { amountAxis, countAxis, hoursAxis, percentAxis, realAxis } from '../../../src/output/figures/axes.ts'
import { formatQuantity, roundOut, ticksOf } from '../../../src/output/figures/ticks.ts'
import type { Axis, Quantity } from '../../../src/output/figures/figure.ts'

const eth = 10n ** 18n

function texts(axis: Axis, low: Quantity, high: Quantity, most = 6): string[] {
  return ticksOf(axis, [low, high], most).map(({ text }) => text)
}

describe('axes', () => {
  it('says amounts in the unit that suits the greatest', () => {
    const units = [3n * eth, 5_000_000_000n, 1200n].map((wei) => amountAxis('left', [0n, wei]).unit)
    assert.deepEqual(units, ['ETH', 'gwei', 'wei'])
  })

  it('has exact round ticks, of the greatest amounts too', () => {
    assert.deepEqual(texts(amountAxis('left', [(3n * eth) / 10n]), 0n, (3n * eth) / 10n), [
      '0',
      '0.1',
      '0.2',
      '0.3',
    ])
    assert.deepEqual(texts(amountAxis('left', [10n ** 30n]), 0n, 10n ** 30n), [
      '0',
      '200,000,000,000',
      '400,000,000,000',
      '600,000,000,000',
      '800,000,000,000',
      '1,000,000,000,000',
    ])
    assert.deepEqual(texts(amountAxis('left', [eth, eth + 3n]), eth, eth + 3n), [
      '1',
      '1.000000000000000001',
      '1.000000000000000002',
      '1.000000000000000003',
    ])
  })

  it('rounds amounts between ticks to five digits of the greatest', () => {
    const axis = amountAxis('left', [0n, eth])
    assert.equal(formatQuantity(axis, 123_456_789_012_345_678n), '0.1235')
    assert.equal(formatQuantity(axis, -123_455_000_000_000_000n), '-0.1235')
  })

  it('counts hours in hours, days and years, at ticks that are round in them', () => {
    assert.deepEqual(texts(hoursAxis('time', 24n), 0n, 24n), ['0', '6', '12', '18', '24'])
    assert.deepEqual(texts(hoursAxis('time', 720n), 0n, 720n, 8), ['0', '5', '10', '15', '20', '25', '30'])
    assert.deepEqual(texts(hoursAxis('time', 8_766_000n), 0n, 8_766_000n), [
      '0',
      '200',
      '400',
      '600',
      '800',
      '1,000',
    ])
    assert.equal(hoursAxis('time', 720n).format(36n), '1.5')
  })

  it('writes shares as percent, at the float that is printed', () => {
    assert.deepEqual(texts(percentAxis('dry'), 0, 0.3), ['0', '10', '20', '30'])
    assert.deepEqual(texts(percentAxis('dry'), 0, 2e-9), ['0', '5e-8', '1e-7', '1.5e-7', '2e-7'])
  })

  it('counts on a logarithmic axis in powers of ten', () => {
    assert.deepEqual(texts({ ...realAxis('gas'), scale: 'log' }, 0.05, 2000), [
      '0.1',
      '1',
      '10',
      '100',
      '1,000',
    ])
    assert.deepEqual(texts({ ...countAxis('tickets'), scale: 'log' }, 3n, 10n ** 18n, 4), [
      '10',
      '1,000,000',
      '100,000,000,000',
      '1e16',
    ])
  })

  it('moves the end of a domain to the next tick', () => {
    assert.deepEqual(roundOut(countAxis('winners'), [-7n, 83n], 8), [-20n, 100n])
    assert.deepEqual(roundOut(percentAxis('dry'), [0, 0.43], 4), [0, 0.6])
    assert.deepEqual(texts(percentAxis('dry'), 0, 1, 4), ['0', '50', '100'])
  })
})
