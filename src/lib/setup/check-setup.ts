import type { Address } from 'viem'

import type { Network } from '../chain/network.ts'
import { connect } from '../contracts/connect.ts'
import type { Connection } from '../contracts/connect.ts'
import { LpPayError } from '../errors.ts'
import { readSender } from '../sender/read-sender.ts'
import { phaseOf } from '../sender/phase.ts'
import type { Phase } from '../sender/phase.ts'
import { readRound } from '../rounds/read-round.ts'
import { originOf } from '../text/redact-urls.ts'

export interface CheckSetupOptions {
  readonly network: Network
  readonly urls: readonly string[]
  readonly address: Address | undefined
  readonly signal?: AbortSignal
}

/** What the chain says to a configuration before it is written. */
export interface SetupCheck {
  /** The RPCs in their order; the problem is null for one that is on the right chain with the right contracts. */
  readonly rpcs: readonly { readonly origin: string; readonly problem: LpPayError | null }[]
  /** Read through the first RPC that is fit; null when none is. */
  readonly chain: {
    readonly chainId: number
    readonly paused: boolean
    readonly round: bigint
    readonly roundInitialized: boolean
  } | null
  /** Null when no account is named, or no RPC is fit. */
  readonly account: {
    readonly address: Address
    readonly walletWei: bigint
    readonly depositWei: bigint
    readonly reserveWei: bigint
    readonly phase: Phase
  } | null
}

const timeoutMs = 5000

/**
 * Asks every RPC on its own, so that none can stand in for another: its chain id, the Controller, the contracts that
 * the Controller names, and the state of the account.
 *
 * @throws {RpcUnavailableError} RPC_INTERRUPTED
 */
export async function checkSetup(options: CheckSetupOptions): Promise<SetupCheck> {
  const { network, urls, address, signal } = options
  const results = await Promise.all(urls.map((url) => tryRpc(url, network, address, signal)))
  const found = results.find(({ state }) => state !== null)?.state
  return {
    rpcs: results.map(({ origin, problem }) => ({ origin, problem })),
    chain: found?.chain ?? null,
    account: found?.account ?? null,
  }
}

/** What is wrong with the first RPC that is not fit; undefined when all are. */
export function problemOf({ rpcs }: SetupCheck): LpPayError | undefined {
  return rpcs.find(({ problem }) => problem !== null)?.problem ?? undefined
}

interface Tried {
  readonly origin: string
  readonly problem: LpPayError | null
  readonly state: Pick<SetupCheck, 'chain' | 'account'> | null
}

async function tryRpc(
  url: string,
  network: Network,
  address: Address | undefined,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const origin = originOf(url)
  try {
    const connection = await connect({ network, urls: [url], timeoutMs, ...(signal && { signal }) })
    try {
      return { origin, problem: null, state: await readState(connection, address) }
    } finally {
      connection.rpc.close()
    }
  } catch (error) {
    if (!(error instanceof LpPayError) || signal?.aborted === true) throw error
    return { origin, problem: error, state: null }
  }
}

async function readState(
  connection: Connection,
  address: Address | undefined,
): Promise<Pick<SetupCheck, 'chain' | 'account'>> {
  const sender = address === undefined ? undefined : await readSender(connection, address)
  const round = sender?.round ?? (await readRound(connection))
  return {
    chain: {
      chainId: connection.network.chainId,
      paused: connection.paused,
      round: round.current,
      roundInitialized: round.initialized,
    },
    account:
      sender === undefined
        ? null
        : {
            address: sender.address,
            walletWei: sender.walletWei,
            depositWei: sender.depositWei,
            reserveWei: sender.reserveWei,
            phase: phaseOf(sender),
          },
  }
}
