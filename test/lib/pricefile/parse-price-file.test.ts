import assert from 'node:assert/strict'

import { ConfigurationError } from '../../../src/lib/errors.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { formatPrice } from '../../../src/lib/pricing/price.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const whole = `# prices
orchestrator:
  transcoding: 1200wei/pixel # as most
  gateways:
    "${gateway}": 0.41USD/1e12pixels
  capabilities:
    - pipeline: text-to-image
      model: stabilityai/sd-turbo
      price: 4768371wei/pixel
    - pipeline: text-to-image
      price: 1wei/pixel
      gateway: ${gateway.toLowerCase()}
  ticketEv: 8gwei
  maxFaceValue: 0.01eth
  autoAdjustPrice: false
gateway:
  maxPrice: 2000wei/pixel
  capabilities:
    - { pipeline: audio-to-text, price: 1.5gwei/ms }
  maxTicketEv: 3000gwei
  maxTotalEv: 20000gwei
  depositMultiplier: 1
`

describe('parsePriceFile', () => {
  const parse = (text: string) => parsePriceFile(text, 'prices.yaml')

  function refuse(text: string, message: string, nextStep = 'see docs/pricing.md for an example'): void {
    assert.throws(
      () => parse(text),
      (error: unknown) => {
        assert.ok(error instanceof ConfigurationError)
        assert.equal(error.code, 'PRICE_FILE_INVALID')
        assert.equal(error.message, `prices.yaml is not a valid price file: ${message}`)
        assert.deepEqual(error.nextSteps, [nextStep])
        const [, line, column] = / at line (\d+), column (\d+)$/.exec(message) ?? []
        assert.deepEqual(error.details, { file: 'prices.yaml', line: Number(line), column: Number(column) })
        return true
      },
    )
  }

  it('reads prices and limits', () => {
    const { orchestrator, gateway: limits } = parse(whole).prices
    assert.ok(orchestrator?.transcoding && limits?.maxPrice)
    assert.equal(formatPrice(orchestrator.transcoding), '1200wei/pixel')
    assert.deepEqual(
      [...orchestrator.gateways].map(([address, price]) => [address, formatPrice(price)]),
      [[gateway, '0.41USD/1e12pixels']],
    )
    assert.deepEqual(
      orchestrator.capabilities.map(({ price, ...others }) => ({ ...others, price: formatPrice(price) })),
      [
        { pipeline: 'text-to-image', model: 'stabilityai/sd-turbo', price: '4768371wei/pixel' },
        { pipeline: 'text-to-image', model: 'default', price: '1wei/pixel', gateway },
      ],
    )
    assert.equal(orchestrator.ticketEvWei, 8_000_000_000n)
    assert.equal(orchestrator.maxFaceValueWei, 10n ** 16n)
    assert.equal(orchestrator.autoAdjustPrice, false)
    assert.equal(formatPrice(limits.maxPrice), '2000wei/pixel')
    assert.equal(limits.capabilities[0]?.pipeline, 'audio-to-text')
    assert.deepEqual(
      [limits.maxTicketEvWei, limits.maxTotalEvWei, limits.depositMultiplier],
      [3_000_000_000_000n, 20_000_000_000_000n, 1n],
    )
  })

  it('takes a file, and a section, with nothing in it', () => {
    for (const text of ['', '# later\n', '{}']) assert.deepEqual(parse(text).prices, {})
    assert.deepEqual(parse('orchestrator:\ngateway: {}').prices, {
      orchestrator: { gateways: new Map(), capabilities: [] },
      gateway: { capabilities: [] },
    })
    assert.deepEqual(parse('orchestrator:\n  gateways:\n  capabilities: # none\n').prices, {
      orchestrator: { gateways: new Map(), capabilities: [] },
    })
  })

  it('keeps a zero, which some limits have a meaning for', () => {
    assert.equal(parse('orchestrator: {maxFaceValue: 0}').prices.orchestrator?.maxFaceValueWei, 0n)
    assert.equal(parse('gateway: {depositMultiplier: 0}').prices.gateway?.depositMultiplier, 0n)
  })

  it('knows where everything stands', () => {
    const { placeOf } = parse(whole)
    assert.deepEqual(placeOf('orchestrator.transcoding'), { line: 3, column: 16 })
    assert.deepEqual(placeOf(`orchestrator.gateways.${gateway}`), { line: 5, column: 51 })
    assert.deepEqual(placeOf('orchestrator.capabilities[1].gateway'), { line: 12, column: 16 })
    assert.deepEqual(placeOf('gateway.capabilities[0].price'), { line: 19, column: 41 })
    assert.deepEqual(placeOf('gateway.depositMultiplier'), { line: 22, column: 22 })
  })

  it('points at what should hold what is not there', () => {
    const { placeOf } = parse(whole)
    assert.deepEqual(placeOf('gateway.capabilities[0].model'), placeOf('gateway.capabilities[0]'))
    assert.deepEqual(placeOf('gateway.capabilities[7].price'), placeOf('gateway.capabilities'))
    assert.deepEqual(placeOf('gateway.x.y'), placeOf('gateway'))
    assert.deepEqual(placeOf('x'), { line: 1, column: 1 })
  })

  it('names an unknown name, its place and what was probably meant', () => {
    refuse(
      'orchestrater:',
      'a price file has no "orchestrater" at line 1, column 1',
      'did you mean orchestrator?',
    )
    refuse(
      'orchestrator:\n  ticketEV: 8gwei',
      'orchestrator has no "ticketEV" at line 2, column 3',
      'did you mean ticketEv?',
    )
    refuse(
      'gateway:\n  zzz: 1',
      'gateway has no "zzz" at line 2, column 3',
      'it may have maxPrice, capabilities, maxTicketEv, maxTotalEv, depositMultiplier',
    )
    refuse(
      'gateway:\n  capabilities: [{pipeline: llm, price: 1wei/token, gateway: x}]',
      'gateway.capabilities[0] has no "gateway" at line 2, column 53',
      'it may have pipeline, model, price',
    )
    refuse(
      '__proto__: {}',
      'a price file has no "__proto__" at line 1, column 1',
      'it may have orchestrator, gateway',
    )
    refuse(
      '"\\u001b[31m\\u202e": 1',
      'a price file has no "" at line 1, column 1',
      'it may have orchestrator, gateway',
    )
  })

  const prices = 'write prices like 1200wei/pixel, 0.41USD/1e12pixels or 3.50USD/hour'
  for (const [price, why] of [
    ['1e12wei', '"1e12wei" is not a price: exponents are not taken in an amount'],
    ['-1USD/hour', '"-1USD/hour" is not a price: it must be more than zero'],
    ['0', '"0" is not a price: say in which currency, as in 1200wei/pixel'],
    ['0wei/pixel', '"0wei/pixel" is not a price: it must be more than zero'],
    ['1,5wei/pixel', '"1,5wei/pixel" is not a price: write decimals with a point'],
    ['NaN', '"NaN" is not a price: write an amount, a currency and what it is for'],
    ['100', '"100" is not a price: say in which currency, as in 1200wei/pixel'],
    ['100wei', '"100wei" is not a price: say what it is for, as in 1200wei/pixel'],
    ['', '"" is not a price: it is empty'],
  ] as const) {
    it(`refuses the price "${price}"`, () => {
      refuse(`gateway:\n  maxPrice: "${price}"`, `gateway.maxPrice: ${why} at line 2, column 13`, prices)
    })
  }

  it('refuses amounts without a unit, and values of another kind', () => {
    refuse(
      'orchestrator:\n  ticketEv: 8',
      'orchestrator.ticketEv: "8" has no unit at line 2, column 13',
      'write 8gwei, 0.01eth or 1000wei',
    )
    refuse(
      'orchestrator:\n  autoAdjustPrice: yes',
      'orchestrator.autoAdjustPrice: it is neither true nor false at line 2, column 20',
    )
    refuse(
      'gateway:\n  depositMultiplier: 1.5',
      'gateway.depositMultiplier: it is not a whole number at line 2, column 22',
    )
    refuse(
      'gateway:\n  maxPrice: [1wei/pixel]',
      'gateway.maxPrice: it must be a plain text or number at line 2, column 13',
    )
    refuse('gateway: 1', 'gateway must be a map at line 1, column 10')
    refuse('[]', 'it must be a map at line 1, column 1')
    refuse('gateway:\n  capabilities: {}', 'gateway.capabilities must be a list at line 2, column 17')
    refuse('gateway:\n  capabilities:\n    - x', 'gateway.capabilities[0] must be a map at line 3, column 7')
    refuse(
      'orchestrator:\n  gateways:\n    0x1: 1wei/pixel',
      'orchestrator.gateways: "0x1" is not an address: write 0x and 40 hex digits at line 3, column 5',
    )
    refuse(
      'gateway:\n  capabilities: [{pipeline: Text To Image, price: 1wei/pixel}]',
      'gateway.capabilities[0].pipeline: it is not the name of a pipeline at line 2, column 29',
      'write it as go-livepeer does: text-to-image',
    )
    refuse(
      'gateway:\n  capabilities: [{pipeline: llm, model: a b, price: 1wei/token}]',
      'gateway.capabilities[0].model: it is not the name of a model at line 2, column 41',
      'write it as the network does: stabilityai/sd-turbo',
    )
  })

  it('refuses a capability without a pipeline or a price', () => {
    refuse(
      'gateway:\n  capabilities:\n    - price: 1wei/pixel',
      'gateway.capabilities[0] has no pipeline at line 3, column 7',
      'say which, as in pipeline: text-to-image',
    )
    refuse(
      'gateway:\n  capabilities:\n    - pipeline: llm',
      'gateway.capabilities[0] has no price at line 3, column 7',
      'say it, as in price: 4768371wei/pixel',
    )
  })

  it('refuses the same twice, in whatever spelling', () => {
    refuse('gateway: {}\ngateway: {}', 'Map keys must be unique at line 2, column 1')
    refuse(
      `orchestrator:\n  gateways:\n    ${gateway}: 1wei/pixel\n    ${gateway.toLowerCase()}: 2wei/pixel`,
      `orchestrator.gateways: ${gateway} is there twice at line 4, column 5`,
    )
    const capability = '    - { pipeline: llm, model: default, price: 1wei/token }\n'
    refuse(
      `gateway:\n  capabilities:\n${capability}    - { pipeline: llm, price: 2wei/token }\n`,
      'gateway.capabilities[1] is a second price of llm default at line 4, column 7',
    )
  })

  it('refuses aliases, of which bombs are made', () => {
    refuse('a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', 'aliases are not taken at line 1, column 7')
    refuse(`orchestrator: ${'['.repeat(50_000)}`, 'it is nested too deeply at line 1, column 1')
  })
})
