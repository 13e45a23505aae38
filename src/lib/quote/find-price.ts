import type { Address } from 'viem'

import { ConfigurationError } from '../errors.ts'
import { convertJob } from '../orchestrator/job-prices.ts'
import { floorRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { pricedJobs } from '../pricefile/priced-jobs.ts'
import type { PricedJob } from '../pricefile/priced-jobs.ts'
import type { ReadPriceFile } from '../pricefile/parse-price-file.ts'
import type { Rate } from '../pricing/rate.ts'
import { isInPriceFile } from './jobs.ts'

/** A price of an orchestrator's file. */
export interface FoundPrice {
  /** wei for one of what go-livepeer counts */
  readonly wei: Rational
  /** Where it stands: `orchestrator.transcoding`. */
  readonly path: string
}

export interface PriceSearch {
  /** Every model when absent. */
  readonly model?: string | undefined
  readonly gateway?: Address | undefined
  readonly rate?: Rate | undefined
}

/**
 * The price that an orchestrator with a price file asks for a job: one for this gateway before one for all, one of this
 * model before that of every model, and the price of transcoding where a capability has none.
 *
 * @throws {ConfigurationError} PRICE_FILE_HALF_MISSING, PRICE_NOT_IN_FILE, PRICE_NOT_CONVERTIBLE
 */
export function findPrice({ fileName, prices }: ReadPriceFile, job: string, search: PriceSearch): FoundPrice {
  if (prices.orchestrator === undefined) {
    throw new ConfigurationError('PRICE_FILE_HALF_MISSING', `${fileName} says nothing of orchestrator`, {
      details: { file: fileName, half: 'orchestrator' },
    })
  }
  const jobs = pricedJobs(prices).filter(({ side }) => side === 'orchestrator')
  const { model = 'default' } = search
  const own = find(jobs, job, model, search) ?? find(jobs, job, 'default', search)
  const transcoding = isInPriceFile(job) ? find(jobs, 'transcoding', undefined, search) : undefined
  const found = (own && convert(own, search.rate)) ?? (transcoding && convert(transcoding, search.rate))
  if (found !== undefined) return found
  throw new ConfigurationError('PRICE_NOT_IN_FILE', `${fileName} has no price of ${job}`, {
    details: { file: fileName, job },
    nextSteps: ['--price 1200wei/pixel says one'],
  })

  /** Undefined for one that comes to nothing: then transcoding's is asked. */
  function convert(priced: PricedJob, rate: Rate | undefined): FoundPrice | undefined {
    const wei = convertJob(priced, rate)
    if (!('notConvertible' in wei)) {
      return priced !== transcoding && floorRational(wei) === 0n ? undefined : { wei, path: priced.path }
    }
    throw new ConfigurationError(
      'PRICE_NOT_CONVERTIBLE',
      `${fileName}, ${priced.path}: ${wei.notConvertible}`,
      {
        details: { file: fileName, path: priced.path },
      },
    )
  }
}

function find(
  jobs: readonly PricedJob[],
  pipeline: string,
  model: string | undefined,
  { gateway }: PriceSearch,
): PricedJob | undefined {
  const named = jobs.filter(
    (job) => job.pipeline === pipeline && (pipeline === 'transcoding' || job.model === model),
  )
  return (
    named.find((job) => job.gateway !== undefined && job.gateway.toLowerCase() === gateway?.toLowerCase()) ??
    named.find((job) => job.gateway === undefined)
  )
}
