import { CheckFailedError, ConfigurationError, LpPayError } from '../errors.ts'
import { readPriceFile } from '../pricefile/price-file.ts'
import { currenciesOf } from '../pricefile/priced-jobs.ts'
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
  readonly rate?: Rate | undefined
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
  const { prices: gateway } = await readPriceFile(request.gatewayFile)
  if (gateway.gateway === undefined) throw halfMissing(request.gatewayFile, 'gateway')
  const context = {
    rate: request.rate,
    numTickets: request.numTickets,
    depositWei: request.sender?.depositWei,
  }
  const orchestrators = await Promise.all(
    request.orchestrators.map(async (name): Promise<OrchestratorMatch> => {
      const offer = await readOffer(name, request)
      return typeof offer === 'string'
        ? { name, trouble: offer, jobs: [] }
        : { name, trouble: null, jobs: matchPrices(gateway, offer, context) }
    }),
  )
  const accepting = orchestrators.filter(({ jobs }) => jobs.some(({ accepted }) => accepted)).length
  return { rate: request.rate ?? null, orchestrators, accepting }
}

/** The currencies of all files among them. */
export async function currenciesToMatch(
  gatewayFile: string,
  orchestrators: readonly string[],
): Promise<readonly string[]> {
  const files = [gatewayFile, ...orchestrators.filter((name) => !isServiceUri(name))]
  const read = await Promise.all(files.map(readPriceFile))
  return read.flatMap(({ prices }) => currenciesOf(prices))
}

/** The error that it amounts to when nobody accepts anything. */
export function noMatch({ orchestrators, accepting }: PriceMatch): CheckFailedError | undefined {
  if (accepting > 0) return undefined
  const troubles = orchestrators.flatMap(({ trouble }) => trouble ?? [])
  return new CheckFailedError('PRICES_DO_NOT_MATCH', 'no orchestrator and the gateway accept each other', {
    details: { orchestrators: orchestrators.length, troubles },
  })
}

async function readOffer(name: string, { ask, sender, rate }: MatchRequest): Promise<MatchOffer | string> {
  if (!isServiceUri(name)) {
    const { prices } = await readPriceFile(name)
    if (prices.orchestrator === undefined) throw halfMissing(name, 'orchestrator')
    return offerOfFile(prices, { sender, gateway: sender?.address, rate })
  }
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
