import { CheckFailedError, PreconditionError, UsageError } from '../errors.ts'
import type { Endpoint } from '../chain/endpoint.ts'
import { shellQuote } from '../files/shell-quote.ts'
import type { Rational } from '../pm/rational.ts'
import { exportPrices } from '../pricefile/export-prices.ts'
import { lintPriceFile } from '../pricefile/lint/lint-price-file.ts'
import type { ReadPriceFile } from '../pricefile/parse-price-file.ts'
import type { Side } from '../pricefile/pipelines.ts'
import { pricedJobs } from '../pricefile/priced-jobs.ts'
import { needsRate } from '../pricing/rate.ts'
import type { Rate } from '../pricing/rate.ts'
import { compareValues } from './compare-values.ts'
import type { ComparedValue } from './compare-values.ts'
import type { NodeClient } from './node-client.ts'
import { defaultNodeUrl, parseNodeUrl } from './node-url.ts'
import { nodeValues } from './node-values.ts'
import type { NodeValue } from './node-values.ts'
import { readNode } from './read-node.ts'

/** What a price file says, held against what a node holds. */
export interface NodeComparison {
  readonly file: string
  /** The origin of its URL. */
  readonly node: string
  /** What kind of node it is, which is the half of the file that it is held against. */
  readonly side: Side
  /** What prices in another currency were turned into wei by; null when there are none. */
  readonly rate: Rate | null
  readonly values: readonly ComparedValue[]
  /** go-livepeer's flags for what a node takes only when it is started, quoted for a shell. */
  readonly startFlags: readonly string[]
}

export interface NodePlan {
  readonly comparison: NodeComparison
  readonly values: readonly NodeValue[]
}

/** What one ETH is worth in a currency. */
export type CurrentRate = (currency: string) => Promise<Rate>

export interface PlanOptions {
  readonly currentRate: CurrentRate
  /** How far a price that follows a rate may be from the file's without counting as different. */
  readonly threshold: Rational
}

/**
 * Where the node of a price file listens: the URL that is given, or the usual place of the only kind of node that the
 * file is for.
 *
 * @throws {UsageError} NODE_URL_INVALID, NODE_MISSING
 * @throws {PreconditionError} NOTHING_TO_APPLY
 */
export function nodeOf({ fileName, prices }: ReadPriceFile, url: string | undefined): Endpoint {
  const [side, other] = (['orchestrator', 'gateway'] as const).filter((each) => prices[each] !== undefined)
  if (side === undefined) {
    throw new PreconditionError('NOTHING_TO_APPLY', `${fileName} has nothing for a node`, {
      details: { file: fileName },
      nextSteps: [`lp-pay price show --file ${shellQuote(fileName)}`],
    })
  }
  if (url !== undefined) return parseNodeUrl(url)
  if (other !== undefined) {
    throw new UsageError('NODE_MISSING', `${fileName} is for two kinds of node, so say which node`, {
      details: { file: fileName },
      nextSteps: [`--node ${defaultNodeUrl('orchestrator')}`, `--node ${defaultNodeUrl('gateway')}`],
    })
  }
  return parseNodeUrl(defaultNodeUrl(side))
}

/**
 * Asks a node what it is and holds, and holds the half of the file that is for it against that.
 *
 * @throws {CheckFailedError} PRICES_WRONG when the file has errors that `price check` finds; then nobody is asked
 * @throws {PreconditionError} NODE_OTHER_KIND
 * @throws {LpPayError} as `readNode`, and what keeps a rate from being known
 */
export async function planNode(
  read: ReadPriceFile,
  client: NodeClient,
  { currentRate, threshold }: PlanOptions,
): Promise<NodePlan> {
  const { fileName: file, prices } = read
  refuseErrors(read)
  const state = await readNode(client)
  const { side } = state
  requireHalf(read, side, client)
  const currency = pricedJobs(prices)
    .filter((job) => job.side === side)
    .map(({ price }) => price.currency)
    .find(needsRate)
  const rate = currency === undefined ? undefined : await currentRate(currency)
  if (rate !== undefined) refuseErrors(read, rate)
  const values = nodeValues(prices, side, rate)
  return {
    values,
    comparison: {
      file,
      node: client.origin,
      side,
      rate: rate ?? null,
      values: compareValues(values, state, threshold),
      startFlags: startFlags(read, side, values),
    },
  }
}

/**
 * Refuses a file that says nothing of a node's kind.
 *
 * @throws {PreconditionError} NODE_OTHER_KIND
 */
export function requireHalf(
  { fileName: file, prices }: ReadPriceFile,
  side: Side,
  { origin }: NodeClient,
): void {
  if (prices[side] !== undefined) return
  const kind = side === 'orchestrator' ? 'an orchestrator' : 'a gateway'
  throw new PreconditionError('NODE_OTHER_KIND', `${origin} is ${kind}, and ${file} has nothing for one`, {
    details: { node: origin, side, file },
    nextSteps: ['--node URL names another node'],
  })
}

/**
 * Refuses a file in which `price check` finds errors.
 *
 * @throws {CheckFailedError} PRICES_WRONG with line and column
 */
export function refuseErrors(read: ReadPriceFile, rate?: Rate): void {
  const { findings } = lintPriceFile(read, { rate })
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error')
  if (first === undefined) return
  const { line, column, code, message } = first
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more)`
  throw new CheckFailedError(
    'PRICES_WRONG',
    `${read.fileName}:${String(line)}:${String(column)} ${code}: ${message}${more}`,
    {
      details: { file: read.fileName, line, column, finding: code },
      nextSteps: [
        ...(first.hint === null ? [] : [first.hint]),
        `lp-pay price check --file ${shellQuote(read.fileName)}`,
      ],
    },
  )
}

const startOnly = /^-(aiModels|ticketEV|autoAdjustPrice|maxTicketEV|maxTotalEV|depositMultiplier)\b/

function startFlags(read: ReadPriceFile, side: Side, values: readonly NodeValue[]): readonly string[] {
  if (values.every(({ request }) => request !== undefined)) return []
  return exportPrices(read, 'flags')
    .flags.filter(({ node }) => node === side)
    .flatMap(({ flags }) => flags.filter((flag) => startOnly.test(flag)))
}
