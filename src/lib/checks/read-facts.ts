import type { Address } from 'viem'

import { parseEndpoints } from '../chain/endpoint.ts'
import type { Network } from '../chain/network.ts'
import { quantityField } from '../chain/quantity.ts'
import { connect } from '../contracts/connect.ts'
import type { Connection } from '../contracts/connect.ts'
import { readRound } from '../rounds/read-round.ts'
import { readSender } from '../sender/read-sender.ts'
import type { CheckFacts, RpcState } from './facts.ts'
import { troubleOf } from './trouble.ts'
import type { Trouble } from './trouble.ts'

export interface ReadFactsOptions {
  readonly network: Network
  readonly urls: readonly string[]
  /** Null when nothing is to be known of an account. */
  readonly address: Address | null
  readonly signal?: AbortSignal
}

/** An RPC on its own, so that none can stand in for another. */
type Line =
  | { readonly label: string; readonly connection: Connection }
  | { readonly label: string; readonly connection: undefined; readonly trouble: Trouble }

/** The state of the chain, and what befell the RPCs that were asked for it and did not give it. */
interface StateRead extends Pick<CheckFacts, 'chain' | 'sender'> {
  readonly troubles: ReadonlyMap<Line, Trouble>
}

/**
 * Connects to every RPC separately and reads the state through the first that is fit: two round trips to each.
 *
 * @throws {ConfigurationError} RPC_MISSING, RPC_URL_INVALID
 * @throws {RpcUnavailableError} RPC_INTERRUPTED
 */
export async function readFacts(options: ReadFactsOptions): Promise<CheckFacts> {
  const { network, urls, address } = options
  const origins = parseEndpoints(urls, network.name).map(({ origin }) => origin)
  const lines = await Promise.all(urls.map((url, index) => open(url, toLabel(origins, index), options)))
  try {
    // Begun in the same turn, so that what is asked of the same RPC travels together.
    const [{ troubles, ...state }, rpcs] = await Promise.all([
      readState(lines, address),
      Promise.all(lines.map(async (line) => ({ line, state: await readRpc(line) }))),
    ])
    return {
      network,
      rpcs: rpcs.map(({ line, state }) => ({ label: line.label, state: troubles.get(line) ?? state })),
      ...state,
    }
  } finally {
    for (const { connection } of lines) connection?.rpc.close()
  }
}

/** An origin, with a number behind it where it occurs again: URLs may differ in what must not be shown. */
function toLabel(origins: readonly string[], index: number): string {
  const origin = origins[index] ?? ''
  const before = origins.slice(0, index).filter((other) => other === origin).length
  return before === 0 ? origin : `${origin} (${String(before + 1)})`
}

async function open(url: string, label: string, { network, signal }: ReadFactsOptions): Promise<Line> {
  try {
    return { label, connection: await connect({ network, urls: [url], ...(signal && { signal }) }) }
  } catch (error) {
    return { label, connection: undefined, trouble: troubleOf(error) }
  }
}

async function readState(lines: readonly Line[], address: Address | null): Promise<StateRead> {
  const troubles = new Map<Line, Trouble>()
  for (const line of lines) {
    const { connection } = line
    if (connection === undefined) continue
    try {
      const sender = address === null ? undefined : await readSender(connection, address)
      const round = sender?.round ?? (await readRound(connection))
      return { chain: { paused: connection.paused, round }, sender, troubles }
    } catch (error) {
      troubles.set(line, troubleOf(error))
    }
  }
  return { chain: undefined, sender: undefined, troubles }
}

async function readRpc(line: Line): Promise<RpcState> {
  if (line.connection === undefined) return line.trouble
  try {
    const block = await line.connection.rpc.request('eth_getBlockByNumber', ['latest', false])
    const ageSeconds = Math.floor(Date.now() / 1000) - Number(quantityField(block, 'timestamp'))
    return {
      kind: 'fit',
      head: { number: quantityField(block, 'number'), ageSeconds: Math.max(0, ageSeconds) },
    }
  } catch (error) {
    return troubleOf(error)
  }
}
