import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ConfigurationError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import { devnet } from './network.ts'
import { identifyProcess, isRunning } from '../files/process-identity.ts'
import type { ProcessIdentity } from '../files/process-identity.ts'

export interface AnvilOptions {
  readonly anvilPath: string
  readonly port: number
  /** Gets anvil's log and its cache of old states. */
  readonly folder: string
  readonly statePath?: string
  /** Whether anvil outlives this process and stays out of its terminal's signals. */
  readonly detached: boolean
}

export interface AnvilProcess {
  readonly identity: ProcessIdentity
  readonly logPath: string
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>
}

/**
 * Launches anvil on the loopback interface, with its output in a log file.
 *
 * @throws {ConfigurationError} DEVNET_START_FAILED it cannot be run or ended at once
 */
export async function launchAnvil(options: AnvilOptions): Promise<AnvilProcess> {
  const { anvilPath, folder, detached } = options
  const logPath = join(folder, 'anvil.log')
  const log = openSync(logPath, 'a', 0o600)
  const child = spawn(anvilPath, anvilArguments(options), {
    cwd: folder,
    detached,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => {
      reject(startFailed('anvil cannot be run', cause))
    })
  })
  if (detached) child.unref()
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid)
  if (identity === undefined) {
    child.kill('SIGKILL')
    throw anvilEnded(logPath)
  }
  return { identity, logPath, exited }
}

function anvilArguments({ port, folder, statePath }: AnvilOptions): string[] {
  return [
    '--host=127.0.0.1',
    `--port=${String(port)}`,
    `--chain-id=${String(devnet.chainId)}`,
    `--cache-path=${join(folder, 'cache')}`,
    // Gas as cheap as on Arbitrum: at anvil's usual gwei orchestrators would ask for face values nobody funds.
    '--block-base-fee-per-gas=10000000',
    '--disable-min-priority-fee',
    // Every old state is a file of 260 KB else; 128 is what a full node keeps.
    '--prune-history=128',
    // Otherwise the log grows by a line a request and opens with the private keys.
    '--quiet',
    ...(statePath === undefined ? [] : [`--load-state=${statePath}`]),
  ]
}

/** The error for an anvil that ended by itself, with what it said last. */
export function anvilEnded(logPath: string): ConfigurationError {
  const lines = readFileSync(logPath, 'utf8').split('\n').map(sanitize).filter(Boolean)
  const said = lines.findLast((line) => /^error/i.test(line)) ?? lines.at(-1)
  return startFailed(
    said === undefined ? 'anvil ended at once' : `anvil ended at once: ${said.slice(0, 300)}`,
  )
}

function startFailed(message: string, cause?: Error): ConfigurationError {
  return new ConfigurationError('DEVNET_START_FAILED', message, {
    cause,
    nextSteps: ['try anvil 1.7.1: npm install --global @foundry-rs/anvil@1.7.1'],
  })
}

/**
 * Ends a process and waits until it is gone: politely first, then by force. Sends nothing to a process that has taken
 * over its number.
 *
 * @returns whether it has ended
 */
export async function endProcess(identity: ProcessIdentity): Promise<boolean> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      if (isRunning(identity)) process.kill(identity.pid, signal)
    } catch {
      // It ended in between, or is another user's: the wait below finds out.
    }
    if (await endsWithin(identity, 3000)) return true
  }
  return false
}

async function endsWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return true
}
