import assert from 'node:assert/strict'

import fc from 'fast-check'

import { exportFormats, exportPrices } from '../../../src/lib/pricefile/export-prices.ts'
import type { ExportFormat } from '../../../src/lib/pricefile/export-prices.ts'
import { lintNodeJson } from '../../../src/lib/pricefile/lint/lint-node-json.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('exportPrices', () => {
  const exported = (text: string, format: ExportFormat) =>
    exportPrices(parsePriceFile(text, 'prices.yaml'), format)

  const whole = `orchestrator:
  transcoding: 0.41USD/1e12pixels
  gateways:
    "${gateway}": 0.5USD/1e12pixels
  capabilities:
    - { pipeline: text-to-image, model: stabilityai/sd-turbo, price: 4768371wei/pixel }
    - { pipeline: audio-to-text, price: 1.5gwei/ms, gateway: "${gateway}" }
    - { pipeline: text-to-speech, price: 5gwei/character }
  ticketEv: 8gwei
  maxFaceValue: 0.01eth
  autoAdjustPrice: false
gateway:
  maxPrice: 2000wei/pixel
  capabilities:
    - { pipeline: audio-to-text, price: 3.50USD/hour }
    - { pipeline: text-to-speech, price: 5gwei/character }
  maxTicketEv: 3000gwei
  maxTotalEv: 20000gwei
  depositMultiplier: 1
`

  it("writes go-livepeer's JSON files", () => {
    assert.equal(
      exported(whole, 'pricePerGateway').json,
      `{"gateways":[{"ethaddress":"${gateway}","priceperunit":0.5,"currency":"USD","pixelsperunit":1000000000000}]}`,
    )
    assert.equal(
      exported(whole, 'maxPricePerCapability').json,
      '{"capabilities_prices":[{"pipeline":"audio-to-text","model_id":"default","price_per_unit":3.5,"pixels_per_unit":3600000,"currency":"USD"},{"pipeline":"text-to-speech","model_id":"default","price_per_unit":5000000000,"pixels_per_unit":1,"currency":"wei"}]}',
    )
    assert.equal(
      exported(whole, 'aiModels').json,
      `[{"pipeline":"text-to-image","model_id":"stabilityai/sd-turbo","price_per_unit":4768371,"pixels_per_unit":1,"currency":"wei"},{"pipeline":"audio-to-text","model_id":"default","gateway":"${gateway}","price_per_unit":1500000000,"pixels_per_unit":1,"currency":"wei"},{"pipeline":"text-to-speech","model_id":"default","price_per_unit":5000000000,"pixels_per_unit":1000,"currency":"wei"}]`,
    )
  })

  it('writes the flags of each node, quoted for a shell', () => {
    const { flags, left } = exported(whole, 'flags')
    assert.deepEqual(
      flags.map(({ node }) => node),
      ['orchestrator', 'gateway'],
    )
    const [orchestrator, limits] = flags.map((each) => each.flags)
    assert.deepEqual(
      orchestrator?.filter((flag) => !flag.startsWith('-aiModels')),
      [
        '-pricePerUnit 0.41USD',
        '-pixelsPerUnit 1000000000000',
        `-pricePerGateway '{"gateways":[{"ethaddress":"${gateway}","priceperunit":0.5,"currency":"USD","pixelsperunit":1000000000000}]}'`,
        '-ticketEV 8000000000',
        '-maxFaceValue 10000000000000000',
        '-autoAdjustPrice=false',
      ],
    )
    assert.deepEqual(
      limits?.filter((flag) => !flag.startsWith('-maxPricePerCapability')),
      [
        '-maxPricePerUnit 2000wei',
        '-pixelsPerUnit 1',
        '-maxTicketEV 3000000000000',
        '-maxTotalEV 20000000000000',
        '-depositMultiplier 1',
      ],
    )
    assert.equal(left.length, 1)
  })

  it('writes prices as the pattern of the flags takes them', () => {
    const pattern = /^-pricePerUnit (\d+(\.\d+)?)([A-z][A-z0-9]*)?$/
    for (const price of ['1200wei/pixel', '0.001gwei/pixel', '0.41 usd / 1e12pixels', '1ETH/1e15pixels']) {
      const [node] = exported(`orchestrator: {transcoding: "${price}"}`, 'flags').flags
      assert.match(node?.flags[0] ?? '', pattern)
    }
  })

  it('names what cannot be said', () => {
    const text = 'orchestrator:\n  transcoding: 3.50USD/hour\n  ticketEv: 8gwei'
    assert.deepEqual(exported(text, 'flags').left, [
      'orchestrator.transcoding: transcoding is not billed by the second',
    ])
    for (const format of exportFormats) {
      assert.throws(() => exported('', format), { code: 'NOTHING_TO_EXPORT' })
    }
  })

  it('keeps every digit, and passes the lint of what it has written', () => {
    const amount = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 25n }), fc.stringMatching(/^\d{0,20}[1-9]$/))
    fc.assert(
      fc.property(amount, ([units, decimals]) => {
        const text = `orchestrator:\n  gateways:\n    "${gateway}": ${String(units)}.${decimals}USD/1e30pixels`
        const { json } = exported(text, 'pricePerGateway')
        assert.ok(json?.includes(`"priceperunit":${String(units)}.${decimals},`))
        assert.equal(lintNodeJson(json ?? '', 'x.json').errors, 0)
      }),
    )
  })
})
