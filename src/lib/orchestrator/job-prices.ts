import type { Address } from 'viem'

import { describeUnit, isForBilledUnit, pricedJobs, weiPerBilledUnit } from '../pricefile/priced-jobs.ts'
import type { PricedJob } from '../pricefile/priced-jobs.ts'
import type { PriceFile } from '../pricefile/types.ts'
import { advertisedPrice, autoAdjustPrice, effectiveTxCostMultiplier } from '../pm/auto-adjust-price.ts'
import { floorRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { ticketEv } from '../pm/ticket-ev.ts'
import { defaultTicketEvWei, txCostMultiplier } from '../pm/ticket-parameters.ts'
import type { Rate } from '../pricing/rate.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { offerTo } from './offer.ts'
import type { OrchestratorAnswer } from './read-answer.ts'

/** A price of one side for one job, in wei for one of what go-livepeer counts. */
export interface JobPrice {
  /** `transcoding`, or an AI pipeline */
  readonly pipeline: string
  /** undefined for transcoding */
  readonly model: string | undefined
  readonly price: Rational | { readonly notConvertible: string }
}

/** What an orchestrator asks of a gateway. */
export interface MatchOffer {
  readonly jobs: readonly JobPrice[]
  /** wei; undefined: it offers no tickets */
  readonly ticketEv: Rational | undefined
  /** wei; undefined: it depends on a sender who is not known */
  readonly faceValueWei: bigint | undefined
  /** Why it would refuse the sender. */
  readonly refusal: string | undefined
}

/** go-livepeer's numbers of its AI pipelines (core/capabilities.go). */
const pipelines: Readonly<Record<number, string>> = {
  27: 'text-to-image',
  28: 'image-to-image',
  29: 'image-to-video',
  30: 'upscale',
  31: 'audio-to-text',
  32: 'segment-anything-2',
  33: 'llm',
  34: 'image-to-text',
  35: 'live-video-to-video',
  36: 'text-to-speech',
}

/** What an orchestrator has told over the network. */
export function offerOfAnswer({ price, capabilities, ticketParams }: OrchestratorAnswer): MatchOffer {
  return {
    jobs: [
      ...(price ? [{ pipeline: 'transcoding', model: undefined, price }] : []),
      ...capabilities.map((one) => ({
        pipeline: pipelines[one.capability] ?? `capability ${String(one.capability)}`,
        model: one.model === '' ? 'default' : one.model,
        price: one.price,
      })),
    ],
    ticketEv: ticketParams && ticketEv(ticketParams),
    faceValueWei: ticketParams?.faceValue,
    refusal: undefined,
  }
}

/**
 * What an orchestrator with a price file would ask. Where the sender is not known, redemptions add the 1 % that they do
 * to tickets which nothing squeezes.
 */
export function offerOfFile(
  prices: PriceFile,
  {
    sender,
    gateway,
    rate,
  }: {
    readonly sender?: SenderState | undefined
    readonly gateway?: Address | undefined
    readonly rate?: Rate | undefined
  } = {},
): MatchOffer {
  const {
    ticketEvWei = defaultTicketEvWei,
    maxFaceValueWei,
    autoAdjustPrice: adjusts,
  } = prices.orchestrator ?? {}
  const offer =
    sender && offerTo(sender, { ticketEvWei, ...(maxFaceValueWei !== undefined && { maxFaceValueWei }) })
  const multiplier = offer ? effectiveTxCostMultiplier(offer) : rational(txCostMultiplier)
  const advertise = (price: Rational) =>
    adjusts === false ? price : advertisedPrice(autoAdjustPrice(price, multiplier))
  const jobs = pricedJobs(prices).filter(
    (job) => job.side === 'orchestrator' && (job.gateway === undefined || sameAddress(job.gateway, gateway)),
  )
  const own = new Map<string, PricedJob>()
  for (const job of jobs) {
    const key = JSON.stringify([job.pipeline, job.model])
    if (job.gateway !== undefined || !own.has(key)) own.set(key, job)
  }
  const transcoding = own.get(JSON.stringify(['transcoding', undefined]))
  return {
    jobs: [...own.values()].map((job) => {
      const wei = convertJob(job, rate)
      if ('notConvertible' in wei) return { pipeline: job.pipeline, model: job.model, price: wei }
      // Prices of capabilities are whole wei; for one that comes to nothing, transcoding's is asked.
      const whole = job.model === undefined ? wei : rational(floorRational(wei))
      const asked = whole.numerator === 0n && transcoding ? convertJob(transcoding, rate) : whole
      const price = 'notConvertible' in asked ? asked : advertise(asked)
      return { pipeline: job.pipeline, model: job.model, price }
    }),
    ticketEv: rational(ticketEvWei),
    faceValueWei: offer?.faceValueWei,
    refusal: offer?.refusal === undefined ? undefined : 'insufficient sender reserve',
  }
}

/** A price of a file in wei for one of what go-livepeer counts, or why it has none. */
export function convertJob(job: PricedJob, rate: Rate | undefined): JobPrice['price'] {
  const wei = weiPerBilledUnit(job, rate)
  if (wei !== undefined) return wei
  return {
    notConvertible: isForBilledUnit(job)
      ? `a rate between ETH and ${job.price.currency} is needed`
      : `a price for one ${describeUnit(job.price)} is not what go-livepeer counts`,
  }
}

function sameAddress(one: Address, other: Address | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
