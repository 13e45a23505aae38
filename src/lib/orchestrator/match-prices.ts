import {
  compareRational,
  floorRational,
  multiplyRational,
  rational,
  subtractRational,
} from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { defaultMaxTicketEvWei, defaultMaxTotalEvWei } from '../pm/send-checks.ts'
import { pricedJobs } from '../pricefile/priced-jobs.ts'
import type { PricedJob } from '../pricefile/priced-jobs.ts'
import type { PriceFile } from '../pricefile/types.ts'
import { formatAmount } from '../pricing/price.ts'
import type { Rate } from '../pricing/rate.ts'
import { convertJob } from './job-prices.ts'
import type { JobPrice, MatchOffer } from './job-prices.ts'

export type MatchReason =
  | 'priceAboveMaximum'
  | 'notConvertible'
  | 'noTicketParams'
  | 'ticketEvAboveMaximum'
  | 'totalEvAboveMaximum'
  | 'faceValueAboveDeposit'
  | 'senderRefused'

/** Whether a gateway and an orchestrator would do a job together. */
export interface JobMatch {
  /** `transcoding`, or an AI pipeline */
  readonly pipeline: string
  /** null for transcoding */
  readonly model: string | null
  readonly accepted: boolean
  /** wei for one of what go-livepeer counts, as decimals or a fraction; null when it cannot be known */
  readonly askedWei: string | null
  /** What the gateway pays at most; null: any price, or it cannot be known. */
  readonly maximumWei: string | null
  readonly reasons: readonly { readonly reason: MatchReason; readonly explanation: string }[]
}

export interface MatchContext {
  readonly rate?: Rate | undefined
  /** The gateway's deposit in wei, where the account is known. */
  readonly depositWei?: bigint | undefined
  /** How many tickets are sent at once; 1 when absent. */
  readonly numTickets?: bigint | undefined
}

type Reasons = JobMatch['reasons'][number][]

/**
 * Holds what an orchestrator asks for each job against a gateway's limits, as go-livepeer's gateway does. Each job is
 * asked for alone, so its maximum is that of its pipeline and model, then that of the pipeline's `default`, then the
 * global one; a maximum of zero is none.
 */
export function matchPrices(gateway: PriceFile, offer: MatchOffer, context: MatchContext = {}): JobMatch[] {
  const limits = pricedJobs(gateway).filter(({ side }) => side === 'gateway')
  const ofTickets = ticketReasons(gateway, offer, context)
  return offer.jobs.map((job) => {
    const limit = findLimit(limits, job)
    const maximum = limit && convertJob(limit, context.rate)
    const reasons = [...priceReasons(job.price, maximum), ...ofTickets]
    return {
      pipeline: job.pipeline,
      model: job.model ?? null,
      accepted: reasons.length === 0,
      askedWei: textOf(job.price),
      maximumWei: textOf(maximum),
      reasons,
    }
  })
}

function findLimit(limits: readonly PricedJob[], { pipeline, model }: JobPrice): PricedJob | undefined {
  const own = (name: string | undefined) =>
    name === undefined
      ? undefined
      : limits.find(
          (limit) => limit.pipeline === pipeline && limit.model === name && limit.price.amount.numerator > 0n,
        )
  return own(model) ?? own(model && 'default') ?? limits.find((limit) => limit.model === undefined)
}

function priceReasons(asked: JobPrice['price'], maximum: JobPrice['price'] | undefined): Reasons {
  if ('notConvertible' in asked) return [{ reason: 'notConvertible', explanation: asked.notConvertible }]
  if (maximum === undefined) return []
  if ('notConvertible' in maximum) {
    return [{ reason: 'notConvertible', explanation: `of the maximum: ${maximum.notConvertible}` }]
  }
  if (compareRational(asked, maximum) <= 0) return []
  const over = formatAmount(subtractRational(asked, maximum))
  return [{ reason: 'priceAboveMaximum', explanation: `the price is ${over} wei above the maximum` }]
}

function ticketReasons(
  { gateway }: PriceFile,
  { ticketEv, faceValueWei, refusal }: MatchOffer,
  { depositWei, numTickets = 1n }: MatchContext,
): Reasons {
  if (refusal !== undefined) {
    return [{ reason: 'senderRefused', explanation: `the orchestrator refuses the sender: ${refusal}` }]
  }
  if (ticketEv === undefined) {
    return [{ reason: 'noTicketParams', explanation: 'the orchestrator offers no ticket parameters' }]
  }
  const reasons: Reasons = []
  const maxTicketEvWei = gateway?.maxTicketEvWei ?? defaultMaxTicketEvWei
  const maxTotalEvWei = gateway?.maxTotalEvWei ?? defaultMaxTotalEvWei
  const whole = (wei: Rational) => String(floorRational(wei))
  if (compareRational(ticketEv, rational(maxTicketEvWei)) > 0) {
    const explanation = `the ticket EV of ${whole(ticketEv)} wei is above maxTicketEv, ${String(maxTicketEvWei)} wei`
    reasons.push({ reason: 'ticketEvAboveMaximum', explanation })
  }
  const total = multiplyRational(ticketEv, rational(numTickets))
  if (compareRational(total, rational(maxTotalEvWei)) > 0) {
    const explanation = `${String(numTickets)} tickets are worth ${whole(total)} wei, above maxTotalEv, ${String(maxTotalEvWei)} wei`
    reasons.push({ reason: 'totalEvAboveMaximum', explanation })
  }
  if (depositWei !== undefined && faceValueWei !== undefined) {
    const mostWei = depositWei / (gateway?.depositMultiplier ?? 1n)
    if (faceValueWei > mostWei) {
      const explanation = `a face value of ${String(faceValueWei)} wei is above deposit / depositMultiplier, ${String(mostWei)} wei`
      reasons.push({ reason: 'faceValueAboveDeposit', explanation })
    }
  }
  return reasons
}

function textOf(price: JobPrice['price'] | undefined): string | null {
  return price === undefined || 'notConvertible' in price ? null : formatAmount(price)
}
