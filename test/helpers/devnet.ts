import { execFileSync } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { LpPayError } from '../../src/lib/errors.ts'
import { advanceRounds } from '../../src/lib/devnet/advance-rounds.ts'
import { findFreePort } from '../../src/lib/devnet/free-port.ts'
import { connectDevnet } from '../../src/lib/devnet/json-rpc.ts'
import { devnetRules, mainnetRules, snapshotName } from '../../src/lib/devnet/rules.ts'
import type { DevnetRules } from '../../src/lib/devnet/rules.ts'
import { startDevnet } from '../../src/lib/devnet/start-devnet.ts'
import type { DevnetHandle } from '../../src/lib/devnet/start-devnet.ts'
import { bounded } from './mortal.ts'

export const projectFolder = join(import.meta.dirname, '..', '..')
export const snapshotFolder = join(projectFolder, 'dist', 'devnet')

const snapshotSources = [
  'contracts/RateFeed.sol',
  'contracts/TicketBroker2026.sol',
  'scripts/compile-contract.ts',
  'scripts/devnet-snapshot.ts',
  'scripts/devnet/artifacts.ts',
  'scripts/devnet/deploy-contracts.ts',
  'scripts/devnet/state.ts',
  'src/lib/devnet/accounts.ts',
  'src/lib/devnet/network.ts',
  'src/lib/devnet/rules.ts',
]

/** A devnet of its own for a test: real anvil, real contracts, a free port and a fresh folder. */
export interface TestDevnet {
  readonly rpcUrl: string
  readonly port: number
  /** The state folder, for functions that want one. */
  readonly folder: string
  readonly genesisHash: string
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>
  /** Remembers the chain as it is, for one `revert`. */
  snapshot(): Promise<string>
  revert(id: string): Promise<void>
  /** Moves on by whole rounds; the new round is initialized. */
  advance(rounds: number): Promise<bigint>
  stop(): Promise<void>
}

export interface TestDevnetOptions {
  /** Mainnet's unless given. */
  readonly rules?: DevnetRules
}

/** Starts a devnet; the caller stops it, at the latest in an `after` hook. */
export async function startTestDevnet({ rules = mainnetRules }: TestDevnetOptions = {}): Promise<TestDevnet> {
  buildSnapshots()
  const folder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
  const handle = await startOnFreePort(folder, rules)
  const rpc = connectDevnet(handle.rpcUrl)
  const onExit = () => {
    killAnvil(handle.pid, folder)
  }
  process.once('exit', onExit)
  return {
    rpcUrl: handle.rpcUrl,
    port: handle.port,
    genesisHash: handle.genesisHash,
    folder,
    rpc: (method, params) => rpc.request(method, params),
    async snapshot() {
      await untilPoolIsEmpty(rpc.request)
      return String(await rpc.request('evm_snapshot'))
    },
    async revert(id) {
      await untilPoolIsEmpty(rpc.request)
      if ((await rpc.request('evm_revert', [id])) !== true) throw new Error(`there is no snapshot ${id}`)
    },
    async advance(rounds) {
      const { toRound } = await advanceRounds({ rpcUrl: handle.rpcUrl, rounds })
      return toRound
    },
    async stop() {
      process.off('exit', onExit)
      rpc.close()
      await handle.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A devnet for the tests of one `describe`, which calls this in its body. Each test finds the chain as it was after the
 * `before` hooks. Use its members only inside hooks and tests.
 */
export function useTestDevnet(options: TestDevnetOptions = {}): TestDevnet {
  let running: TestDevnet | undefined
  let id: string | undefined
  before(async () => {
    running = await startTestDevnet(options)
  })
  beforeEach(async () => {
    id = await running?.snapshot()
  })
  afterEach(async () => {
    if (id !== undefined) await running?.revert(id)
    id = undefined
  })
  after(async () => {
    await running?.stop()
    running = undefined
  })
  return new Proxy({} as TestDevnet, {
    get(_, name: keyof TestDevnet) {
      if (running === undefined) throw new Error('the devnet runs only inside hooks and tests')
      return running[name]
    },
  })
}

/** Builds the snapshots if one is missing or older than what they are made from. */
export function buildSnapshots(): void {
  const built = Math.min(...devnetRules.map((rules) => modified(join(snapshotFolder, snapshotName(rules)))))
  if (snapshotSources.every((source) => modified(join(projectFolder, source)) < built)) return
  execFileSync(process.execPath, ['--import', 'tsx', join(projectFolder, 'scripts', 'devnet-snapshot.ts')], {
    ...bounded,
    timeout: 300_000,
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Where mocha is interrupted, no hook runs. */
function killAnvil(pid: number, folder: string): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Another process may take the port between finding it free and listening on it. */
async function startOnFreePort(stateFolder: string, rules: DevnetRules): Promise<DevnetHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      const port = await findFreePort()
      return await startDevnet({
        port,
        stateFolder,
        snapshotFolder,
        rules,
        searchFrom: projectFolder,
        detached: false,
      })
    } catch (error) {
      if (attempt === 5 || !(error instanceof LpPayError && error.code === 'DEVNET_PORT_IN_USE')) throw error
    }
  }
}

/** Anvil shows a receipt a moment before its pool is empty, and a revert in between leaves the transaction pending. */
async function untilPoolIsEmpty(request: (method: string) => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const { pending, queued } = (await request('txpool_status')) as { pending: string; queued: string }
    if (BigInt(pending) + BigInt(queued) === 0n) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('transactions stay in the pool')
}
