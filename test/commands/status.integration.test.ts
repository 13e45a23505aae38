import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { devnetContracts } from '../../src/lib/devnet/network.ts'
import { formatWei, parseWei } from '../../src/lib/units/wei.ts'
import { projectFolder } from '../helpers/devnet.ts'
import { startFaultProxy } from '../helpers/fault-proxy.ts'
import type { FaultProxy } from '../helpers/fault-proxy.ts'
import { gateway, otherGateway } from '../helpers/sender-fixture.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { beginRoundUninitialised, fund, pause, unlock } from '../lib/sender/on-chain.ts'
import { mortal } from '../helpers/mortal.ts'

const wei = (text: string) => parseWei(text, { allowZero: true })

/** What depends on the price of gas, which the chain makes. */
const priced = /^(gas price +)[\d.]+ gwei$/m

describe('status', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  async function text(words = 'status'): Promise<string[]> {
    const { stdout, stderr, code } = await cli.run(words)
    assert.deepEqual([code, stderr], [0, ''])
    return stdout.replace(priced, '$1PRICE').split('\n')
  }

  async function result(words = 'status'): Promise<Plain> {
    const envelope = await cli.json(words)
    assert.deepEqual([envelope.command, envelope.warnings], ['status', []])
    return envelope.result ?? {}
  }

  it('of an empty account', async () => {
    assert.deepEqual(await text(), [
      'network    devnet',
      `address    ${gateway.address}`,
      'wallet     10000 ETH',
      'deposit    0 ETH',
      'reserve    0 ETH',
      'claimable  0 ETH by each of 3 orchestrators',
      'state      empty',
      'round      1001, the next in about 19 h 12 min',
      'gas price  PRICE',
      'orchestrators refuse this sender:',
      '  - there is no deposit',
      '  - there is no reserve',
      '',
    ])
  })

  it('of an empty account, in JSON', async () => {
    const { gasPriceWei, round, ...rest } = await result()
    assert.match(String(gasPriceWei), /^\d+$/)
    const { secondsUntilNext, ...now } = round as { secondsUntilNext: number }
    assert.deepEqual(now, { current: '1001', initialized: true })
    assert.equal(secondsUntilNext, 5760 * 12)
    assert.deepEqual(rest, {
      network: 'devnet',
      address: gateway.address,
      walletWei: wei('10000').toString(),
      depositWei: '0',
      reserveWei: '0',
      claimableByOneOrchestratorWei: '0',
      activeOrchestrators: '3',
      phase: 'empty',
      withdrawRound: null,
      secondsUntilWithdrawal: null,
      paused: false,
      runway: null,
      acceptance: {
        accepted: false,
        faceValueWei: '0',
        reasons: [
          { reason: 'noDeposit', explanation: 'there is no deposit' },
          { reason: 'noReserve', explanation: 'there is no reserve' },
        ],
      },
    })
  })

  it('of an account that orchestrators accept, with the tickets that they would ask for', async () => {
    await fund(chain, wei('1'), wei('36'))
    const status = await result()
    // The unconstrained face value: 100 times what a redemption costs.
    const faceValueWei = 100n * 1_200_000n * BigInt(String(status['gasPriceWei']))
    assert.deepEqual(status['acceptance'], {
      accepted: true,
      faceValueWei: faceValueWei.toString(),
      reasons: [],
    })
    assert.deepEqual(
      [status['claimableByOneOrchestratorWei'], status['phase']],
      [wei('12').toString(), 'locked'],
    )
    const lines = await text()
    assert.equal(lines[6], 'state      locked')
    assert.equal(
      lines.at(-2),
      `orchestrators accept this sender, with tickets of ${formatWei(faceValueWei)} ETH`,
    )
  })

  it('of an account whose reserve is too small, with the reserve that would do', async () => {
    await fund(chain, wei('1'), 3n)
    const status = await result()
    const gasPriceWei = BigInt(String(status['gasPriceWei']))
    assert.ok(gasPriceWei < 3n * 10n ** 9n, 'the devnet is dearer than this test assumes')
    const least = 1_200_000n * gasPriceWei
    const explanation = `the reserve gives one orchestrator 0.000000000000000001 ETH, at this gas price it asks for ${formatWei(least)} ETH: a reserve of ${formatWei(3n * least)} ETH`
    const { accepted, reasons } = status['acceptance'] as Plain
    assert.deepEqual([accepted, reasons], [false, [{ reason: 'reserveTooLow', explanation }]])
    assert.deepEqual((await text()).slice(-3), [
      'orchestrators refuse this sender:',
      `  - ${explanation}`,
      '',
    ])
  })

  it('of an account whose deposit is less than one ticket', async () => {
    await fund(chain, 1n, wei('36'))
    const { acceptance } = await result()
    const { reasons } = acceptance as { reasons: { reason: string }[] }
    assert.deepEqual(
      reasons.map(({ reason }) => reason),
      ['depositBelowFaceValue'],
    )
  })

  it('of an account that unlocks, and when it may withdraw', async () => {
    await fund(chain, wei('1'), wei('36'))
    await unlock(chain)
    const status = await result()
    assert.deepEqual(
      [status['phase'], status['withdrawRound'], status['secondsUntilWithdrawal']],
      ['unlocking', '1003', (2 * 5760 - 2) * 12],
    )
    assert.equal((status['acceptance'] as Plain)['accepted'], true)
    assert.equal((await text())[6], 'state      unlocking: withdraw from round 1003 on, in about 38 h 24 min')
    await chain.advance(1)
    const { acceptance } = await result()
    assert.deepEqual((acceptance as Plain)['reasons'], [
      { reason: 'unlockingSoon', explanation: 'the deposit and reserve unlock in round 1003' },
    ])
  })

  it('of an account that may withdraw, and of one that has', async () => {
    await fund(chain, wei('1'), wei('36'))
    await unlock(chain)
    await chain.advance(2)
    const status = await result()
    assert.deepEqual(
      [status['phase'], status['withdrawRound'], status['secondsUntilWithdrawal']],
      ['unlocked', '1003', null],
    )
    assert.equal((await text())[6], 'state      unlocked since round 1003: lp-pay withdraw')
    await cli.json('withdraw --yes')
    const { phase, withdrawRound } = await result()
    assert.deepEqual([phase, withdrawRound], ['empty', null])
  })

  it("of another's account, whose key is not here", async () => {
    await fund(chain, wei('0.1'), wei('0.2'), otherGateway.address)
    for (const words of [`status ${otherGateway.address.toLowerCase()}`, 'status --account gateway-2']) {
      const { address, depositWei } = await result(words)
      assert.deepEqual([address, depositWei], [otherGateway.address, wei('0.1').toString()])
    }
  })

  it('says that the protocol is paused', async () => {
    await pause(chain)
    assert.equal((await text())[0], 'network    devnet (paused)')
    assert.equal((await result())['paused'], true)
  })

  it('says that the round is not initialised', async () => {
    await beginRoundUninitialised(chain)
    assert.equal((await text())[7], 'round      1002 (not initialised), the next in about 19 h 12 min')
    const { current, initialized } = (await result())['round'] as Plain
    assert.deepEqual([current, initialized], ['1002', false])
  })

  it('refuses what is no address', async () => {
    await cli.refuses('status 0x123', {
      code: 'ADDRESS_INVALID',
      exitCode: 2,
      message: '"0x123" is not an address: write 0x and 40 hex digits',
      next: null,
    })
  })

  it('refuses a pace without --watch, and a pace that is none', async () => {
    const { code, stdout } = await cli.run('status --every 5s --json')
    assert.deepEqual([code, (JSON.parse(stdout) as { error: Plain }).error['code']], [2, 'USAGE'])
    await cli.refuses('status --watch --every soon', {
      code: 'DURATION_INVALID',
      exitCode: 2,
      message: '"soon" is not a duration',
      next: 'write durations like 90s, 5m, 2h or 1d',
    })
  })

  describe('through a proxy that counts', () => {
    let proxy: FaultProxy
    beforeEach(async () => {
      proxy = await startFaultProxy(chain.rpcUrl)
    })
    afterEach(() => proxy.stop())

    it('takes three round trips at most', async () => {
      await fund(chain, wei('1'), wei('36'))
      await cli.json(`status --rpc-url ${proxy.url}`)
      assert.ok(proxy.requests.length <= 3, `${String(proxy.requests.length)} round trips`)
    })

    it('asks the four contracts of Livepeer and nobody else, and sends nothing', async () => {
      await cli.json(`status --rpc-url ${proxy.url}`)
      const calls = proxy.requests.flatMap(({ calls }) => calls)
      const asked = calls
        .filter(({ method }) => method === 'eth_call')
        .map(({ params }) => (params[0] as { to: string }).to)
      const { Controller, TicketBroker, RoundsManager, BondingManager } = devnetContracts
      assert.deepEqual(new Set(asked), new Set([Controller, TicketBroker, RoundsManager, BondingManager]))
      assert.deepEqual([...new Set(calls.map(({ method }) => method))].sort(), [
        'eth_call',
        'eth_chainId',
        'eth_gasPrice',
        'eth_getBalance',
        'eth_getBlockByNumber',
        'eth_getCode',
      ])
    })

    it('does without batches where the node takes none', async () => {
      proxy.inject({ do: { kind: 'rejectBatches', how: 'object' } })
      assert.equal((await result(`status --rpc-url ${proxy.url}`))['phase'], 'empty')
    })

    it('watches until it is interrupted, and then ends well', async () => {
      const child = mortal(
        spawn(
          process.execPath,
          [
            join(projectFolder, 'bin', 'run.cjs'),
            'status',
            '--watch',
            '--every',
            '1s',
            '--network',
            'devnet',
            '--rpc-url',
            proxy.url,
          ],
          {
            stdio: ['ignore', 'pipe', 'pipe'],
            env: {
              PATH: process.env['PATH'],
              LP_PAY_CONFIG_DIR: cli.configFolder,
              LP_PAY_DATA_DIR: cli.dataFolder,
            },
          },
        ),
      )
      const said = { stdout: '', stderr: '' }
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.stdout += chunk))
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.stderr += chunk))
      await proxy.seen('eth_gasPrice', 1)
      await fund(chain, wei('0.1'), wei('0.36'))
      await proxy.seen('eth_gasPrice', 3)
      child.kill('SIGINT')
      const [code] = (await once(child, 'close')) as [number | null]
      assert.deepEqual([code, said.stderr], [0, ''])
      assert.match(said.stdout, /^state +empty$/m)
      assert.match(said.stdout, /^state +locked$/m)
      // A screen is cleared only on a terminal.
      assert.ok(!said.stdout.includes('\u001b'))
    })
  })
})
