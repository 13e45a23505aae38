import { PreconditionError } from '../errors.ts'
import { shellQuote } from '../files/shell-quote.ts'
import { nodeJson, jobsIn } from './node-json.ts'
import type { NodeJsonKind } from './node-json.ts'
import { priceFlags } from './node-words.ts'
import type { ReadPriceFile } from './parse-price-file.ts'
import type { Side } from './pipelines.ts'
import { isForBilledUnit, nodePrice, pricedJobs } from './priced-jobs.ts'
import type { PricedJob } from './priced-jobs.ts'
import type { PriceFile } from './types.ts'

/** What a price file is exported as. */
export const exportFormats = ['flags', 'pricePerGateway', 'maxPricePerCapability', 'aiModels'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What go-livepeer is to be given. */
export interface PriceExport {
  readonly file: string
  readonly format: ExportFormat
  /** For flags: what each kind of node is started with, quoted for a shell. */
  readonly flags: readonly NodeFlags[]
  /** For a JSON file: its text. */
  readonly json: string | null
  /** What could not be said, and why. */
  readonly left: readonly string[]
}

export interface NodeFlags {
  readonly node: Side
  readonly flags: readonly string[]
}

/**
 * A price file as go-livepeer takes it.
 *
 * @throws {PreconditionError} NOTHING_TO_EXPORT
 */
export function exportPrices({ fileName, prices }: ReadPriceFile, format: ExportFormat): PriceExport {
  const all = pricedJobs(prices)
  const jobs = all.filter(isForBilledUnit)
  const wrong = all.filter((job) => !isForBilledUnit(job))
  const left = wrong.map(
    (job) => `${job.path}: ${job.pipeline} is not billed by the ${job.price.unit.quantity}`,
  )
  if (format !== 'flags') {
    if (jobsIn(format, jobs).length === 0) throw nothing(fileName, format)
    const concerned = new Set(jobsIn(format, wrong))
    return {
      file: fileName,
      format,
      flags: [],
      json: nodeJson(format, jobs),
      left: left.filter((_, index) => {
        const job = wrong[index]
        return job !== undefined && concerned.has(job)
      }),
    }
  }
  const flags = (['orchestrator', 'gateway'] as const)
    .map((node) => ({ node, flags: flagsOf(node, prices, jobs) }))
    .filter((each) => each.flags.length > 0)
  if (flags.length === 0) throw nothing(fileName, format)
  const models = jobsIn('aiModels', jobs)
  return {
    file: fileName,
    format,
    flags,
    json: null,
    left: [
      ...left,
      ...(models.length === 0
        ? []
        : ['-aiModels carries prices only: merge it with the warm, capacity and url of your own file']),
    ],
  }
}

function flagsOf(node: Side, prices: PriceFile, jobs: readonly PricedJob[]): readonly string[] {
  return node === 'orchestrator' ? orchestratorFlags(prices, jobs) : gatewayFlags(prices, jobs)
}

function orchestratorFlags({ orchestrator }: PriceFile, jobs: readonly PricedJob[]): readonly string[] {
  const { ticketEvWei, maxFaceValueWei, autoAdjustPrice } = orchestrator ?? {}
  return [
    ...flagsOfPrice('-pricePerUnit', jobs, 'orchestrator.transcoding'),
    ...jsonFlag('pricePerGateway', jobs),
    ...jsonFlag('aiModels', jobs),
    ...amountFlag('-ticketEV', ticketEvWei),
    ...amountFlag('-maxFaceValue', maxFaceValueWei),
    ...(autoAdjustPrice === undefined ? [] : [`-autoAdjustPrice=${String(autoAdjustPrice)}`]),
  ]
}

function gatewayFlags({ gateway }: PriceFile, jobs: readonly PricedJob[]): readonly string[] {
  const { maxTicketEvWei, maxTotalEvWei, depositMultiplier } = gateway ?? {}
  return [
    ...flagsOfPrice('-maxPricePerUnit', jobs, 'gateway.maxPrice'),
    ...jsonFlag('maxPricePerCapability', jobs),
    ...amountFlag('-maxTicketEV', maxTicketEvWei),
    ...amountFlag('-maxTotalEV', maxTotalEvWei),
    ...amountFlag('-depositMultiplier', depositMultiplier),
  ]
}

function flagsOfPrice(flag: string, jobs: readonly PricedJob[], path: string): readonly string[] {
  const job = jobs.find((each) => each.path === path)
  return job === undefined ? [] : priceFlags(flag, nodePrice(job))
}

function jsonFlag(kind: NodeJsonKind, jobs: readonly PricedJob[]): readonly string[] {
  return jobsIn(kind, jobs).length === 0 ? [] : [`-${kind} ${shellQuote(nodeJson(kind, jobs))}`]
}

function amountFlag(flag: string, amount: bigint | undefined): readonly string[] {
  return amount === undefined ? [] : [`${flag} ${String(amount)}`]
}

function nothing(file: string, format: ExportFormat): PreconditionError {
  return new PreconditionError('NOTHING_TO_EXPORT', `${file} has nothing for ${format}`, {
    details: { file, format },
    nextSteps: [`lp-pay price show --file ${shellQuote(file)}`],
  })
}
