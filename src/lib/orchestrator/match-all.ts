import { CheckFailedError, ConfigurationError, LpPayError } from '../errors.ts'
import { readPriceFile } from '../pricefile/price-file.ts'
import { currenciesOf } from '../pricefile/priced-jobs.ts'
import type { PriceFile } from '../pricefile/types.ts'
import type { Rate } from '../pricing/rate.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { offerOfAnswer, offerOfFile } from './job-prices.ts'
import type { MatchOffer } from './job-prices.ts'
import { matchPrices } from './match-prices.ts'
import type { JobMatch } from './match-prices.ts'
import type { OrchestratorAnswer } from './read-answer.ts'
import { parseServiceUri } from './service-uri.ts'

/** Which jobs a gateway and each orchestrator would do together. */
export interface PriceMatch {
  /** Null where no price needed one. */
  readonly rate: Rate | null
  readonly orchestrators: readonly OrchestratorMatch[]
  /** How many of them accept at least one job. */
  readonly accepting: number
}

export interface OrchestratorMatch {
  /** The file or the service URI that was given. */
  readonly name: string
  /** Why it told nothing; null when it did. */
  readonly trouble: string | null
  readonly jobs: readonly JobMatch[]
}

export interface MatchRequest {
  readonly gatewayFile: string
  /** Price files, and service URIs of running orchestrators. */
  readonly orchestrators: readonly string[]
  /** The rate for prices in these currencies; undefined where there is none. */
  readonly rateFor: (currencies: readonly string[]) => Promise<Rate | undefined>
  /** The gateway's account, where it is known. */
  readonly sender?: SenderState | undefined
  readonly numTickets?: bigint | undefined
  readonly ask: (serviceUri: string) => Promise<OrchestratorAnswer>
}

/** Whether an orchestrator is named by its service URI, and not by a file. */
export function isServiceUri(name: string): boolean {
  return /^https?:/i.test(name)
}

/**
 * Matches a gateway with many orchestrators. One that cannot be asked does not keep the others from it.
 *
 * @throws {ConfigurationError} PRICE_FILE_INVALID, PRICE_FILE_HALF_MISSING
 * @throws {UsageError} SERVICE_URI_INVALID
 */
export async function matchAll(request: MatchRequest): Promise<PriceMatch> {
  const gateway = await readHalf(request.gatewayFile, 'gateway')
  const files = new Map(
    await Promise.all(
      request.orchestrators
        .filter((name) => !isServiceUri(name))
        .map(async (name) => [name, await readHalf(name, 'orchestrator')] as const),
    ),
  )
  const rate = await request.rateFor([gateway, ...files.values()].flatMap(currenciesOf))
  const { numTickets, sender } = request
  const context = { rate, numTickets, depositWei: sender?.depositWei }
  const orchestrators = await Promise.all(
    request.orchestrators.map(async (name): Promise<OrchestratorMatch> => {
      const prices = files.get(name)
      const offer =
        prices === undefined
          ? await askOffer(name, request.ask)
          : offerOfFile(prices, { sender, gateway: sender?.address, rate })
      return typeof offer === 'string'
        ? { name, trouble: offer, jobs: [] }
        : { name, trouble: null, jobs: matchPrices(gateway, offer, context) }
    }),
  )
  const accepting = orchestrators.filter(({ jobs }) => jobs.some(({ accepted }) => accepted)).length
  return { rate: rate ?? null, orchestrators, accepting }
}

/** The error that it amounts to when nobody accepts anything. */
export function noMatch({ orchestrators, accepting }: PriceMatch): CheckFailedError | undefined {
  if (accepting > 0) return undefined
  const troubles = orchestrators.flatMap(({ trouble }) => trouble ?? [])
  return new CheckFailedError('PRICES_DO_NOT_MATCH', 'no orchestrator and the gateway accept each other', {
    details: { orchestrators: orchestrators.length, troubles },
  })
}

async function readHalf(file: string, half: 'gateway' | 'orchestrator'): Promise<PriceFile> {
  const { prices } = await readPriceFile(file)
  if (prices[half] === undefined) throw halfMissing(file, half)
  return prices
}

async function askOffer(name: string, ask: MatchRequest['ask']): Promise<MatchOffer | string> {
  const serviceUri = parseServiceUri(name)
  try {
    return offerOfAnswer(await ask(serviceUri))
  } catch (error) {
    if (error instanceof LpPayError && error.code.startsWith('ORCHESTRATOR_')) return error.message
    throw error
  }
}

function halfMissing(file: string, half: 'gateway' | 'orchestrator'): ConfigurationError {
  return new ConfigurationError('PRICE_FILE_HALF_MISSING', `${file} says nothing of ${half}`, {
    details: { file, half },
  })
}
