import { join, resolve } from 'node:path'
import type { Hex } from 'viem'

import { ConfigurationError, findLpPayError, PreconditionError, UsageError } from '../errors.ts'
import { anvilEnded, endProcess, launchAnvil } from './anvil-process.ts'
import type { AnvilProcess } from './anvil-process.ts'
import { findAnvil } from './anvil.ts'
import { claimFolder, describeProcess, lookUpDevnet, removeFolder, writeRecord } from './devnet-record.ts'
import type { DevnetProcess, DevnetRecord } from './devnet-record.ts'
import { probePort } from './free-port.ts'
import { connectDevnet } from './json-rpc.ts'
import type { DevnetRpc } from './json-rpc.ts'
import { devnetContracts } from './network.ts'
import { identifyProcess } from '../files/process-identity.ts'
import { readDevnet, requireDevnet } from './read-devnet.ts'
import { mainnetRules, snapshotName } from './rules.ts'
import type { DevnetRules } from './rules.ts'
import { unpackSnapshot } from './unpack-snapshot.ts'

const pollMilliseconds = 15
const patienceMilliseconds = 20_000

export type DevnetStep = 'unpack' | 'launch' | 'wait'

export interface StartDevnetOptions {
  readonly port: number
  /** Holds a folder for each devnet that runs, by its port. */
  readonly stateFolder: string
  /** Holds the gzipped states that the build has left, one for each generation of rules. */
  readonly snapshotFolder: string
  /** Mainnet's unless given. */
  readonly rules?: DevnetRules | undefined
  /** The folder from which an installed anvil is searched upwards. */
  readonly searchFrom: string
  readonly anvilPath?: string | undefined
  /** Ends a start that is not finished; a devnet that is ready no longer heeds it. */
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((step: DevnetStep) => void) | undefined
}

export interface DevnetInfo extends DevnetProcess {
  /** The hash of block 0, different for every devnet. */
  readonly genesisHash: Hex
  readonly currentRound: bigint
}

/** A devnet that lives in the foreground. */
export interface DevnetHandle extends DevnetInfo {
  /** Resolves when anvil has ended, by whatever cause, and its folder is gone. */
  readonly exited: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a local chain that holds the Livepeer contracts, as a chain of its own with its own block 0. Detached, it
 * outlives this process. A start that fails leaves nothing behind.
 *
 * @throws {ConfigurationError} ANVIL_MISSING, DEVNET_SNAPSHOT_MISSING, DEVNET_SNAPSHOT_DAMAGED, DEVNET_START_FAILED
 * @throws {PreconditionError} DEVNET_RUNNING, DEVNET_STARTING, DEVNET_PORT_IN_USE, DEVNET_PORT_FORBIDDEN
 * @throws {UsageError} DEVNET_PORT_INVALID
 * @throws the signal's reason
 */
export async function startDevnet(
  options: StartDevnetOptions & { readonly detached: true },
): Promise<DevnetInfo>
export async function startDevnet(
  options: StartDevnetOptions & { readonly detached: false },
): Promise<DevnetHandle>
export async function startDevnet(
  options: StartDevnetOptions & { readonly detached: boolean },
): Promise<DevnetInfo | DevnetHandle> {
  const stateFolder = resolve(options.stateFolder)
  const anvilPath = findAnvil(options)
  const rules = options.rules ?? mainnetRules
  const claimed = await claim(stateFolder, options.port, rules)
  let anvil: AnvilProcess | undefined
  try {
    const { folder, rpcUrl } = describeProcess(stateFolder, claimed)
    await requireFreePort(options.port)
    options.onStep?.('unpack')
    const statePath = join(folder, 'state.json')
    const snapshotPath = join(options.snapshotFolder, snapshotName(rules))
    const extraData = await unpackSnapshot(snapshotPath, statePath)
    options.signal?.throwIfAborted()
    options.onStep?.('launch')
    anvil = await launchAnvil({
      anvilPath,
      folder,
      statePath,
      port: options.port,
      detached: options.detached,
    })
    const record = { ...claimed, anvil: anvil.identity }
    await writeRecord(stateFolder, record)
    options.onStep?.('wait')
    const ready = await untilReady(rpcUrl, anvil, extraData, options.signal)
    const info = { ...describeProcess(stateFolder, record), ...ready }
    return options.detached
      ? info
      : handleOf(info, anvil, () => removeFolder(stateFolder, options.port, record))
  } catch (error) {
    if (anvil !== undefined) await endProcess(anvil.identity)
    await removeFolder(stateFolder, options.port, claimed)
    throw await whyItFailed(error, options.port)
  }
}

function handleOf(info: DevnetInfo, anvil: AnvilProcess, cleanUp: () => Promise<void>): DevnetHandle {
  const exited = anvil.exited.then(cleanUp)
  const stop = async () => {
    await endProcess(anvil.identity)
    await exited
  }
  return { ...info, exited, stop }
}

async function claim(stateFolder: string, port: number, rules: DevnetRules): Promise<DevnetRecord> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError('DEVNET_PORT_INVALID', `${String(port)} is not a port`, {
      nextSteps: ['choose a port from 1 to 65535, as 8545'],
    })
  }
  const { state, record } = await lookUpDevnet(stateFolder, port)
  if (state === 'running' || state === 'starting') throw occupied(state, port)
  if (state === 'dead') await removeFolder(stateFolder, port, record)
  const starter = identifyProcess(process.pid) ?? { pid: process.pid, started: 'unknown' }
  const claimed: DevnetRecord = { port, rules, startedAt: new Date().toISOString(), starter }
  if (!(await claimFolder(stateFolder, claimed))) throw occupied('starting', port)
  return claimed
}

