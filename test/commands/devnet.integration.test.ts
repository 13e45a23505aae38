import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { findFreePort } from '../../src/lib/devnet/free-port.ts'
import { identifyProcess } from '../../src/lib/files/process-identity.ts'
import { buildSnapshots, projectFolder, startTestDevnet } from '../helpers/devnet.ts'
import { runCli } from '../helpers/run-cli.ts'
import type { RunResult } from '../helpers/run-cli.ts'
import { assertRefusal, succeeded } from '../lib/sender/devnet-cli.ts'
import type { Plain, Refusal } from '../lib/sender/devnet-cli.ts'
import { until } from '../helpers/until.ts'
import { mortal } from '../helpers/mortal.ts'

describe('devnet', () => {
  let folder = ''
  let env: Readonly<Record<string, string>> = {}
  before(buildSnapshots)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
    env = { LP_PAY_DATA_DIR: join(folder, 'data'), TMPDIR: folder }
  })
  afterEach(async () => {
    // A test that failed may have left a devnet.
    for (const port of await ports()) await run(`devnet down --port ${port}`)
    await rm(folder, { recursive: true, force: true })
  })

  function run(words: string): Promise<RunResult> {
    return runCli(words.split(' '), { env })
  }

  async function json(words: string): Promise<Plain> {
    return succeeded(await run(`${words} --json`)).result ?? {}
  }

  async function refuses(words: string, expected: Refusal): Promise<void> {
    const text = await run(words)
    assertRefusal(text, await run(`${words} --json`), expected)
  }

  async function ports(): Promise<string[]> {
    return readdir(join(folder, 'data', 'devnets')).catch(() => [])
  }

  function isAlive(pid: unknown): boolean {
    return identifyProcess(Number(pid)) !== undefined
  }

  it('begins with nothing, and says how to begin', async () => {
    const { stdout, code } = await run('devnet status')
    assert.deepEqual([code, stdout], [0, 'no devnet runs (next: lp-pay devnet up)\n'])
    assert.deepEqual(await json('devnet status'), { devnets: [] })
  })

  it('runs side by side on two ports, and leaves nothing', async () => {
    const [one, two] = [String(await findFreePort()), String(await findFreePort())]
    const first = await json(`devnet up --port ${one}`)
    const shown = await run(`devnet up --port ${two}`)
    assert.equal(shown.code, 0)
    assert.deepEqual(shown.stdout.trimEnd().split('\n').slice(-3), [
      'try:',
      `  lp-pay deposit 0.1 --reserve 0.36 --network devnet --rpc-url http://127.0.0.1:${two}`,
      `  lp-pay status --network devnet --rpc-url http://127.0.0.1:${two}`,
    ])

    const { devnets } = (await json('devnet status')) as { devnets: Plain[] }
    assert.deepEqual(
      new Map(devnets.map(({ port, pid }) => [String(port), isAlive(pid)])),
      new Map([one, two].sort().map((port) => [port, true])),
    )
    assert.deepEqual(
      first,
      devnets.find(({ port }) => String(port) === one),
    )
    const { accounts, startedAt: _, ...rest } = first
    assert.deepEqual(rest, {
      port: Number(one),
      rpcUrl: `http://127.0.0.1:${one}`,
      pid: first['pid'],
      chainId: 31_337,
      rules: '2026',
      blockNumber: '0',
      currentRound: '1001',
      currentRoundInitialized: true,
      unlockPeriod: '2',
    })
    assert.deepEqual(
      (accounts as Plain[]).map(({ name, address, balanceWei, active }) => [
        name,
        address,
        balanceWei,
        active,
      ]),
      devnetAccounts.map(({ name, address, role }) => [
        name,
        address,
        (10_000n * 10n ** 18n).toString(),
        role === 'orchestrator' ? name !== 'orchestrator-inactive' : undefined,
      ]),
    )

    assert.deepEqual(await json(`devnet advance --port ${one} --rounds 2`), {
      fromRound: '1001',
      toRound: '1003',
    })
    const advanced = await run(`devnet advance --rpc-url http://127.0.0.1:${one}`)
    assert.deepEqual([advanced.code, advanced.stdout], [0, 'round 1003 -> 1004, initialised\n'])
    const rounds = ((await json('devnet status')) as { devnets: Plain[] }).devnets.map(
      ({ port, currentRound }) => [String(port), currentRound],
    )
    assert.deepEqual(Object.fromEntries(rounds), { [one]: '1004', [two]: '1001' })

    const down = await run(`devnet down --port ${one}`)
    assert.deepEqual([down.code, down.stdout], [0, `the devnet on port ${one} is down\n`])
    assert.deepEqual(await ports(), [two])
    const { pid } = devnets.find(({ port }) => String(port) === two) ?? {}
    assert.deepEqual(await json(`devnet down --port ${two}`), { port: Number(two), pid })
    assert.deepEqual(await ports(), [])
    for (const devnet of devnets) assert.equal(isAlive(devnet['pid']), false)
    assert.deepEqual((await readdir(folder)).sort(), ['data'])
  })

  it('follows the rules asked for, and says which', async () => {
    const port = String(await findFreePort())
    const shown = await run(`devnet up --port ${port} --rules 2022`)
    assert.equal(shown.code, 0)
    assert.match(shown.stdout, /^rules +2022$/m)
    const { devnets } = (await json('devnet status')) as { devnets: Plain[] }
    assert.deepEqual(
      devnets.map(({ rules }) => rules),
      ['2022'],
    )
  })

  it('runs until it is interrupted in the foreground, and leaves nothing', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const port = String(await findFreePort())
      const { child, said, ended } = inForeground('devnet', 'up', '--foreground', '--port', port)
      await until(() => said.stderr.includes('Ctrl-C takes it down'))
      const { devnets } = (await json('devnet status')) as { devnets: Plain[] }
      assert.deepEqual(
        devnets.map((devnet) => String(devnet['port'])),
        [port],
      )
      child.kill(signal)
      assert.deepEqual([await ended, said.stdout], [0, 'the devnet is down\n'])
      assert.deepEqual(await ports(), [])
      assert.equal(isAlive(devnets[0]?.['pid']), false)
    }
  })

  it('is not left behind half started when it is interrupted', async () => {
    const port = String(await findFreePort())
    const { child, said, ended } = inForeground('devnet', 'up', '--port', port)
    await until(async () => (await ports()).length > 0)
    child.kill('SIGINT')
    const code = await ended
    // The signal may come when it is ready already; then it stays up.
    if (code !== 0) {
      assert.deepEqual(
        [code, said.stdout, said.stderr],
        [3, '', 'error: interrupted; no devnet was started\n'],
      )
      assert.deepEqual(await ports(), [])
    }
  })

  it('refuses a port on which one runs', async () => {
    const port = String(await findFreePort())
    await json(`devnet up --port ${port}`)
    await refuses(`devnet up --port ${port}`, {
      code: 'DEVNET_RUNNING',
      exitCode: 5,
      message: `a devnet runs on port ${port} already`,
      next: `stop it first: lp-pay devnet down --port ${port}`,
      details: { port: Number(port) },
    })
  })

  it('refuses a port that something else has, and says what', async () => {
    const server = createServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const other = await startTestDevnet()
    try {
      const refusal = (taken: number, by: string, devnet: boolean) => ({
        code: 'DEVNET_PORT_IN_USE',
        exitCode: 5,
        message: `port ${String(taken)} is taken by ${by}`,
        next: 'choose another port: lp-pay devnet up --port PORT',
        details: { port: taken, devnet },
      })
      await refuses(`devnet up --port ${String(port)}`, refusal(port, 'another program', false))
      const unrecorded = refusal(other.port, 'a devnet that lp-pay has no record of', true)
      await refuses(`devnet up --port ${String(other.port)}`, unrecorded)
      assert.deepEqual(await ports(), [])
    } finally {
      server.close()
      await other.stop()
    }
  })

  it('refuses to move or to stop what does not run', async () => {
    const port = String(await findFreePort())
    await refuses(`devnet down --port ${port}`, {
      code: 'DEVNET_NOT_RUNNING',
      exitCode: 5,
      message: `no devnet runs on port ${port}`,
      next: 'start one: lp-pay devnet up',
      details: { port: Number(port) },
    })
    for (const where of [`--port ${port}`, `--rpc-url http://user:password@127.0.0.1:${port}/key`]) {
      await refuses(`devnet advance ${where}`, {
        code: 'DEVNET_UNREACHABLE',
        exitCode: 9,
        message: `no devnet answers at http://127.0.0.1:${port}`,
        next: 'start one: lp-pay devnet up',
      })
    }
  })

  const usage: readonly (readonly [words: string, code: string, message: string, next: string])[] = [
    [
      'devnet up --port 0',
      'DEVNET_PORT_INVALID',
      '0 is not a port',
      'choose a port from 1 to 65535, as 8545',
    ],
    [
      'devnet up --port 65536',
      'DEVNET_PORT_INVALID',
      '65536 is not a port',
      'choose a port from 1 to 65535, as 8545',
    ],
    ['devnet up --rules 2023', 'USAGE', 'expected --rules=2023 to be one of: 2022, 2026', 'see --help'],
    [
      'devnet down --port 1e3',
      'NUMBER_INVALID',
      '--port: "1e3" is not a whole number of at most 9 digits',
      'write it in digits: 5',
    ],
    [
      'devnet advance --rounds 0',
      'ROUNDS_INVALID',
      '0 is not a number of rounds to advance',
      'choose a whole number from 1 to 10000',
    ],
    [
      'devnet advance --rounds 10001',
      'ROUNDS_INVALID',
      '10001 is not a number of rounds to advance',
      'choose a whole number from 1 to 10000',
    ],
    [
      'devnet advance --rounds two',
      'NUMBER_INVALID',
      '--rounds: "two" is not a whole number of at most 9 digits',
      'write it in digits: 5',
    ],
    [
      'devnet advance --rpc-url https://rpc.example/key',
      'DEVNET_URL_INVALID',
      'a devnet is reached over http, not at https://rpc.example',
      'pass a URL like http://127.0.0.1:8545',
    ],
  ]
  for (const [words, code, message, next] of usage) {
    it(`refuses ${words}`, () => refuses(words, { code, exitCode: 2, message, next }))
  }

  it('refuses without anvil', async () => {
    await refuses(`devnet up --anvil ${folder}/anvil`, {
      code: 'ANVIL_MISSING',
      exitCode: 4,
      message: `there is no program at ${folder}/anvil`,
      next: 'install it: npm install --global @foundry-rs/anvil',
    })
    assert.deepEqual(await ports(), [])
  })

  it('refuses to move a chain that is no devnet of ours', async () => {
    const server = createServer((request, response) => {
      request.resume()
      response.end('[{"id":0,"result":"0x1"},{"id":1,"result":"0x"}]')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      await refuses(`devnet advance --port ${String(port)}`, {
        code: 'NOT_A_DEVNET',
        exitCode: 4,
        message: 'the node that answers is not a devnet of lp-pay',
        next: 'start one on another port: lp-pay devnet up --port PORT',
        details: { chainId: 1, controller: '0x5FbDB2315678afecb367f032d93F642f64180aa3' },
      })
    } finally {
      server.close()
    }
  })

  function inForeground(...words: string[]) {
    const child = mortal(
      spawn(process.execPath, [join(projectFolder, 'bin', 'run.cjs'), ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], HOME: folder, ...env },
      }),
    )
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.stderr += chunk))
    const ended = once(child, 'close').then(([code]) => code as number | null)
    return { child, said, ended }
  }
})
