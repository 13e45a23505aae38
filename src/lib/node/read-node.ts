import { RpcUnavailableError, PreconditionError } from '../errors.ts'
import { parseStrictJson } from '../files/parse-strict-json.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Side } from '../pricefile/pipelines.ts'
import type { NodeClient } from './node-client.ts'

/** What a node tells of its prices. */
export interface NodeState {
  readonly side: Side
  /** wei for a pixel, by where a price file says it: `orchestrator.gateways.0x...` with the address in lower case. */
  readonly prices: ReadonlyMap<string, Rational>
}

/**
 * Asks a node what it is and what its prices are.
 *
 * @throws {PreconditionError} NODE_OTHER_KIND when it is a redeemer
 * @throws {LpPayError} as {@link NodeClient.get}
 */
export async function readNode(client: NodeClient): Promise<NodeState> {
  if (await readSwitch(client, '/IsOrchestrator')) {
    return { side: 'orchestrator', prices: await readOrchestratorPrices(client) }
  }
  if (await readSwitch(client, '/IsRedeemer')) {
    throw new PreconditionError('NODE_OTHER_KIND', `${client.origin} is a redeemer: it has no prices`, {
      details: { node: client.origin },
    })
  }
  return { side: 'gateway', prices: await readGatewayLimits(client) }
}

async function readSwitch(client: NodeClient, path: string): Promise<boolean> {
  const text = (await client.get(path)).trim()
  if (text === 'true' || text === 'false') return text === 'true'
  throw unexpected(client, path, 'neither true nor false')
}

async function readOrchestratorPrices(client: NodeClient): Promise<NodeState['prices']> {
  const path = '/status'
  const prices = member(await readJson(client, path), 'BroadcasterPrices') ?? {}
  if (typeof prices !== 'object' || Array.isArray(prices)) throw unexpected(client, path, 'no prices')
  return new Map(
    Object.entries(prices).map(([name, price]) => [
      name === 'default' ? 'orchestrator.transcoding' : `orchestrator.gateways.${name.toLowerCase()}`,
      readPrice(client, path, price),
    ]),
  )
}

async function readGatewayLimits(client: NodeClient): Promise<NodeState['prices']> {
  const path = '/getBroadcastConfig'
  const json = await readJson(client, path)
  const price = member(json, 'MaxPrice')
  if (price === undefined) throw unexpected(client, path, 'no MaxPrice')
  return new Map(price === null ? [] : [['gateway.maxPrice', readPrice(client, path, price)]])
}

async function readJson(client: NodeClient, path: string): Promise<unknown> {
  return parseStrictJson(await client.get(path), (why) => unexpected(client, path, why))
}

/** Only texts are taken: a bare number has lost digits when it is here. */
function readPrice(client: NodeClient, path: string, price: unknown): Rational {
  const found = typeof price === 'string' ? /^(\d{1,400})(?:\/(\d{1,400}))?$/.exec(price) : null
  const [, numerator, denominator = '1'] = found ?? []
  if (numerator === undefined || BigInt(denominator) === 0n) {
    throw unexpected(client, path, 'a price that is no fraction')
  }
  return rational(BigInt(numerator), BigInt(denominator))
}

function member(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function unexpected({ origin }: NodeClient, path: string, why: string): RpcUnavailableError {
  return new RpcUnavailableError('NODE_UNUSABLE', `${origin} answers ${path} with something else: ${why}`, {
    details: { node: origin, path },
    nextSteps: ['--node URL names the host and the port of a -cliAddr of go-livepeer'],
  })
}
