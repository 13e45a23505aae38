import assert from 'node:assert/strict'
import { inspect } from 'node:util'

import { ConfigurationError, RpcUnavailableError } from '../../../src/lib/errors.ts'
import type { Network } from '../../../src/lib/chain/network.ts'
import { planChecks } from '../../../src/lib/checks/plan-checks.ts'
import { runChecks } from '../../../src/lib/checks/run-checks.ts'
import { findFreePort } from '../../../src/lib/devnet/free-port.ts'
import { devnet as local } from '../../../src/lib/devnet/network.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { check, resultsOf } from './on-devnet.ts'

/** The devnet's contracts, on a network that is not of this machine. */
const remote: Network = { ...local, name: 'remote', local: false }

describe('checks of the RPCs', () => {
  const devnet = useTestDevnet()
  let proxy: FaultProxy

  beforeEach(async () => {
    proxy = await startFaultProxy(devnet.rpcUrl)
  })
  afterEach(() => proxy.stop())

  it('take two round trips to each RPC, all checks together', async () => {
    const other = await startFaultProxy(devnet.rpcUrl)
    const asked = { 'deposit-at-least': '1', 'accepted-at-ev': '8gwei', 'head-max-age': '1d' }
    try {
      await check({ urls: [proxy.url, other.url], asked })
      assert.deepEqual([proxy.requests.length, other.requests.length], [2, 2])
      assert.deepEqual([proxy.count('eth_gasPrice'), other.count('eth_gasPrice')], [1, 0])
    } finally {
      await other.stop()
    }
  })

  it('fail when the only RPC is down, and skip the rest', async () => {
    const down = `http://127.0.0.1:${String(await findFreePort())}`
    const asked = { 'deposit-at-least': '1', 'head-max-age': '5m' }
    const report = await check({ urls: [`${down}/key`], asked })
    assert.deepEqual([report.passed, report.failed, report.skipped], [0, 1, 5])
    assert.deepEqual(resultsOf(report, 'rpc-reachable'), [
      {
        subject: down,
        status: 'failed',
        value: { text: 'unreachable' },
        limit: null,
        explanation: `${down} (connection refused)`,
      },
    ])
    assert.deepEqual(resultsOf(report, 'head-max-age'), [
      {
        subject: down,
        status: 'skipped',
        value: null,
        limit: { seconds: 300 },
        explanation: `${down} is not reachable`,
      },
    ])
    assert.deepEqual(resultsOf(report, 'deposit-at-least'), [
      {
        subject: null,
        status: 'skipped',
        value: null,
        limit: { wei: 10n ** 18n },
        explanation: 'no RPC has told the state of the chain',
      },
    ])
  })

  it('report a dead fallback although the first RPC works', async () => {
    const down = `http://127.0.0.1:${String(await findFreePort())}`
    const report = await check({ urls: [devnet.rpcUrl, down], asked: { 'deposit-at-least': '0' } })
    assert.deepEqual(
      resultsOf(report, 'rpc-reachable').map(({ subject, status }) => [subject, status]),
      [
        [devnet.rpcUrl, 'passed'],
        [down, 'failed'],
      ],
    )
    assert.deepEqual([report.passed, report.failed, report.skipped], [5, 1, 1])
  })

  it('read the account through the second RPC when the first is down', async () => {
    const down = `http://127.0.0.1:${String(await findFreePort())}`
    const report = await check({ urls: [down, devnet.rpcUrl], asked: { 'wallet-at-least': '1' } })
    assert.equal(resultsOf(report, 'wallet-at-least')[0]?.status, 'passed')
    assert.equal(report.failed, 1)
  })

  it('read the account through the second RPC when the first breaks down in between', async () => {
    proxy.inject({ method: 'eth_gasPrice', do: { kind: 'status', status: 401 } })
    const report = await check({ urls: [proxy.url, devnet.rpcUrl], asked: { 'wallet-at-least': '1' } })
    assert.equal(resultsOf(report, 'wallet-at-least')[0]?.status, 'passed')
    assert.deepEqual(
      resultsOf(report, 'rpc-reachable').map(({ status, explanation }) => [status, explanation]),
      [
        ['failed', `${proxy.url} (HTTP 401)`],
        ['passed', devnet.rpcUrl],
      ],
    )
  })

  it('tell RPCs of one origin apart without showing their keys', async () => {
    const { port } = new URL(devnet.rpcUrl)
    const url = (key: string) => `http://127.0.0.1:${port}/?key=${key}`
    const report = await check({ urls: [url('secret-one'), url('secret-two')] })
    assert.deepEqual(
      resultsOf(report, 'rpc-reachable').map(({ subject }) => subject),
      [`http://127.0.0.1:${port}`, `http://127.0.0.1:${port} (2)`],
    )
    assert.doesNotMatch(inspect(report, { depth: null }), /secret/)
  })

  it('right-chain fails for an RPC of another chain', async () => {
    proxy.inject({ do: { kind: 'wrongChainId', chainId: 1 } })
    const report = await check({ urls: [devnet.rpcUrl, proxy.url] })
    assert.deepEqual(resultsOf(report, 'rpc-reachable')[1]?.status, 'passed')
    assert.deepEqual(resultsOf(report, 'right-chain'), [
      {
        subject: devnet.rpcUrl,
        status: 'passed',
        value: { chainId: 31_337n },
        limit: { chainId: 31_337n },
        explanation: devnet.rpcUrl,
      },
      {
        subject: proxy.url,
        status: 'failed',
        value: { chainId: 1n },
        limit: { chainId: 31_337n },
        explanation: `the RPC ${proxy.url} is on chain 1, but devnet is chain 31337`,
      },
    ])
  })

  it('right-chain fails where there is no Controller', async () => {
    const network: Network = { ...local, controller: '0x00000000000000000000000000000000000000Ff' }
    const report = await check({ urls: [devnet.rpcUrl], network })
    assert.deepEqual(
      resultsOf(report, 'right-chain').map(({ status, value, explanation }) => [status, value, explanation]),
      [
        [
          'failed',
          null,
          `the RPC ${devnet.rpcUrl} has no contract at ${network.controller}, the Controller of devnet`,
        ],
      ],
    )
    assert.deepEqual([report.passed, report.failed, report.skipped], [1, 1, 2])
  })

  it('right-chain fails when the Controller is another contract', async () => {
    const network: Network = { ...local, controller: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0' }
    const report = await check({ urls: [devnet.rpcUrl], network })
    const [result] = resultsOf(report, 'right-chain')
    assert.equal(result?.status, 'failed')
    assert.match(
      result.explanation,
      / does not answer .* as a Livepeer contract does$|^the RPC refused eth_call: /,
    )
  })

  it('right-chain fails when a contract has moved', async () => {
    const knownContracts = { ...local.knownContracts, Minter: local.controller }
    const report = await check({ urls: [devnet.rpcUrl], network: { ...local, knownContracts } })
    assert.match(resultsOf(report, 'right-chain')[0]?.explanation ?? '', /names 0x\w+ as Minter/)
  })

  it('head-max-age compares each RPC, and is not made on a network of this machine unless asked for', async () => {
    const hourAgo = Math.floor(Date.now() / 1000) - 3600
    proxy.inject({
      method: 'eth_getBlockByNumber',
      do: {
        kind: 'replaceResult',
        with: (block) => ({ ...(block as object), timestamp: `0x${hourAgo.toString(16)}` }),
      },
    })
    await devnet.rpc('evm_mine')
    const urls = [devnet.rpcUrl, proxy.url]
    assert.deepEqual(resultsOf(await check({ urls }), 'head-max-age'), [])
    const [fresh, stale] = resultsOf(await check({ urls, asked: { 'head-max-age': '5m' } }), 'head-max-age')
    assert.deepEqual([fresh?.status, fresh?.limit], ['passed', { seconds: 300 }])
    assert.equal(stale?.status, 'failed')
    assert.match(
      stale.explanation,
      /^block 1 of http:\S+ is 1 h old: it does not follow the chain, or the chain stands still$/,
    )
  })

  it('head-max-age is 10 minutes on any other network', async () => {
    const found = async (ageSeconds: number) => {
      const timestamp = Math.floor(Date.now() / 1000) - ageSeconds
      const forget = proxy.inject({
        method: 'eth_getBlockByNumber',
        do: {
          kind: 'replaceResult',
          with: (block) => ({ ...(block as object), timestamp: `0x${timestamp.toString(16)}` }),
        },
      })
      const [result] = resultsOf(await check({ urls: [proxy.url], network: remote }), 'head-max-age')
      forget()
      return [result?.status, result?.limit]
    }
    assert.deepEqual(await found(590), ['passed', { seconds: 600 }])
    assert.deepEqual(await found(605), ['failed', { seconds: 600 }])
    assert.deepEqual(await found(-100), ['passed', { seconds: 600 }])
  })

  it('head-max-age fails on a real chain that stands still', async () => {
    // A chain taken back to a snapshot has a clock of its own, so the blocks are told their time.
    const mine = async () => {
      await devnet.rpc('evm_setNextBlockTimestamp', [Math.floor(Date.now() / 1000)])
      await devnet.rpc('evm_mine')
    }
    const asked = { 'head-max-age': '2s' }
    await mine()
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const [stale] = resultsOf(await check({ urls: [devnet.rpcUrl], asked }), 'head-max-age')
    assert.equal(stale?.status, 'failed')
    await mine()
    const [fresh] = resultsOf(await check({ urls: [devnet.rpcUrl], asked }), 'head-max-age')
    assert.equal(fresh?.status, 'passed')
  })

  it('are an error, not a result, when an RPC URL cannot be one', async () => {
    await assert.rejects(check({ urls: [devnet.rpcUrl, 'my-key'] }), (error: unknown) => {
      assert.ok(error instanceof ConfigurationError)
      assert.deepEqual(
        [error.code, error.message],
        ['RPC_URL_INVALID', 'RPC URL number 2 does not begin with http:// or https://'],
      )
      return true
    })
    await assert.rejects(check({ urls: [] }), { code: 'RPC_MISSING' })
  })

  it('end with an error when they are interrupted', async () => {
    proxy.inject({ do: { kind: 'hang' } })
    const ending = new AbortController()
    const running = runChecks({
      network: local,
      urls: [proxy.url],
      checks: planChecks(local, {}),
      address: null,
      signal: ending.signal,
    })
    await proxy.seen('eth_chainId')
    ending.abort()
    await assert.rejects(running, RpcUnavailableError)
  })
})
