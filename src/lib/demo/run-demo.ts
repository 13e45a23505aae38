import { localSigner } from '../account/signer.ts'
import { connect } from '../contracts/connect.ts'
import type { Connection } from '../contracts/connect.ts'
import { devnetAccounts } from '../devnet/accounts.ts'
import { advanceRounds } from '../devnet/advance-rounds.ts'
import { findFreePort } from '../devnet/free-port.ts'
import { devnet } from '../devnet/network.ts'
import { startDevnet } from '../devnet/start-devnet.ts'
import { PreconditionError } from '../errors.ts'
import { cancelUnlockOperation } from '../sender/operations/cancel-unlock.ts'
import { fundOperation } from '../sender/operations/fund.ts'
import type { SenderOperation } from '../sender/operations/sender-operation.ts'
import { unlockOperation } from '../sender/operations/unlock.ts'
import { withdrawOperation } from '../sender/operations/withdraw.ts'
import { prepare, send } from '../tx/send.ts'
import { senderStatus } from '../sender/status.ts'
import { parseWei } from '../units/wei.ts'
import { summarise } from './demo-step.ts'
import type { DemoResult, DemoStep } from './demo-step.ts'
import { playOrchestrator } from './play-orchestrator.ts'

export interface DemoOptions {
  /** A folder of the demonstration's own; nothing in it is needed afterwards. */
  readonly folder: string
  readonly snapshotFolder: string
  readonly searchFrom: string
  readonly signal?: AbortSignal
  readonly onStep: (step: DemoStep) => void
}

const depositWei = parseWei('0.1')
const reserveWei = parseWei('0.36')

/** The main job of both sides from beginning to end, with the real contracts on a private chain. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { folder, signal, onStep, ...where } = options
  const handle = await startDevnet({
    ...where,
    port: await findFreePort(),
    stateFolder: folder,
    detached: false,
    ...(signal && { signal }),
  })
  const connection = await connect({ network: devnet, urls: [handle.rpcUrl] })
  try {
    return await playGateway(connection, handle.rpcUrl, options)
  } finally {
    connection.rpc.close()
    await handle.stop()
  }
}

async function playGateway(
  connection: Connection,
  rpcUrl: string,
  { folder, signal, onStep }: DemoOptions,
): Promise<DemoResult> {
  const [, gateway] = devnetAccounts
  const steps: DemoStep[] = []
  const tell = (step: DemoStep) => {
    signal?.throwIfAborted()
    steps.push(step)
    onStep(step)
  }
  const showStatus = async () => {
    tell({ kind: 'status', status: await senderStatus(connection, gateway.address) })
  }
  const run = async (command: string, operation: SenderOperation) => {
    const { result, reported } = await send(operation, {
      connection,
      from: gateway.address,
      dataFolder: folder,
      signer: () => localSigner(gateway.privateKey),
      confirm: () => Promise.resolve(),
      confirmations: 1,
      timeoutMs: 30_000,
    })
    await reported()
    tell({ kind: 'sent', command, result })
  }
  const refused = async (command: string, operation: SenderOperation) => {
    try {
      await prepare(operation, { connection, from: gateway.address, dataFolder: folder })
    } catch (error) {
      if (!(error instanceof PreconditionError)) throw error
      tell({ kind: 'refused', command, reason: error.message })
    }
  }

  const before = await senderStatus(connection, gateway.address)
  tell({ kind: 'devnet', rpcUrl, round: before.round.current, orchestrators: before.activeOrchestrators })
  await showStatus()
  const funding = { kind: 'add', depositWei, reserveWei } as const
  await run(
    'deposit 0.1 --reserve 0.36',
    fundOperation(connection, { name: 'deposit', funding, from: gateway.address }),
  )
  await showStatus()
  await playOrchestrator(connection, folder, tell)
  await showStatus()
  await refused('withdraw', withdrawOperation(connection, gateway.address))
  await run('unlock', unlockOperation(connection, gateway.address))
  await run('unlock cancel', cancelUnlockOperation(connection, gateway.address))
  await run('unlock', unlockOperation(connection, gateway.address))
  await showStatus()
  const { fromRound, toRound } = await advanceRounds({ rpcUrl, rounds: 2 })
  tell({ kind: 'rounds', from: fromRound, to: toRound })
  await run('withdraw', withdrawOperation(connection, gateway.address))
  await showStatus()
  return summarise(steps)
}
