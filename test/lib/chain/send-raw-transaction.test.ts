import assert from 'node:assert/strict'

import { keccak256 } from 'viem'
import type { Hex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

import type { SendOutcome } from '../../../src/lib/chain/rpc.ts'
import type { Fault } from '../../helpers/fault-proxy.ts'
import { ask, chainId, useTwoProxies } from './bare-anvil.ts'
import { errorOf, usePools } from './pools.ts'
import { refusingUrl } from './scripted-server.ts'
import { until } from '../../helpers/until.ts'

describe('sending signed bytes', () => {
  const stage = useTwoProxies()
  const pool = usePools()
  const both = () => [stage.a.url, stage.b.url]
  const method = 'eth_sendRawTransaction'

  async function sign(
    changes: { nonce?: number; gas?: bigint; maxFeePerGas?: bigint; value?: bigint } = {},
  ): Promise<Hex> {
    const account = privateKeyToAccount(generatePrivateKey())
    await ask(stage.anvil.url, 'anvil_setBalance', [account.address, '0xde0b6b3a7640000'])
    return account.signTransaction({
      chainId,
      nonce: 0,
      gas: 21_000n,
      maxFeePerGas: 10_000_000_000n,
      maxPriorityFeePerGas: 0n,
      to: account.address,
      ...changes,
    })
  }

  const sent = () => stage.a.count(method) + stage.b.count(method)
  const receiptOf = (signed: Hex) => ask(stage.anvil.url, 'eth_getTransactionReceipt', [keccak256(signed)])

  /** anvil answers a moment before it mines. */
  async function assertMined(signed: Hex): Promise<void> {
    await until(async () => (await receiptOf(signed)) !== null, 1)
  }

  function assertRefused(outcome: SendOutcome, reason: string): void {
    assert.equal(outcome.kind === 'refused' ? outcome.reason : JSON.stringify(outcome), reason)
  }

  it('identifies the endpoint first, in a request of its own, and sends once', async () => {
    const rpc = pool(both())
    const signed = await sign()
    assert.deepEqual(await rpc.sendRawTransaction(signed), { kind: 'accepted' })
    assert.deepEqual(
      stage.a.requests.map(({ calls, isBatch }) => [isBatch, ...calls.map((call) => call.method)]),
      [
        [true, 'eth_chainId', 'eth_getCode'],
        [false, method],
      ],
    )
    assert.equal(rpc.roundTrips, 2)
    await assertMined(signed)
    await rpc.sendRawTransaction(await sign())
    assert.equal(rpc.roundTrips, 3)
    assert.equal(stage.b.requests.length, 0)
  })

  it('sends to the endpoint that answered last', async () => {
    stage.a.inject({ times: 1, do: { kind: 'status', status: 503 } })
    const rpc = pool(both())
    await rpc.request('eth_blockNumber')
    assert.equal((await rpc.sendRawTransaction(await sign())).kind, 'accepted')
    assert.deepEqual([stage.a.count(method), stage.b.count(method)], [0, 1])
  })

  it('refuses to send to another chain', async () => {
    stage.a.inject({ do: { kind: 'wrongChainId', chainId: 1 } })
    assert.equal((await errorOf(pool(both()).sendRawTransaction(await sign()))).code, 'RPC_WRONG_CHAIN')
    assert.equal(sent(), 0)
  })

  describe('refused by a real node', () => {
    const send = async (signed: Hex) => pool([stage.a.url]).sendRawTransaction(signed)

    it('nonce too low', async () => {
      const signed = await sign()
      await send(signed)
      await assertMined(signed)
      assertRefused(await send(signed), 'nonceTooLow')
    })

    it('already known', async () => {
      await ask(stage.anvil.url, 'evm_setAutomine', [false])
      try {
        const signed = await sign()
        await send(signed)
        assertRefused(await send(signed), 'alreadyKnown')
      } finally {
        await ask(stage.anvil.url, 'evm_setAutomine', [true])
      }
    })

    it('replacement underpriced', async () => {
      const account = privateKeyToAccount(generatePrivateKey())
      await ask(stage.anvil.url, 'anvil_setBalance', [account.address, '0xde0b6b3a7640000'])
      const common = {
        chainId,
        nonce: 0,
        gas: 21_000n,
        maxPriorityFeePerGas: 0n,
        maxFeePerGas: 10_000_000_000n,
      }
      await ask(stage.anvil.url, 'evm_setAutomine', [false])
      try {
        await send(await account.signTransaction({ ...common, to: account.address }))
        const other = await account.signTransaction({ ...common, to: account.address, value: 1n })
        const outcome = await send(other)
        assert.deepEqual(outcome, {
          kind: 'refused',
          reason: 'underpriced',
          message: `${stage.a.url}: replacement transaction underpriced (-32003)`,
        })
      } finally {
        await ask(stage.anvil.url, 'evm_setAutomine', [true])
      }
    })

    it('less than the base fee', async () =>
      assertRefused(await send(await sign({ maxFeePerGas: 1n })), 'underpriced'))
    it('more than the balance', async () => {
      assertRefused(await send(await sign({ value: 10n ** 20n })), 'insufficientFunds')
    })
    it('too little gas', async () => assertRefused(await send(await sign({ gas: 20_000n })), 'other'))
    it('no transaction at all', async () => assertRefused(await send('0x1234'), 'other'))
  })

  it('keeps in the pool what has a nonce ahead of its time', async () => {
    assert.equal((await pool([stage.a.url]).sendRawTransaction(await sign({ nonce: 5 }))).kind, 'accepted')
  })

  describe('refused in the words of other nodes', () => {
    for (const [message, reason] of [
      ['nonce too high: address 0x00, tx: 9 state: 2', 'nonceTooHigh'],
      ['max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 2', 'underpriced'],
      ['OldNonce, Current nonce: 5', 'nonceTooLow'],
      ['txpool is full', 'other'],
    ] as const) {
      it(message, async () => {
        stage.a.inject({ method, do: { kind: 'jsonRpcError', code: -32000, message } })
        const outcome = await pool(both()).sendRawTransaction(await sign())
        assert.deepEqual(outcome, { kind: 'refused', reason, message: `${stage.a.url}: ${message} (-32000)` })
        assert.equal(sent(), 1)
      })
    }
  })

  describe('unclear, and sent exactly once', () => {
    const error = (code: number, message: string): Fault => ({ kind: 'jsonRpcError', code, message })
    const faults: readonly (readonly [fault: Fault, cause: string])[] = [
      [{ kind: 'hang' }, 'no answer within 1 s'],
      [{ kind: 'hang', when: 'after' }, 'no answer within 1 s'],
      [{ kind: 'reset' }, 'connection reset'],
      [{ kind: 'reset', when: 'after' }, 'connection reset'],
      [{ kind: 'dropReply' }, 'connection reset'],
      [{ kind: 'truncate' }, 'the answer broke off'],
      [{ kind: 'html' }, 'an HTML page instead of JSON'],
      [{ kind: 'html', when: 'after' }, 'an HTML page instead of JSON'],
      [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 'HTTP 429'],
      [{ kind: 'status', status: 500 }, 'HTTP 500'],
      [{ kind: 'status', status: 502, when: 'after' }, 'HTTP 502'],
      [{ kind: 'status', status: 401 }, 'HTTP 401'],
      [error(429, 'slow down'), 'slow down (429)'],
      [error(-32005, 'limit exceeded'), 'limit exceeded (-32005)'],
      [error(-32603, 'internal error'), 'internal error (-32603)'],
      [error(-32000, 'context deadline exceeded'), 'context deadline exceeded (-32000)'],
      [
        { kind: 'replaceResult', with: () => `0x${'00'.repeat(32)}` },
        'answered with another hash than that of the transaction',
      ],
      [
        { kind: 'replaceResult', with: () => null },
        'answered with another hash than that of the transaction',
      ],
    ]
    for (const [fault, cause] of faults) {
      it(`${JSON.stringify(fault)}: ${cause}`, async () => {
        stage.a.inject({ method, do: fault })
        const rpc = pool(both(), { timeoutMs: fault.kind === 'hang' ? 1000 : 10_000 })
        await rpc.request('eth_blockNumber')
        const signed = await sign()
        const outcome = await rpc.sendRawTransaction(signed)
        assert.deepEqual(outcome, { kind: 'unclear', message: `${stage.a.url}: ${cause}` })
        assert.deepEqual([stage.a.count(method), stage.b.count(method)], [1, 0])
        if (stage.a.forwarded(method) === 1) await assertMined(signed)
        else assert.equal(await receiptOf(signed), null)
      })
    }

    it('interrupted', async () => {
      const abort = new AbortController()
      stage.a.inject({ method, do: { kind: 'hang', when: 'after' } })
      const rpc = pool(both(), { signal: abort.signal })
      const outcome = rpc.sendRawTransaction(await sign())
      await stage.a.seen(method)
      abort.abort()
      assert.deepEqual(await outcome, { kind: 'unclear', message: `${stage.a.url}: interrupted` })
      assert.equal(sent(), 1)
    })
  })

  describe('not sent', () => {
    it('when no endpoint can be identified', async () => {
      const dead = await refusingUrl()
      const rpc = pool([dead])
      assert.deepEqual(await rpc.sendRawTransaction(await sign()), {
        kind: 'notSent',
        message: `no RPC of testnet gave a usable answer (${dead}: connection refused)`,
      })
    })

    it('when the identified endpoint is gone; the next time goes to another', async () => {
      const rpc = pool(both())
      await rpc.request('eth_blockNumber')
      const { url } = stage.a
      await stage.a.stop()
      const signed = await sign()
      assert.deepEqual(await rpc.sendRawTransaction(signed), {
        kind: 'notSent',
        message: `${url}: connection refused`,
      })
      assert.equal(sent(), 0)
      assert.deepEqual(await rpc.sendRawTransaction(signed), { kind: 'accepted' })
      assert.equal(stage.b.count(method), 1)
    })

    it('after an interruption', async () => {
      const rpc = pool(both(), { signal: AbortSignal.abort() })
      assert.deepEqual(await rpc.sendRawTransaction(await sign()), {
        kind: 'notSent',
        message: 'interrupted before the RPC answered',
      })
      assert.equal(rpc.roundTrips, 0)
    })
  })
})
