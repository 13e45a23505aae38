import { connect } from '../contracts/connect.ts'
import type { Connection } from '../contracts/connect.ts'
import { devnetAccounts } from '../devnet/accounts.ts'
import { findFreePort } from '../devnet/free-port.ts'
import { connectDevnet } from '../devnet/json-rpc.ts'
import { devnet } from '../devnet/network.ts'
import { startDevnet } from '../devnet/start-devnet.ts'
import { readSender } from '../sender/read-sender.ts'
import { UsageError } from '../errors.ts'
import { seededRandom } from '../probability/random-source.ts'
import type { ProtocolOptions } from '../protocol/options.ts'
import { playProtocol } from '../protocol/play-protocol.ts'
import type { ProtocolHooks, ProtocolReport } from '../protocol/play-protocol.ts'
import { protocolEngine } from '../protocol/protocol-engine.ts'
import { replay } from './replay.ts'
import type { Comparison, ReplayStep } from './replay.ts'

/** Where a devnet of its own may live. */
export interface DevnetPlace {
  /** A folder of its own; nothing in it is needed afterwards. */
  readonly folder: string
  readonly snapshotFolder: string
  readonly searchFrom: string
  readonly onReplayed?: (done: number, steps: number) => void
}

export interface DevnetPlayOptions extends DevnetPlace {
  /** What is played; the devnet says which round it is and how many orchestrators share a reserve. */
  readonly options: Omit<ProtocolOptions, 'firstRound' | 'poolSize' | 'orchestratorAddresses'>
  readonly seed: bigint
  readonly hooks: Pick<ProtocolHooks, 'onProgress' | 'onTickets'>
  readonly signal: AbortSignal
}

export interface DevnetPlay {
  readonly report: ProtocolReport
  readonly comparison: Comparison
}

const recipients = devnetAccounts.filter(
  ({ role, name }) => role === 'orchestrator' && name !== 'orchestrator-inactive',
)

/**
 * Plays the protocol, starts a devnet of its own, sends every redemption to the contract in the same order, and compares.
 * Nothing but that devnet is ever asked or told anything.
 *
 * @throws {UsageError} DEVNET_ORCHESTRATORS, and those of `playProtocol`
 * @throws what starting a devnet throws
 */
export async function playOnDevnet(play: DevnetPlayOptions): Promise<DevnetPlay> {
  const { options, folder, snapshotFolder, searchFrom, signal } = play
  if (options.orchestrators > recipients.length) {
    const most = recipients.length
    throw new UsageError('DEVNET_ORCHESTRATORS', `the devnet has ${most} active orchestrators`, {
      nextSteps: [`--orchestrators ${most}`],
    })
  }
  const handle = await startDevnet({
    ...{ snapshotFolder, searchFrom, signal, rules: options.rules, port: await findFreePort() },
    stateFolder: folder,
    detached: false,
  })
  try {
    const connection = await connect({ network: devnet, urls: [handle.rpcUrl] })
    try {
      return await playThere(connection, handle.rpcUrl, play)
    } finally {
      connection.rpc.close()
    }
  } finally {
    await handle.stop()
  }
}

async function playThere(
  connection: Connection,
  rpcUrl: string,
  { options, seed, hooks, onReplayed, signal }: DevnetPlayOptions,
): Promise<DevnetPlay> {
  const { poolSize, round } = await readSender(connection, devnetAccounts[0].address)
  const steps: ReplayStep[] = []
  const report = await playProtocol(
    {
      ...options,
      poolSize,
      firstRound: round.current + 1n,
      orchestratorAddresses: recipients.map(({ address }) => address),
    },
    seededRandom(seed),
    await protocolEngine(),
    {
      ...hooks,
      signal,
      onRound: (begun) => steps.push({ kind: 'round', round: begun }),
      onLanding: (landing) => steps.push({ kind: 'landing', landing }),
    },
  )
  const rpc = connectDevnet(rpcUrl)
  try {
    const comparison = await replay(steps, {
      ...{ connection, rpc, rpcUrl, report, signal, onReplayed },
      depositWei: options.depositWei,
      reserveWei: options.reserveWei,
    })
    return { report, comparison }
  } finally {
    rpc.close()
  }
}
