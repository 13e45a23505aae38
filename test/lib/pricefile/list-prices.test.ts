import assert from 'node:assert/strict'

import { listPrices } from '../../../src/lib/pricefile/list-prices.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'

describe('listPrices', () => {
  const file = parsePriceFile(
    'orchestrator:\n  transcoding: 0.41USD/1e12pixels\n  capabilities: [{pipeline: audio-to-text, price: 3.6gwei/s}]\n  ticketEv: 8gwei\n  maxFaceValue: 0.01eth\ngateway:\n  depositMultiplier: 0',
    'prices.yaml',
  )

  it('says what every price is in wei, and in the currency of the rate', () => {
    const { prices } = listPrices(file, parseGivenRate('2500'))
    assert.deepEqual(
      prices.map(({ path, unit, weiPerUnit, converted }) => ({ path, unit, weiPerUnit, converted })),
      [
        {
          path: 'orchestrator.transcoding',
          unit: 'pixel',
          weiPerUnit: { numerator: 164n, denominator: 1n },
          converted: { amount: { numerator: 41n, denominator: 100n }, unit: '1e12pixels' },
        },
        {
          path: 'orchestrator.capabilities[0].price',
          unit: 'ms',
          weiPerUnit: { numerator: 3_600_000n, denominator: 1n },
          // 3.6 gwei/s are 12,960 gwei/h.
          converted: { amount: { numerator: 81n, denominator: 2500n }, unit: 'hour' },
        },
      ],
    )
  })

  it('has no wei for USD without a rate', () => {
    const { rate, prices } = listPrices(file)
    assert.equal(rate, null)
    assert.deepEqual(
      prices.map(({ weiPerUnit }) => weiPerUnit === null),
      [true, false],
    )
  })

  it('lists the settings that are there', () => {
    assert.deepEqual(listPrices(file).settings, [
      { path: 'orchestrator.ticketEv', value: '8gwei' },
      { path: 'orchestrator.maxFaceValue', value: '0.01eth' },
      { path: 'gateway.depositMultiplier', value: '0' },
    ])
  })
})