async function requireFreePort(port: number): Promise<void> {
  const probed = await probePort(port)
  if (probed === 'taken') throw await portInUse(port)
  if (probed === 'forbidden') {
    throw new PreconditionError('DEVNET_PORT_FORBIDDEN', `this user may not listen on port ${String(port)}`, {
      details: { port },
      nextSteps: ['choose a port above 1023: lp-pay devnet up --port PORT'],
    })
  }
}

async function untilReady(
  rpcUrl: string,
  anvil: AnvilProcess,
  extraData: Hex,
  signal: AbortSignal | undefined,
): Promise<Pick<DevnetInfo, 'genesisHash' | 'currentRound'>> {
  const rpc = connectDevnet(rpcUrl)
  let ended = false
  void anvil.exited.then(() => (ended = true))
  const deadline = performance.now() + patienceMilliseconds
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (ended) throw anvilEnded(anvil.logPath)
      const ready = await readiness(rpc, extraData)
      if (ready !== undefined) return ready
      if (performance.now() > deadline) {
        throw new ConfigurationError('DEVNET_START_FAILED', 'anvil runs but does not answer', {
          nextSteps: ['try again; on a machine under load it may take longer'],
        })
      }
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds))
    }
  } finally {
    rpc.close()
  }
}

/** Undefined as long as nothing, or something else, answers: only the chain just unpacked has this extra data. */
async function readiness(
  rpc: DevnetRpc,
  extraData: Hex,
): Promise<Pick<DevnetInfo, 'genesisHash' | 'currentRound'> | undefined> {
  try {
    const [, genesis, currentRound] = await Promise.all([
      requireDevnet(rpc),
      rpc.request('eth_getBlockByNumber', ['0x0', false]),
      readDevnet(rpc, { address: devnetContracts.RoundsManager, functionName: 'currentRound', args: [] }),
    ])
    const block = genesis as { hash: Hex; extraData: Hex }
    return block.extraData === extraData ? { genesisHash: block.hash, currentRound } : undefined
  } catch {
    return undefined
  }
}

function occupied(state: 'running' | 'starting', port: number): PreconditionError {
  const facts = { details: { port } }
  const stop = `stop it first: lp-pay devnet down --port ${String(port)}`
  const another = 'or start another one beside it: lp-pay devnet up --port PORT'
  return state === 'running'
    ? new PreconditionError('DEVNET_RUNNING', `a devnet runs on port ${String(port)} already`, {
        ...facts,
        nextSteps: [stop, another],
      })
    : new PreconditionError('DEVNET_STARTING', `a devnet is being started on port ${String(port)}`, {
        ...facts,
        nextSteps: ['wait until it is ready, or stop the command that starts it'],
      })
}

async function portInUse(port: number): Promise<PreconditionError> {
  const rpc = connectDevnet(`http://127.0.0.1:${String(port)}`)
  const devnetThere = await requireDevnet(rpc).then(
    () => true,
    () => false,
  )
  rpc.close()
  const by = devnetThere ? 'a devnet that lp-pay has no record of' : 'another program'
  return new PreconditionError('DEVNET_PORT_IN_USE', `port ${String(port)} is taken by ${by}`, {
    details: { port, devnet: devnetThere },
    nextSteps: ['choose another port: lp-pay devnet up --port PORT'],
  })
}

/** Anvil also ends at once when another program has taken the port in the meantime. */
async function whyItFailed(error: unknown, port: number): Promise<unknown> {
  const failedStart = findLpPayError(error)?.code === 'DEVNET_START_FAILED'
  return failedStart && (await probePort(port)) === 'taken' ? portInUse(port) : error
}
