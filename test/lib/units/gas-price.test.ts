import assert from 'node:assert/strict'

import { parseGasPrice } from '../../../src/lib/units/gas-price.ts'

describe('parseGasPrice', () => {
  it('reads gwei and wei, and free gas', () => {
    assert.deepEqual(['0.05gwei', '20000000wei', '0wei'].map(parseGasPrice), [50_000_000n, 20_000_000n, 0n])
  })

  it('takes no number without a unit, which would be ETH', () => {
    assert.throws(() => parseGasPrice('0.05'), {
      name: 'UsageError',
      code: 'GAS_PRICE_INVALID',
      message: 'this is not a gas price: it has no unit',
    })
    assert.throws(() => parseGasPrice('1eth'), { code: 'GAS_PRICE_INVALID' })
  })
})
