import assert from 'node:assert/strict'

import type { Fault } from '../../helpers/fault-proxy.ts'
import { ask, chainId, useTwoProxies } from './bare-anvil.ts'
import { errorOf, usePools } from './pools.ts'
import { refusingUrl, startScriptedServer } from './scripted-server.ts'

describe('failover', () => {
  const stage = useTwoProxies()
  const pool = usePools()
  const both = () => [stage.a.url, stage.b.url]
  const chainIdHex = `0x${chainId.toString(16)}`
  const error = (code: number, message: string): Fault => ({ kind: 'jsonRpcError', code, message })
  const faults: readonly (readonly [fault: Fault, cause: string])[] = [
    [{ kind: 'status', status: 429 }, 'HTTP 429'],
    [{ kind: 'status', status: 500 }, 'HTTP 500'],
    [{ kind: 'status', status: 502 }, 'HTTP 502'],
    [{ kind: 'status', status: 401, body: '{"error":{"message":"no key"}}' }, 'HTTP 401: no key'],
    [{ kind: 'status', status: 403 }, 'HTTP 403'],
    [{ kind: 'status', status: 404 }, 'HTTP 404'],
    [{ kind: 'hang' }, 'no answer within 1 s'],
    [{ kind: 'reset' }, 'connection reset'],
    [{ kind: 'reset', when: 'after' }, 'connection reset'],
    [{ kind: 'dropReply' }, 'connection reset'],
    [{ kind: 'truncate' }, 'the answer broke off'],
    [{ kind: 'html' }, 'an HTML page instead of JSON'],
    [error(-32005, 'limit exceeded'), 'limit exceeded (-32005)'],
    [error(429, 'slow down'), 'slow down (429)'],
    [error(-32603, 'internal error'), 'internal error (-32603)'],
    [error(-32000, 'header not found'), 'header not found (-32000)'],
    [error(-32000, 'missing trie node ab'), 'missing trie node ab (-32000)'],
  ]
  for (const [fault, cause] of faults) {
    const name = JSON.stringify(fault)
    it(`goes on to the next endpoint: ${name}`, async () => {
      stage.a.inject({ method: 'eth_blockNumber', do: fault })
      const rpc = pool(both(), { timeoutMs: fault.kind === 'hang' ? 1000 : 10_000 })
      const answers = await Promise.all([rpc.request('eth_blockNumber'), rpc.request('eth_chainId')])
      assert.deepEqual(answers, ['0x0', chainIdHex])
      assert.deepEqual(rpc.failovers, [`${stage.a.url}: ${cause}`])
      assert.deepEqual(rpc.pausesMs, [])
      assert.equal(rpc.roundTrips, 2)
    })

    it(`gives up after three turns, or one where it is pointless: ${name}`, async () => {
      stage.a.inject({ method: 'eth_blockNumber', do: fault })
      const rpc = pool([stage.a.url], { timeoutMs: fault.kind === 'hang' ? 1000 : 10_000 })
      const failure = await errorOf(rpc.request('eth_blockNumber'))
      assert.equal(failure.code, 'RPC_UNAVAILABLE')
      assert.equal(failure.exitCode, 9)
      assert.equal(failure.message, `no RPC of testnet gave a usable answer (${stage.a.url}: ${cause})`)
      assert.deepEqual(failure.details, { network: 'testnet', endpoints: [{ origin: stage.a.url, cause }] })
      assert.deepEqual(failure.nextSteps, ['check --rpc-url, or pass another'])
      const isLasting = /HTTP 40[134]/.test(cause)
      assert.deepEqual(rpc.pausesMs, isLasting ? [] : [250, 1000])
      assert.equal(stage.a.count('eth_blockNumber'), isLasting ? 1 : 3)
    })
  }

  it('goes on from an endpoint that refuses connections', async () => {
    const dead = await refusingUrl()
    const rpc = pool([dead, stage.b.url])
    assert.equal(await rpc.request('eth_blockNumber'), '0x0')
    assert.deepEqual(rpc.failovers, [`${dead}: connection refused`])
  })

  it('names every endpoint and its cause', async () => {
    const dead = await refusingUrl()
    stage.a.inject({ do: { kind: 'status', status: 401 } })
    const rpc = pool([dead, stage.a.url])
    const failure = await errorOf(rpc.request('eth_blockNumber'))
    assert.equal(
      failure.message,
      `no RPC of testnet gave a usable answer (${dead}: connection refused; ${stage.a.url}: HTTP 401)`,
    )
    assert.equal(stage.a.requests.length, 3)
  })

  it('stays with the endpoint that answered last', async () => {
    stage.a.inject({ times: 1, do: { kind: 'status', status: 503 } })
    const rpc = pool(both())
    await rpc.request('eth_blockNumber')
    await rpc.request('eth_blockNumber')
    assert.equal(stage.a.requests.length, 1)
    stage.b.inject({ do: { kind: 'status', status: 503 } })
    await rpc.request('eth_blockNumber')
    await rpc.request('eth_blockNumber')
    assert.equal(stage.a.requests.length, 3)
    assert.equal(stage.b.requests.length, 3)
  })

  it('recovers in a later turn', async () => {
    stage.a.inject({ times: 2, do: { kind: 'status', status: 503 } })
    const rpc = pool([stage.a.url])
    assert.equal(await rpc.request('eth_blockNumber'), '0x0')
    assert.deepEqual(rpc.pausesMs, [250, 1000])
  })

  it('waits as long as Retry-After says, up to 2 s, when no other endpoint is left', async () => {
    stage.a.inject({ times: 1, do: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } })
    const rpc = pool([stage.a.url])
    assert.equal(await rpc.request('eth_blockNumber'), '0x0')
    assert.deepEqual(rpc.pausesMs, [1000])
    stage.a.inject({ times: 1, do: { kind: 'status', status: 429, headers: { 'retry-after': '60' } } })
    await rpc.request('eth_blockNumber')
    assert.deepEqual(rpc.pausesMs, [1000, 2000])
    stage.a.inject({ do: { kind: 'status', status: 429, headers: { 'retry-after': '60' } } })
    const two = pool(both())
    await two.request('eth_blockNumber')
    assert.deepEqual(two.pausesMs, [])
  })

  it('never mixes the answers of two endpoints', async () => {
    stage.a.inject({ do: { kind: 'lag', blocks: 1 } })
    stage.a.inject({ method: 'eth_gasPrice', do: { kind: 'jsonRpcError', code: -32005, message: 'no' } })
    await ask(stage.anvil.url, 'anvil_mine', ['0x2'])
    const head = (await ask(stage.anvil.url, 'eth_blockNumber')) as string
    const rpc = pool(both())
    const [block] = await Promise.all([rpc.request('eth_blockNumber'), rpc.request('eth_gasPrice')])
    assert.equal(block, head)
  })

  it('gives the answers there are when one request is answered nowhere', async () => {
    for (const proxy of [stage.a, stage.b]) {
      proxy.inject({ method: 'eth_gasPrice', do: { kind: 'jsonRpcError', code: -32005, message: 'no' } })
    }
    const rpc = pool(both())
    const price = errorOf(rpc.request('eth_gasPrice'))
    assert.equal(await rpc.request('eth_chainId'), chainIdHex)
    assert.equal((await price).code, 'RPC_UNAVAILABLE')
  })

  for (const [name, body] of [
    ['missing ids', '[]'],
    ['null', 'null'],
    ['an empty body', ''],
  ] as const) {
    it(`goes on from ${name}`, async () => {
      const odd = await startScriptedServer((response) => response.end(body))
      try {
        const rpc = pool([odd.url, stage.b.url])
        assert.equal(await rpc.request('eth_chainId'), chainIdHex)
        assert.equal(rpc.failovers.length, 1)
      } finally {
        await odd.stop()
      }
    })
  }
})
