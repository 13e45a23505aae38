import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { probePort } from '../../src/lib/devnet/free-port.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { buildSnapshots, projectFolder } from '../helpers/devnet.ts'
import { runCli } from '../helpers/run-cli.ts'
import { assertRefusal, succeeded } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { mortal } from '../helpers/mortal.ts'

interface Step extends Plain {
  readonly kind: string
}

describe('demo', () => {
  let folder = ''
  before(buildSnapshots)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const run = (...words: string[]) => runCli(words, { env: { TMPDIR: folder } })

  it('shows the main job from beginning to end, and leaves nothing', async () => {
    const { stdout, stderr, code } = await run('demo')
    assert.deepEqual([code, stderr], [0, ''])
    const shown = stdout.split('\n').filter((line) => line.startsWith('$ lp-pay '))
    assert.deepEqual(
      shown.map((line) => line.slice('$ lp-pay '.length)),
      [
        'status',
        'deposit 0.1 --reserve 0.36',
        'status',
        'redeem winners.ndjson',
        'fees show',
        'fees withdraw',
        'status',
        'withdraw',
        'unlock',
        'unlock cancel',
        'unlock',
        'status',
        'withdraw',
        'status',
      ],
    )
    assert.match(
      stdout,
      /^A private devnet runs at http:\/\/127\.0\.0\.1:\d+ with the real Livepeer contracts\.\nRound 1001, 3 active orchestrators\. We are a gateway\.\n/,
    )
    assert.match(
      stdout,
      /\n {2}refused before sending: the deposit and the reserve are locked, and no unlock was begun\n/,
    )
    assert.match(stdout, /\nTwo rounds pass \(1001 -> 1003\): almost two days on Arbitrum, a moment here\.\n/)
    assert.match(
      stdout,
      /\nOf 0\.46 ETH the orchestrator earned 0\.024 ETH and 0\.436 ETH came back; 7 transactions cost 0\.\d+ ETH in gas\.\ntry it yourself: lp-pay devnet up\n$/,
    )
    await nothingIsLeft(/127\.0\.0\.1:(\d+)/.exec(stdout)?.[1])
  })

  it('tells the same steps in JSON', async () => {
    const { command, warnings, result } = succeeded(await run('demo', '--json'))
    assert.deepEqual([command, warnings], ['demo', []])
    const { steps, lockedWei, earnedWei, withdrawnWei, transactions, feesWei } = result as {
      steps: Step[]
    } & Plain
    assert.deepEqual(
      steps.map(({ kind, command: words }) => [kind, words]),
      [
        ['devnet', undefined],
        ['status', undefined],
        ['sent', 'deposit 0.1 --reserve 0.36'],
        ['status', undefined],
        ['tickets', undefined],
        ['redeemed', 'redeem winners.ndjson'],
        ['fees', undefined],
        ['feesWithdrawn', 'fees withdraw'],
        ['status', undefined],
        ['refused', 'withdraw'],
        ['sent', 'unlock'],
        ['sent', 'unlock cancel'],
        ['sent', 'unlock'],
        ['status', undefined],
        ['rounds', undefined],
        ['sent', 'withdraw'],
        ['status', undefined],
      ],
    )
    const phases = steps.flatMap(({ kind, status }) =>
      kind === 'status' ? [(status as Plain)['phase']] : [],
    )
    assert.deepEqual(phases, ['empty', 'locked', 'locked', 'unlocking', 'empty'])
    const redeemed = steps.find(({ kind }) => kind === 'redeemed')?.['result'] as Plain
    const batches = redeemed['batches'] as Plain[]
    const winners = steps.find(({ kind }) => kind === 'tickets')?.['winners'] as string[]
    assert.deepEqual(
      batches.map(({ tickets }) => (tickets as Plain[]).map(({ hash, outcome }) => [hash, outcome]).sort()),
      [winners.map((hash) => [hash, 'redeemed']).sort()],
    )
    const fees = [
      ...steps.flatMap(({ kind, result: done }) =>
        kind === 'sent' || kind === 'feesWithdrawn' ? [(done as Plain)['transaction'] as Plain] : [],
      ),
      ...batches,
    ].map(({ feeWei }) => BigInt(String(feeWei)))
    assert.equal(transactions, fees.length)
    assert.equal(feesWei, fees.reduce((sum, fee) => sum + fee, 0n).toString())
    assert.equal(lockedWei, parseWei('0.46').toString())
    assert.equal(earnedWei, parseWei('0.024').toString())
    assert.equal(BigInt(earnedWei) + BigInt(String(withdrawnWei)), parseWei('0.46'))
    await nothingIsLeft(/:(\d+)$/.exec(String(steps[0]?.['rpcUrl']))?.[1])
  })

  it('shows that what it funds is accepted', async () => {
    const { result } = succeeded(await run('demo', '--json'))
    const verdicts = (result?.['steps'] as Step[]).flatMap(({ kind, status }) =>
      kind === 'status' ? [((status as Plain)['acceptance'] as Plain)['accepted']] : [],
    )
    assert.deepEqual(verdicts.slice(0, 2), [false, true])
  })

  it('ends when it is interrupted, and leaves nothing', async () => {
    const child = mortal(
      spawn(process.execPath, [join(projectFolder, 'bin', 'run.cjs'), 'demo'], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
      }),
    )
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said.stdout += chunk
      if (said.stdout.includes('$ lp-pay status') && !child.killed) child.kill('SIGINT')
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.stderr += chunk))
    const [code] = (await once(child, 'close')) as [number | null]
    assert.deepEqual([code, said.stderr], [3, 'error: interrupted; nothing of the demo is left\n'])
    await nothingIsLeft(/127\.0\.0\.1:(\d+)/.exec(said.stdout)?.[1])
  })

  it('refuses a flag of the devnet, before it starts anything', async () => {
    assertRefusal(await run('demo', '--port', '8546'), await run('demo', '--port', '8546', '--json'), {
      code: 'FLAG_UNKNOWN',
      exitCode: 2,
      message: 'there is no flag --port',
      next: 'see --help',
    })
    assert.deepEqual(await readdir(folder), [])
  })

  async function nothingIsLeft(port: string | undefined): Promise<void> {
    assert.ok(port !== undefined)
    assert.equal(await probePort(Number(port)), 'free')
    assert.deepEqual(await readdir(folder), [])
  }
})
