import assert from 'node:assert/strict'

import { RpcResponseError } from '../../../src/lib/chain/rpc.ts'
import { ask, chainId, controller, startBareAnvil, useTwoProxies } from './bare-anvil.ts'
import { errorOf, usePools } from './pools.ts'

describe('RPC pool', () => {
  const stage = useTwoProxies()
  const pool = usePools()
  const both = () => [stage.a.url, stage.b.url]
  const chainIdHex = `0x${chainId.toString(16)}`
  const identity = ['eth_chainId', 'eth_getCode']
  const methodsAt = (proxy: typeof stage.a) =>
    proxy.requests.map(({ calls }) => calls.map(({ method }) => method))

  describe('coalescing', () => {
    it('sends the requests of one turn in one HTTP request, with the proof of identity the first time', async () => {
      const rpc = pool([stage.a.url])
      const answers = await Promise.all([
        rpc.request('eth_chainId'),
        rpc.request('eth_getBalance', [controller, 'latest']),
        Promise.resolve().then(() => rpc.request('eth_blockNumber')),
      ])
      assert.deepEqual(answers, [chainIdHex, '0x0', '0x0'])
      assert.equal(rpc.roundTrips, 1)
      await Promise.all([rpc.request('eth_blockNumber'), rpc.request('eth_gasPrice')])
      await rpc.request('eth_blockNumber')
      assert.equal(rpc.roundTrips, 3)
      assert.deepEqual(methodsAt(stage.a), [
        [...identity, 'eth_chainId', 'eth_getBalance', 'eth_blockNumber'],
        ['eth_blockNumber', 'eth_gasPrice'],
        ['eth_blockNumber'],
      ])
    })

    it('splits what is too much for one HTTP request', async () => {
      const rpc = pool([stage.a.url])
      const answers = await Promise.all(Array.from({ length: 120 }, () => rpc.request('eth_chainId')))
      assert(answers.every((answer) => answer === chainIdHex))
      assert.equal(rpc.roundTrips, 3)
      assert(stage.a.requests.every(({ calls }) => calls.length <= 50))
    })

    it('keeps what cannot be serialised from failing its neighbours', async () => {
      const rpc = pool([stage.a.url])
      const good = rpc.request('eth_chainId')
      await assert.rejects(rpc.request('eth_call', [1n]), TypeError)
      assert.equal(await good, chainIdHex)
    })

    it('connects to nothing before it is asked', () => {
      assert.equal(pool([stage.a.url]).roundTrips, 0)
      assert.equal(stage.a.requests.length, 0)
    })

    for (const how of ['object', 'items', 400, 405, 413] as const) {
      it(`asks singly where batches are refused: ${how}`, async () => {
        stage.a.inject({ do: { kind: 'rejectBatches', how } })
        const rpc = pool([stage.a.url])
        assert.deepEqual(await Promise.all([rpc.request('eth_chainId'), rpc.request('eth_blockNumber')]), [
          chainIdHex,
          '0x0',
        ])
        assert.equal(rpc.roundTrips, 5)
        await Promise.all([rpc.request('eth_chainId'), rpc.request('eth_blockNumber')])
        assert.equal(rpc.roundTrips, 7)
        assert.deepEqual(rpc.failovers, [])
      })
    }
  })

  describe('identity', () => {
    it('refuses a node of another chain', async () => {
      const other = await startBareAnvil(1)
      try {
        const rpc = pool([other.url, stage.b.url])
        const error = await errorOf(rpc.request('eth_blockNumber'))
        assert.equal(error.code, 'RPC_WRONG_CHAIN')
        assert.equal(error.exitCode, 4)
        assert.equal(error.message, `the RPC ${other.url} is on chain 1, but testnet is chain ${chainId}`)
        assert.deepEqual(error.details, { origin: other.url, expectedChainId: chainId, actualChainId: 1n })
        assert.equal(stage.b.requests.length, 0)
      } finally {
        await other.stop()
      }
    })

    it('refuses another chain when failing over to it, and every time', async () => {
      stage.b.inject({ do: { kind: 'wrongChainId', chainId: 10 } })
      const rpc = pool(both())
      await rpc.request('eth_blockNumber')
      stage.a.inject({ do: { kind: 'reset' } })
      assert.equal((await errorOf(rpc.request('eth_blockNumber'))).code, 'RPC_WRONG_CHAIN')
      assert.equal((await errorOf(rpc.request('eth_blockNumber'))).code, 'RPC_WRONG_CHAIN')
      stage.a.clear()
      assert.equal(await rpc.request('eth_blockNumber'), '0x0')
    })

    it('refuses another chain where batches are refused', async () => {
      stage.a.inject({ do: { kind: 'rejectBatches', how: 'object' } })
      stage.a.inject({ do: { kind: 'wrongChainId', chainId: 10 } })
      assert.equal((await errorOf(pool(both()).request('eth_blockNumber'))).code, 'RPC_WRONG_CHAIN')
    })

    it('refuses a chain without the Controller', async () => {
      const missing = '0x00000000000000000000000000000000000C0DE1'
      const error = await errorOf(pool([stage.a.url], { controller: missing }).request('eth_blockNumber'))
      assert.equal(error.code, 'CONTROLLER_MISSING')
      assert.equal(error.exitCode, 4)
      assert.equal(
        error.message,
        `the RPC ${stage.a.url} has no contract at ${missing}, the Controller of testnet`,
      )
    })

    it('releases nothing from a node that does not prove itself', async () => {
      stage.a.inject({ method: 'eth_getCode', do: { kind: 'replaceResult', with: () => 7 } })
      stage.a.inject({ method: 'eth_blockNumber', do: { kind: 'replaceResult', with: () => '0xbad' } })
      const rpc = pool(both())
      assert.equal(await rpc.request('eth_blockNumber'), '0x0')
      assert.deepEqual(rpc.failovers, [`${stage.a.url}: no proper answer to eth_getCode`])
    })

    it('proves every endpoint once', async () => {
      const rpc = pool(both())
      await rpc.request('eth_blockNumber')
      // Twice, as a kept connection that breaks is replaced before the endpoint is given up.
      stage.a.inject({ times: 2, do: { kind: 'reset', when: 'after' } })
      await rpc.request('eth_blockNumber')
      await rpc.request('eth_blockNumber')
      assert.deepEqual(methodsAt(stage.b), [[...identity, 'eth_blockNumber'], ['eth_blockNumber']])
    })

    it('holds back requests of later turns too until it is proven', async () => {
      stage.a.inject({ do: { kind: 'wrongChainId', chainId: 10 } })
      stage.a.inject({ times: 1, do: { kind: 'delay', ms: 30 } })
      const rpc = pool([stage.a.url])
      const early = errorOf(rpc.request('eth_blockNumber'))
      await stage.a.seen('eth_chainId')
      const late = errorOf(rpc.request('eth_blockNumber'))
      assert.equal((await late).code, 'RPC_WRONG_CHAIN')
      assert.equal((await early).code, 'RPC_WRONG_CHAIN')
    })
  })

  describe('errors another node would repeat', () => {
    it('gives a revert with its data to the caller', async () => {
      const address = '0x00000000000000000000000000000000000C0de2'
      // Reverts with the four bytes 0x01020304.
      await ask(stage.anvil.url, 'anvil_setCode', [address, '0x63010203046000526004601cfd'])
      const rpc = pool(both())
      const error = await errorOf(rpc.request('eth_call', [{ to: address }, 'latest']))
      assert(error instanceof RpcResponseError)
      assert.equal(error.rpcCode, 3)
      assert.equal(error.data, '0x01020304')
      assert.match(error.message, /^the RPC refused eth_call: execution reverted/)
      assert.equal(stage.b.requests.length, 0)
      assert.equal(rpc.roundTrips, 1)
    })

    it('gives an unknown method and wrong parameters to the caller', async () => {
      const rpc = pool(both())
      const results = await Promise.allSettled([
        rpc.request('eth_noSuchMethod'),
        rpc.request('eth_getBalance', ['nonsense']),
        rpc.request('eth_chainId'),
      ])
      const codes = results.map((result) =>
        result.status === 'fulfilled' ? result.value : (result.reason as RpcResponseError).rpcCode,
      )
      assert.deepEqual(codes, [-32601, -32602, chainIdHex])
      assert.equal(stage.b.requests.length, 0)
    })

    it('strips what is hostile from their texts', async () => {
      const message = '\u001b[2J\u001b]0;owned\u0007bad \u202etxt\nnext https://h/key'
      stage.a.inject({
        method: 'eth_call',
        do: { kind: 'jsonRpcError', code: -32000, message, data: `\u001b[1m${message}` },
      })
      const error = await errorOf(pool([stage.a.url]).request('eth_call', [{}]))
      assert(error instanceof RpcResponseError)
      assert.equal(error.message, 'the RPC refused eth_call: bad txt next https://h')
      assert.equal(error.data, 'bad txt next https://h')
    })
  })

  it('does not let a transaction be sent as if it were a read', async () => {
    const rpc = pool([stage.a.url])
    for (const method of ['eth_sendRawTransaction', 'eth_sendTransaction', 'eth_sendRawTransactionSync']) {
      await assert.rejects(rpc.request(method, ['0x']), /must go through sendRawTransaction/)
    }
    assert.equal(stage.a.requests.length, 0)
  })
})
