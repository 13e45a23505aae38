import assert from 'node:assert/strict'

import { formatGoRational, parseGoRational } from './go-rational.ts'
import { useNodeServer } from './node-server.ts'

describe('the stand-in for a node', () => {
  const nodes = useNodeServer()

  async function post(url: string, path: string, body: string, type = 'application/x-www-form-urlencoded') {
    const response = await fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': type } })
    return [response.status, await response.text()]
  }

  async function get(url: string, path: string) {
    const response = await fetch(`${url}${path}`)
    return [response.status, await response.text()]
  }

  it('takes forms only: a JSON body is no form', async () => {
    const { url, memory } = await nodes.start()
    const body = '{"maxPricePerUnit":"1","pixelsPerUnit":"1"}'
    assert.deepEqual(await post(url, '/setBroadcastConfig', body, 'application/json'), [
      400,
      'missing form params (maxPricePerUnit AND pixelsPerUnit) or transcodingOptions\n',
    ])
    assert.deepEqual(await post(url, '/setMaxPriceForCapability', body, 'application/json'), [
      400,
      'missing form param: maxPricePerUnit\n',
    ])
    assert.equal(memory.maxPrice, undefined)
  })

  it('says its texts as go-livepeer does', async () => {
    const gateway = await nodes.start()
    const orchestrator = await nodes.start({ kind: 'orchestrator' })
    const price = 'pricePerUnit=0&pixelsPerUnit=1&broadcasterEthAddr=default'
    const limit = 'maxPricePerUnit=0&pixelsPerUnit=1&currency=wei&pipeline=llm&modelID=default'
    const table = [
      [
        gateway,
        '/setPriceForBroadcaster',
        price,
        'Node must be orchestrator node to set price for broadcaster\n',
      ],
      [gateway, '/setMaxFaceValue', 'maxfacevalue=1', 'node must be orchestrator node to set maxfacevalue\n'],
      [gateway, '/setMaxPriceForCapability', limit, 'pricePerPixel needs to be > 0: 0.000\n'],
      [gateway, '/setMaxPriceForCapability', limit.replace('llm', 'lllm'), 'pipeline not supported\n'],
      [
        orchestrator,
        '/setMaxPriceForCapability',
        limit,
        'Node must be gateway node to set max price per capability\n',
      ],
      [
        gateway,
        '/setBroadcastConfig',
        'maxPricePerUnit=1&pixelsPerUnit=1&currency=USD',
        'error converting price: PriceFeedWatcher is not initialized\n',
      ],
      [
        gateway,
        '/setBroadcastConfig',
        'maxPricePerUnit=x&pixelsPerUnit=1',
        'Error parsing pricePerUnit value: x\n',
      ],
    ] as const
    for (const [{ url }, path, body, text] of table) {
      assert.deepEqual(await post(url, path, body), [400, text])
    }
    assert.deepEqual(await post(orchestrator.url, '/setMaxFaceValue', 'maxfacevalue=7'), [
      200,
      'ticket max face value set',
    ])
    assert.deepEqual(await post(orchestrator.url, '/setPriceForBroadcaster', price), [
      200,
      'Price per pixel set to 0 wei for 1 pixels for broadcaster default\n',
    ])
  })

  it('has no method check, and answers what it does not know as Go does', async () => {
    const { url, memory } = await nodes.start()
    assert.deepEqual(await get(url, '/setBroadcastConfig?maxPricePerUnit=1e3&pixelsPerUnit=1/2'), [200, ''])
    assert.deepEqual(memory.maxPrice, { numerator: 2000n, denominator: 1n })
    assert.deepEqual(await get(url, '/getBroadcastConfig'), [
      200,
      '{"MaxPrice":"2000","TranscodingOptions":"P240p30fps16x9,P360p30fps16x9"}',
    ])
    assert.deepEqual(await get(url, '/nothing'), [404, '404 page not found\n'])
  })

  it('keeps the oddities: bare numbers, raw bytes, empty texts, an error before a success', async () => {
    const { url } = await nodes.start({ gasPriceError: 'no' })
    const block = await fetch(`${url}/currentBlock`)
    assert.equal(Buffer.from(await block.arrayBuffer()).toString('hex'), '157a8f3c')
    assert.match(String((await get(url, '/senderInfo'))[1]), /"Deposit":100000000000000000001,/)
    assert.deepEqual(await get(url, '/maxGasPrice'), [200, ''])
    assert.deepEqual(await post(url, '/setMaxGasPrice', 'amount=1'), [500, 'no\n'])
  })

  it('has no ETH client off the chain', async () => {
    const { url } = await nodes.start({ kind: 'orchestrator', onChain: false })
    for (const path of ['/ethAddr', '/senderInfo', '/setOrchestratorConfig']) {
      assert.deepEqual(await get(url, path), [500, 'missing ETH client\n'])
    }
  })

  it('forgets at a restart what was set, and falls back to its flags', async () => {
    const node = await nodes.start({ kind: 'orchestrator', prices: { default: '1200' } })
    await post(node.url, '/setOrchestratorConfig', 'pricePerUnit=0.41&pixelsPerUnit=1&currency=ETH')
    assert.equal(node.memory.prices.get('default')?.numerator, 41n * 10n ** 16n)
    await node.restart()
    assert.equal(node.memory.prices.get('default')?.numerator, 1200n)
  })

  it('reads and writes fractions as Go does', () => {
    for (const [text, read] of [
      ['5', '5'],
      ['-0.5', '-1/2'],
      ['1e12', '1000000000000'],
      ['25e-1', '5/2'],
      ['4/6', '2/3'],
      ['.5', '1/2'],
    ] as const) {
      const value = parseGoRational(text)
      assert.equal(value && formatGoRational(value), read)
    }
    for (const text of ['', 'x', '1/0', '1,5', '0x', '.']) assert.equal(parseGoRational(text), undefined)
  })
})
