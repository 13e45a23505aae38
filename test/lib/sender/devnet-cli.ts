import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Envelope } from '../../../src/output/json.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import type { TestDevnet, TestDevnetOptions } from '../../helpers/devnet.ts'
import { runCli } from '../../helpers/run-cli.ts'
import type { RunOptions, RunResult } from '../../helpers/run-cli.ts'

/** A result as JSON carries it. */
export type Plain = Record<string, unknown>

export interface Refusal {
  readonly code: string
  readonly exitCode: number
  readonly message: string
  /** The first next step; null when there is none. */
  readonly next: string | null
  readonly details?: object
}

/** Runs the program against a devnet; the runs of one test share their configuration and data. */
export interface DevnetCli {
  readonly chain: TestDevnet
  readonly dataFolder: string
  readonly configFolder: string
  /** Words apart by blanks; the network and the RPC are added. */
  run(words: string, options?: RunOptions): Promise<RunResult>
  /** Runs with `--json` what must succeed without a word on standard error. */
  json(words: string, options?: RunOptions): Promise<Envelope<Plain>>
  /** Runs what must fail, with `--json` and without it, and holds both answers against what is expected. */
  refuses(words: string, expected: Refusal, options?: RunOptions): Promise<void>
}

export function useDevnetCli(options: TestDevnetOptions = {}): DevnetCli {
  const chain = useTestDevnet(options)
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const run = (words: string, options: RunOptions = {}) =>
    runCli([...words.split(' '), ...flagsFor(words, chain)], {
      ...options,
      env: {
        LP_PAY_CONFIG_DIR: join(folder, 'config'),
        LP_PAY_DATA_DIR: join(folder, 'data'),
        ...options.env,
      },
    })
  return {
    chain,
    run,
    json: async (words, options) => succeeded(await run(`${words} --json`, options)),
    async refuses(words, expected, options) {
      // One after the other: some take the account's lock before they refuse.
      const text = await run(words, options)
      assertRefusal(text, await run(`${words} --json`, options), expected)
    },
    get dataFolder() {
      return join(folder, 'data')
    },
    get configFolder() {
      return join(folder, 'config')
    },
  }
}

/** What a test says itself is not said again. */
function flagsFor(words: string, chain: TestDevnet): string[] {
  return [
    ...(words.includes('--network') ? [] : ['--network', 'devnet']),
    ...(words.includes('--rpc-url') ? [] : ['--rpc-url', chain.rpcUrl]),
  ]
}

export function succeeded({ code, stdout, stderr }: RunResult): Envelope<Plain> {
  assert.deepEqual([code, stderr], [0, ''], stdout)
  const envelope = JSON.parse(stdout) as Envelope<Plain>
  const { schemaVersion, ok, error } = envelope
  assert.deepEqual({ schemaVersion, ok, error }, { schemaVersion: 1, ok: true, error: null })
  return envelope
}

/** One line on standard error and nothing else, or one envelope on standard output and nothing else. */
export function assertRefusal(text: RunResult, json: RunResult, expected: Refusal): void {
  const { code, exitCode, message, next } = expected
  const line = `error: ${message}${next === null ? '' : ` (next: ${next})`}\n`
  assert.deepEqual(text, { stdout: '', stderr: line, code: exitCode, signal: null })
  assert.deepEqual([json.code, json.stderr], [exitCode, ''])
  const { error, ...rest } = JSON.parse(json.stdout) as Envelope<Plain>
  assert.deepEqual(rest, { schemaVersion: 1, ok: false, command: rest.command, result: null, warnings: [] })
  assert.ok(error !== null)
  const { details, nextSteps, ...told } = error
  assert.deepEqual({ ...told, next: nextSteps[0] ?? null }, { code, exitCode, message, next })
  if (expected.details !== undefined) assert.deepEqual(details, expected.details)
}
