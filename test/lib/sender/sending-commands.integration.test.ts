import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import { keys, openTerminal } from '../../helpers/pseudo-terminal.ts'
import { runCli } from '../../helpers/run-cli.ts'
import { gateway, otherGateway } from '../../helpers/sender-fixture.ts'
import { assertRefusal, useDevnetCli } from './devnet-cli.ts'
import type { Refusal } from './devnet-cli.ts'
import { beginRoundUninitialised, fund, nonceOf, pause, rename, unlock } from './on-chain.ts'

const tenth = parseWei('0.1')
const reserve = parseWei('0.36')

/** Every command that sends, with the state in which the contract would let it. */
const commands = [
  { words: 'deposit 0.1', ready: 'locked' },
  { words: 'reserve 0.1', ready: 'locked' },
  { words: 'deposit 0.1 --reserve 0.36', ready: 'locked' },
  { words: 'unlock', ready: 'locked' },
  { words: 'unlock cancel', ready: 'unlocking' },
  { words: 'withdraw', ready: 'unlocked' },
] as const

describe('every command that sends', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  async function makeReady(state: 'locked' | 'unlocking' | 'unlocked'): Promise<void> {
    await fund(chain, tenth, reserve)
    if (state !== 'locked') await unlock(chain)
    if (state === 'unlocked') await chain.advance(2)
  }

  for (const { words, ready } of commands) {
    describe(words, () => {
      it('asks at a terminal: without one it shows what it would send, and sends nothing', async () => {
        await makeReady(ready)
        const nonce = await nonceOf(chain)
        const [text, json] = await Promise.all([cli.run(words), cli.run(`${words} --json`)])
        assert.deepEqual([text.code, text.stdout, json.code, json.stderr], [3, '', 3, ''])
        const said =
          'error: there is no terminal to ask at; nothing was sent (next: add --yes to send without asking, or --dry-run to look)'
        const lines = text.stderr.trimEnd().split('\n')
        assert.equal(lines.at(-1), said)
        assert.deepEqual(
          lines.slice(0, 8).map((line) => line.split(/ {2,}/)[0]),
          ['action', 'network', 'account', 'gas', 'costs at most', 'deposit', 'reserve', 'state'],
        )
        assert.match(text.stderr, /^network +devnet$/m)
        assert.match(text.stderr, /^account +gateway-1$/m)
        assert.equal(
          (JSON.parse(json.stdout) as { error: { code: string } }).error.code,
          'CONFIRMATION_NEEDED',
        )
        assert.equal(await nonceOf(chain), nonce)
      })

      it('sends nothing in a dry run', async () => {
        await makeReady(ready)
        const nonce = await nonceOf(chain)
        const [text, envelope] = await Promise.all([
          cli.run(`${words} --dry-run`),
          cli.json(`${words} --dry-run`),
        ])
        assert.equal(text.code, 0)
        assert.match(text.stdout, /\ndry run: nothing was sent\n$/)
        assert.deepEqual(
          [envelope.result?.['outcome'], envelope.result?.['transaction'], envelope.result?.['unsigned']],
          ['dryRun', null, null],
        )
        assert.equal(await nonceOf(chain), nonce)
        assert.equal((await cli.json('tx list')).result?.['transactions']?.toString(), '')
      })

      it('refuses while the protocol is paused', async () => {
        await makeReady(ready)
        await pause(chain)
        await cli.refuses(`${words} --yes`, {
          code: 'PROTOCOL_PAUSED',
          exitCode: 5,
          message: 'the Livepeer contracts on devnet are paused',
          next: 'wait until they are unpaused, then repeat the command',
        })
      })

      it('refuses until the round is initialised', async () => {
        await makeReady(ready)
        await beginRoundUninitialised(chain)
        const round = ready === 'unlocked' ? 1004 : 1002
        await cli.refuses(`${words} --yes`, {
          code: 'ROUND_NOT_INITIALIZED',
          exitCode: 5,
          message: `round ${String(round)} on devnet is not initialised yet`,
          next: 'initialise it: lp-pay devnet advance',
          details: { round: String(round), lastInitializedRound: String(round - 1) },
        })
      })

      it('refuses a Controller that names another TicketBroker, before anything is signed', async () => {
        await makeReady(ready)
        await rename(chain, 'TicketBroker', otherGateway.address)
        const nonce = await nonceOf(chain)
        const refusal: Refusal = {
          code: 'CONTRACT_MISMATCH',
          exitCode: 4,
          message: `the Controller of devnet names ${otherGateway.address} as TicketBroker, lp-pay knows ${devnetContracts.TicketBroker}`,
          next: 'use an RPC you trust; if the contracts have moved, update lp-pay before you send anything',
          details: {
            contract: 'TicketBroker',
            found: otherGateway.address,
            known: devnetContracts.TicketBroker,
          },
        }
        for (const flag of ['--yes', '--dry-run', '--unsigned'])
          await cli.refuses(`${words} ${flag}`, refusal)
        assert.equal(await nonceOf(chain), nonce)
      })

      it('refuses gas above the limit', async () => {
        await makeReady(ready)
        const { baseFeePerGas } = (await chain.rpc('eth_getBlockByNumber', ['latest', false])) as {
          baseFeePerGas: string
        }
        const [text, json] = await Promise.all([
          cli.run(`${words} --yes --max-fee-per-gas 0.000000001`),
          cli.run(`${words} --yes --json --max-fee-per-gas 0.000000001`),
        ])
        assert.deepEqual([text.code, json.code], [5, 5])
        assert.match(
          text.stderr,
          /^error: the base fee is [\d.]+ gwei, above the limit of 0\.000000001 gwei \(next: wait for cheaper gas, or raise --max-fee-per-gas\)\n$/,
        )
        const { error } = JSON.parse(json.stdout) as { error: { code: string; details: object } }
        assert.equal(error.code, 'FEE_ABOVE_LIMIT')
        assert.deepEqual(error.details, {
          baseFeePerGasWei: BigInt(baseFeePerGas).toString(),
          limitWei: '1',
        })
        assert.equal((await cli.run(`${words} --dry-run --max-fee-per-gas 500`)).code, 0)
      })

      it('asks neither Multicall3 nor the precompiles of Arbitrum, and no node for its accounts', async () => {
        await makeReady(ready)
        const proxy = await startFaultProxy(chain.rpcUrl)
        try {
          await cli.json(`${words} --yes --rpc-url ${proxy.url}`)
          const calls = proxy.requests.flatMap(({ calls }) => calls)
          const asked = calls
            .filter(({ method }) => method === 'eth_call' || method === 'eth_estimateGas')
            .map(({ params }) => (params[0] as { to: string }).to)
          const { Controller, TicketBroker, RoundsManager, BondingManager } = devnetContracts
          assert.deepEqual(new Set(asked), new Set([Controller, TicketBroker, RoundsManager, BondingManager]))
          assert.deepEqual([...new Set(calls.map(({ method }) => method))].sort(), [
            'eth_blockNumber',
            'eth_call',
            'eth_chainId',
            'eth_estimateGas',
            'eth_gasPrice',
            'eth_getBalance',
            'eth_getBlockByNumber',
            'eth_getCode',
            'eth_getTransactionByHash',
            'eth_getTransactionCount',
            'eth_getTransactionReceipt',
            'eth_sendRawTransaction',
          ])
          assert.equal(proxy.count('eth_sendRawTransaction'), 1)
        } finally {
          await proxy.stop()
        }
      })
    })
  }

  describe('without what it needs', () => {
    const refusals: readonly (readonly [what: string, flags: string, refusal: Refusal])[] = [
      [
        'a profile that exists',
        '--profile mian',
        {
          code: 'PROFILE_UNKNOWN',
          exitCode: 4,
          message: 'there is no profile "mian" in the configuration',
          next: 'make it: lp-pay init --profile mian',
        },
      ],
      [
        'a network that exists',
        '--network devent',
        {
          code: 'NETWORK_UNKNOWN',
          exitCode: 4,
          message: 'there is no network "devent"',
          next: 'did you mean --network devnet?',
        },
      ],
      [
        'an account of the devnet',
        '--account gateway-9',
        {
          code: 'ACCOUNT_UNKNOWN',
          exitCode: 4,
          message: 'there is no account "gateway-9" on this network',
          next: 'did you mean gateway-1, with --network devnet?',
        },
      ],
      [
        'an address whose checksum is right',
        `--account ${gateway.address.replace('C', 'c')}`,
        {
          code: 'ADDRESS_CHECKSUM',
          exitCode: 2,
          message: `${gateway.address.replace('C', 'c')} is an address with a wrong checksum`,
          next: 'copy the address again from where it comes from: a character is wrong',
        },
      ],
      [
        'a limit in numbers',
        '--max-fee-per-gas cheap',
        {
          code: 'AMOUNT_INVALID',
          exitCode: 2,
          message:
            '"cheap" is not an amount: write a number and, if it is not ETH, its unit: eth, gwei or wei',
          next: 'write amounts like 0.1, 0.1eth, 5gwei or 1000wei',
        },
      ],
      [
        'a number of confirmations',
        '--confirmations 0',
        {
          code: 'CONFIRMATIONS_INVALID',
          exitCode: 2,
          message: '"0" is not a number of confirmations from 1 to 1000',
          next: '--confirmations 3',
        },
      ],
      [
        'a time to wait',
        '--timeout soon',
        {
          code: 'DURATION_INVALID',
          exitCode: 2,
          message: '"soon" is not a duration',
          next: 'write durations like 90s, 5m, 2h or 1d',
        },
      ],
      [
        'a URL of the RPC',
        '--rpc-url 0123456789abcdef',
        {
          code: 'RPC_URL_INVALID',
          exitCode: 4,
          message: 'RPC URL number 1 does not begin with http:// or https://',
          next: 'pass --rpc-url https://host',
        },
      ],
      [
        'a flag that exists',
        '--dryrun',
        {
          code: 'FLAG_UNKNOWN',
          exitCode: 2,
          message: 'there is no flag --dryrun',
          next: 'did you mean --dry-run?',
        },
      ],
    ]
    for (const [what, flags, refusal] of refusals) {
      it(`refuses without ${what}`, async () => {
        await cli.refuses(`unlock --yes ${flags}`, refusal)
      })
    }

    it('refuses where no RPC is named', async () => {
      const env = { LP_PAY_NETWORK: 'arbitrum-one-mainnet', LP_PAY_ACCOUNT: otherGateway.address }
      const words = ['unlock', '--dry-run']
      assertRefusal(await runCli(words, { env }), await runCli([...words, '--json'], { env }), {
        code: 'RPC_MISSING',
        exitCode: 4,
        message: 'no RPC URL for arbitrum-one-mainnet',
        next: 'lp-pay init',
      })
    })

    it('refuses when nothing answers', async () => {
      const url = await unusedUrl()
      await cli.refuses(`unlock --yes --rpc-url ${url}/v3/apikey`, {
        code: 'RPC_UNAVAILABLE',
        exitCode: 9,
        message: `no RPC of devnet gave a usable answer (${url}: connection refused)`,
        next: 'check --rpc-url, or pass another',
      })
    })

    it('refuses an RPC of another chain', async () => {
      const proxy = await startFaultProxy(chain.rpcUrl)
      proxy.inject({ do: { kind: 'wrongChainId', chainId: 42_161 } })
      try {
        await cli.refuses(`unlock --yes --rpc-url ${proxy.url}`, {
          code: 'RPC_WRONG_CHAIN',
          exitCode: 4,
          message: `the RPC ${proxy.url} is on chain 42161, but devnet is chain 31337`,
          next: 'pass --rpc-url with an RPC of devnet',
          details: { origin: proxy.url, expectedChainId: 31_337, actualChainId: '42161' },
        })
      } finally {
        await proxy.stop()
      }
    })

    it('refuses an account of the devnet off this machine', async () => {
      await cli.refuses(`unlock --yes --network arbitrum-one-mainnet --account gateway-1`, {
        code: 'ACCOUNT_UNKNOWN',
        exitCode: 4,
        message: 'there is no account "gateway-1" on this network',
        next: 'did you mean gateway-1, with --network devnet?',
      })
    })
  })

  for (const words of ['deposit 0.1', 'deposit 0.1 --quiet']) {
    it(`shows what it asks about: ${words}`, async () => {
      const nonce = await nonceOf(chain)
      const env = { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: chain.rpcUrl }
      const terminal = openTerminal(words.split(' '), { env })
      try {
        for (const shown of [
          'add 0.1 ETH to the deposit',
          'gateway-1',
          'costs at most',
          '0 ETH -> 0.1 ETH',
        ]) {
          await terminal.waitFor(shown)
        }
        await terminal.answer(['Send it? (y/N)', keys.enter])
        assert.equal(await terminal.exitCode(), 3)
      } finally {
        terminal.close()
      }
      assert.equal(await nonceOf(chain), nonce)
    })
  }

  it('goes on with the second RPC when the first is dead, warns, and shows origins only', async () => {
    await fund(chain, tenth, reserve)
    const dead = await unusedUrl()
    const secrets = '/v3/apikey?token=query'
    const urls = `--rpc-url ${dead}${secrets} --rpc-url ${chain.rpcUrl}/?token=query`
    const [text, json] = await Promise.all([
      cli.run(`unlock --dry-run ${urls}`),
      cli.run(`unlock --dry-run --json ${urls}`),
    ])
    const warning = `${dead} failed (connection refused); trying the next RPC`
    assert.equal(text.code, 0)
    assert.equal(text.stderr.split('\n')[0], `warning: ${warning}`)
    const { ok, warnings } = JSON.parse(json.stdout) as { ok: boolean; warnings: string[] }
    assert.deepEqual([ok, warnings[0]], [true, warning])
    for (const { stdout, stderr } of [text, json]) assert.doesNotMatch(stdout + stderr, /apikey|query/)
  })
})

/** The URL of a port that nothing listens on. */
async function unusedUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${String(port)}`
}
