import assert from 'node:assert/strict'

import { isNodeJson, lintNodeJson } from '../../../../src/lib/pricefile/lint/lint-node-json.ts'
import { parseGivenRate } from '../../../../src/lib/pricing/given-rate.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('lintNodeJson', () => {
  const lint = (text: string) => lintNodeJson(text, 'x.json', { rate: parseGivenRate('2500') })
  const codes = (text: string) =>
    lint(text).findings.map(({ code, line, column }) => `${code} ${String(line)}:${String(column)}`)
  const gateways = (entry: object, key = 'gateways') => JSON.stringify({ [key]: [entry] })
  const right = { ethaddress: address, priceperunit: 0.5, currency: 'USD', pixelsperunit: 1e12 }

  it('knows the files by what they hold', () => {
    assert.equal(lint(gateways(right)).kind, 'pricePerGateway')
    assert.equal(lint('{"capabilities_prices":[]}').kind, 'maxPricePerCapability')
    assert.equal(lint('[]').kind, 'aiModels')
    assert.ok(isNodeJson('[{"pipeline":"llm"}]', 'x'))
    assert.ok(isNodeJson(' {\n "broadcasters" : []}', 'x'))
    assert.ok(isNodeJson('{}', 'x.json'))
    assert.ok(!isNodeJson('gateway: {}', 'prices.yaml'))
    assert.ok(!isNodeJson('{"gateway": {}}', 'prices.yaml'))
  })

  it('finds nothing in what is right', () => {
    assert.deepEqual(codes(gateways(right)), [])
    assert.deepEqual(
      codes(
        '{"capabilities_prices":[{"pipeline":"text-to-image","model_id":"a/b","price_per_unit":4768371,"pixels_per_unit":1,"currency":"wei"}]}',
      ),
      [],
    )
    assert.deepEqual(
      codes(
        '[{"pipeline":"text-to-image","model_id":"a/b","warm":true,"price_per_unit":4768371,"optimization_flags":{"DEEPCACHE":true}}]',
      ),
      [],
    )
    assert.deepEqual(codes(gateways({ ...right, priceperunit: '1/2' })), [])
  })

  it('names what crashes a node', () => {
    const { pixelsperunit, ...without } = right
    assert.equal(pixelsperunit, 1e12)
    assert.deepEqual(codes(gateways(without)), ['PIXELS_PER_UNIT_MISSING 1:14'])
    assert.deepEqual(codes(gateways({ ...right, pixelsperunit: 0 })), ['PIXELS_PER_UNIT_MISSING 1:14'])
  })

  it('names what is only logged there, with its place', () => {
    for (const [text, why] of [
      ['{"gateways":[', 'x.json: Flow sequence'],
      ['{"gateways":[],}', 'x.json: it is not JSON'],
      ['{gateways: []}', 'x.json: it is not JSON'],
      ['{"gateways":{}}', 'x.json: gateways must be a list at line 1, column 13'],
      ['{"gateways":[1]}', 'x.json: gateways[0] must be an object at line 1, column 14'],
      ['{"a":1}', 'x.json: it is none of the JSON files with prices'],
      ['{"gateways":[],"gateways":[]}', 'x.json: Map keys must be unique at line 1, column 16'],
    ] as const) {
      assert.throws(
        () => lint(text),
        (error: unknown) => {
          assert.ok(error instanceof Error && 'code' in error)
          assert.equal(error.code, 'NODE_JSON_INVALID')
          assert.ok(error.message.startsWith(why), error.message)
          return true
        },
        text,
      )
    }
  })

  it('names a limit without a price, which takes the number of another currency', () => {
    const text = '{"capabilities_prices":[{"pipeline":"llm","currency":"USD"}]}'
    assert.deepEqual(codes(text), ['PRICE_MISSING 1:25'])
    assert.match(lint(text).findings[0]?.message ?? '', /in the currency of this entry$/)
  })

  it('names wrong values, old and unknown names', () => {
    assert.deepEqual(codes(gateways(right, 'broadcasters')), ['KEY_OLD 1:1'])
    assert.deepEqual(codes(gateways({ ...right, price: 1 })), ['KEY_UNKNOWN 1:14'])
    assert.deepEqual(codes(gateways({ ...right, ethaddress: '0x1' })), ['ADDRESS_WRONG 1:14'])
    assert.deepEqual(codes(gateways({ ...right, priceperunit: -1 })), ['PRICE_WRONG 1:14'])
    assert.deepEqual(codes(gateways({ ...right, currency: 'gwei' })), ['CURRENCY_UNKNOWN 1:14'])
    assert.deepEqual(codes('[{"model_id":"x","price_per_unit":1}]'), ['PIPELINE_MISSING 1:2'])
  })

  it('looks for the traps of a price file too', () => {
    assert.deepEqual(codes('[{"pipeline":"llm","price_per_unit":1,"pixels_per_unit":2}]'), [
      'PRICE_FLOORED_TO_ZERO 1:2',
    ])
    assert.deepEqual(codes(gateways({ ...right, pixelsperunit: 1e6 })), ['PRICE_SUSPICIOUSLY_HIGH 1:14'])
  })
})
