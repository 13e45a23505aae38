import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findFreePort } from '../../src/lib/devnet/free-port.ts'
import { useTestDevnet } from '../helpers/devnet.ts'
import { runCli } from '../helpers/run-cli.ts'
import type { RunResult } from '../helpers/run-cli.ts'
import { fund, sender } from '../lib/checks/on-devnet.ts'
import { bounded } from '../helpers/mortal.ts'

const formats = [[], ['--json'], ['--format', 'text'], ['--format', 'junit'], ['--format', 'github']] as const

interface Envelope {
  readonly ok: boolean
  readonly command: string
  readonly result: {
    readonly network: string
    readonly address: string | null
    readonly failed: number
    readonly checks: readonly {
      readonly name: string
      readonly status: string
      readonly value: unknown
      readonly limit: unknown
    }[]
  } | null
  readonly warnings: readonly string[]
  readonly error: {
    readonly code: string
    readonly message: string
    readonly exitCode: number
    readonly details: Readonly<Record<string, unknown>>
    readonly nextSteps: readonly string[]
  } | null
}

describe('lp-pay check', () => {
  const devnet = useTestDevnet()
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-check-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function check(...args: readonly string[]): Promise<RunResult> {
    const env = { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: devnet.rpcUrl }
    return runCli(['check', ...args], { env, cwd: folder })
  }

  async function checkJson(...args: readonly string[]): Promise<Envelope> {
    const { stdout, stderr } = await check('--json', ...args)
    assert.equal(stderr, '')
    return JSON.parse(stdout) as Envelope
  }

  function inEveryFormat(...args: readonly string[]) {
    return Promise.all(
      formats.map(async (format) => ({ format: format.join(' '), result: await check(...args, ...format) })),
    )
  }

  /** The same command line ends with the same code in every format. */
  async function endsWith(code: number, ...args: readonly string[]): Promise<void> {
    for (const { format, result } of await inEveryFormat(...args))
      assert.equal(result.code, code, `${format}: ${result.stdout}${result.stderr}`)
  }

  it('needs no account for what is always checked', async () => {
    await endsWith(0)
    const { ok, command, result, error } = await checkJson()
    assert.deepEqual([ok, command, result?.address, error], [true, 'check', null, null])
  })

  it('does so on a network without an account too', async () => {
    const config = join(folder, 'config.yaml')
    const network = `networks:\n  mine:\n    chain-id: 31337\n    controller: '0x5FbDB2315678afecb367f032d93F642f64180aa3'\n`
    await writeFile(config, network, { mode: 0o600 })
    const env = { LP_PAY_CONFIG_DIR: folder, LP_PAY_NETWORK: 'mine', LP_PAY_RPC_URL: devnet.rpcUrl }
    assert.equal((await runCli(['check', '--head-max-age', '1d'], { env })).code, 0)
    const { code, stderr } = await runCli(['check', '--not-unlocking'], { env })
    assert.equal(code, 4)
    assert.match(stderr, /^error: there is no account/)
    const named = await runCli(['check', sender, '--not-unlocking', '--head-max-age', '1d'], { env })
    assert.equal(named.code, 0, named.stdout + named.stderr)
  })

  it('does not read an address from its standard input', async () => {
    const env = { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: devnet.rpcUrl }
    const { code, stderr } = await runCli(['check'], { env, input: 'not an address\n' })
    assert.deepEqual([code, stderr], [0, ''])
  })

  it('prints a line for each check and a summary', async () => {
    await fund(devnet, '0.1', '0.02')
    const { code, stdout, stderr } = await check('--deposit-at-least', '0.05', '--reserve-at-least', '0.36')
    assert.equal(code, 11)
    assert.equal(stderr, '')
    assert.deepEqual(stdout.split('\n'), [
      '      check                value        limit',
      `pass  rpc-reachable        reachable    -            ${devnet.rpcUrl}`,
      `pass  right-chain          chain 31337  chain 31337  ${devnet.rpcUrl}`,
      'pass  protocol-not-paused  running      -',
      'pass  round-initialised    round 1001   -',
      'pass  deposit-at-least     0.1 ETH      0.05 ETH',
      'FAIL  reserve-at-least     0.02 ETH     0.36 ETH     0.34 ETH short',
      `6 checks of ${sender} on devnet: 5 passed, 1 failed`,
      '',
    ])
  })

  it('ends with 0 or 11 in every format', async () => {
    const thresholds = [
      '--deposit-at-least',
      '0.1',
      '--reserve-at-least',
      '0.36',
      '--accepted-at-ev',
      '8gwei',
    ]
    await endsWith(11, ...thresholds)
    await fund(devnet, '0.2', '0.36')
    await endsWith(0, ...thresholds)
  })

  it('puts the report and the error into the envelope', async () => {
    const { ok, result, error } = await checkJson('--deposit-at-least', '0.05', '--not-unlocking')
    assert.equal(ok, false)
    assert.deepEqual(error, {
      code: 'CHECK_FAILED',
      message: '1 of 6 checks failed: deposit-at-least',
      exitCode: 11,
      details: { failed: ['deposit-at-least'] },
      nextSteps: [`lp-pay status ${sender}`],
    })
    assert.deepEqual([result?.network, result?.address, result?.failed], ['devnet', sender, 1])
    assert.deepEqual(
      result?.checks.find(({ name }) => name === 'deposit-at-least'),
      {
        name: 'deposit-at-least',
        subject: sender,
        status: 'failed',
        value: { wei: '0' },
        limit: { wei: '50000000000000000' },
        explanation: '0.05 ETH short',
      },
    )
  })

  it('takes thresholds from a file, and flags before it', async () => {
    const other = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
    await writeFile(
      join(folder, 'checks.yaml'),
      `address: ${other}\ndeposit-at-least: 0.05\nnot-unlocking: true\n`,
    )
    const limits = async (...args: readonly string[]) => {
      const { result } = await checkJson('--file', 'checks.yaml', ...args)
      const found = result?.checks.find(({ name }) => name === 'deposit-at-least')
      return [result?.address, found?.limit, result?.checks.length]
    }
    assert.deepEqual(await limits(), [other, { wei: '50000000000000000' }, 6])
    assert.deepEqual(await limits('--deposit-at-least', '1wei'), [other, { wei: '1' }, 6])
    assert.deepEqual(await limits('--account', 'gateway-1'), [sender, { wei: '50000000000000000' }, 6])
    assert.deepEqual(await limits(sender), [sender, { wei: '50000000000000000' }, 6])
  })

  it('warns when it is given an address and nothing to check of it', async () => {
    const warning = `no check of ${sender} was asked for, as --deposit-at-least 0.05`
    const { code, stderr } = await check(sender)
    assert.deepEqual([code, stderr], [0, `warning: ${warning}\n`])
    assert.deepEqual((await checkJson(sender)).warnings, [warning])
  })

  it('ends with 11, not 9, when an RPC is down, and shows no key', async () => {
    const down = `http://127.0.0.1:${String(await findFreePort())}`
    const args = ['--rpc-url', `${down}/secret-key`, '--deposit-at-least', '1']
    for (const { format, result } of await inEveryFormat(...args)) {
      assert.equal(result.code, 11, format)
      assert.ok(result.stdout.includes(`${down} (connection refused)`), format)
      assert.doesNotMatch(result.stdout + result.stderr, /secret-key/)
    }
  })

  it('ends with 11, not 4, when an RPC is on another chain', async () => {
    const { code, stdout } = await check('--network', 'arbitrum-one-mainnet')
    assert.equal(code, 11)
    assert.match(stdout, /^FAIL {2}right-chain +chain 31337 +chain 42161 /m)
  })

  it('ends with 11 when the newest block is too old', async () => {
    await devnet.rpc('evm_setNextBlockTimestamp', [Math.floor(Date.now() / 1000)])
    await devnet.rpc('evm_mine')
    await new Promise((resolve) => setTimeout(resolve, 2100))
    const { code, stdout } = await check('--head-max-age', '1s')
    assert.equal(code, 11)
    assert.match(stdout, /^FAIL {2}head-max-age +\d s +1 s /m)
  })

  it('prints JUnit XML that other programs read', async () => {
    const { stdout } = await check('--format', 'junit', '--deposit-at-least', '1')
    const program =
      'import sys, xml.dom.minidom as d; x = d.parseString(sys.stdin.buffer.read()); print(len(x.getElementsByTagName("testcase")), len(x.getElementsByTagName("failure")))'
    assert.equal(
      execFileSync('python3', ['-c', program], { ...bounded, input: stdout, encoding: 'utf8' }),
      '5 1\n',
    )
  })

  const refusals: readonly (readonly [args: readonly string[], code: number, error: RegExp])[] = [
    [['--deposit-at-least', '1e3'], 2, /^error: --deposit-at-least: "1e3" is not an amount: exponents/],
    [['--deposit-at-least', '0,1'], 2, /^error: --deposit-at-least: "0,1" is not an amount: write decimals/],
    [['--reserve-at-least=-1'], 2, /^error: --reserve-at-least: "-1" is not an amount/],
    [['--wallet-at-least', ''], 2, /^error: --wallet-at-least: "" is not an amount: it is empty/],
    [['--accepted-at-ev', '0'], 2, /^error: --accepted-at-ev: "0" is not an amount: it must be more/],
    [['--head-max-age', '5x'], 2, /^error: --head-max-age: "5x" is not a duration/],
    [
      ['--depost-at-least', '1'],
      2,
      /^error: there is no flag --depost-at-least \(next: did you mean --deposit-at/,
    ],
    [['0x1234'], 2, /^error: "0x1234" is not an address/],
    [['--file', 'none.yaml'], 4, /^error: there is no file none\.yaml/],
    [
      ['--file', 'twice.yaml'],
      4,
      /^error: twice\.yaml is not valid: Map keys must be unique at line 2, column 1/,
    ],
    [['--file', 'typo.yaml'], 4, /at line 2, column 1 \(next: did you mean reserve-at-least\?\)$/m],
    [
      ['--file', 'amount.yaml'],
      4,
      /^error: amount\.yaml is not valid: deposit-at-least: "1e3" is not an amount/,
    ],
    [['--rpc-url', 'not-a-url'], 4, /^error: RPC URL number 1 does not begin/],
  ]
  for (const [args, code, error] of refusals) {
    it(`refuses ${args.join(' ')}`, async () => {
      await writeFile(join(folder, 'twice.yaml'), 'deposit-at-least: 1\ndeposit-at-least: 2\n')
      await writeFile(join(folder, 'typo.yaml'), 'deposit-at-least: 1\nreserve-atleast: 2\n')
      await writeFile(join(folder, 'amount.yaml'), 'deposit-at-least: 1e3\n')
      const text = await check(...args)
      assert.equal(text.code, code)
      assert.equal(text.stdout, '')
      assert.match(text.stderr, error)
      const json = await check(...args, '--json')
      const envelope = JSON.parse(json.stdout) as Envelope
      assert.deepEqual([json.code, envelope.error?.exitCode], [code, code])
      assert.deepEqual([envelope.ok, envelope.result], [false, null])
    })
  }

  it('refuses --format with --json, and an unknown format', async () => {
    assert.equal((await check('--format', 'junit', '--json')).code, 2)
    assert.equal((await check('--format', 'tap')).code, 2)
  })

  it('lists every check in its help', async () => {
    const { stdout } = await check('--help')
    for (const flag of [
      '--deposit-at-least=AMOUNT',
      '--head-max-age=5m',
      '--not-unlocking',
      '--file=checks.yaml',
    ])
      assert.ok(stdout.includes(flag), flag)
  })
})
