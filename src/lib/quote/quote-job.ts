import { billJob } from '../billing/bill-job.ts'
import type { BilledRun } from '../billing/bill-job.ts'
import { countTickets } from '../billing/count-tickets.ts'
import { UsageError } from '../errors.ts'
import {
  addRational,
  ceilRational,
  compareRational,
  floorRational,
  formatRational,
  multiplyRational,
  rational,
} from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { unitName } from '../pricefile/pipelines.ts'
import { formatAmount } from '../pricing/price.ts'
import { averageMoney, quoteMoney } from './amounts.ts'
import { addsRedemptions, supposals, ticketTerms } from './context.ts'
import type { QuoteContext } from './context.ts'
import type { QuoteFields } from './fields.ts'
import { findPrice } from './find-price.ts'
import type { FoundPrice } from './find-price.ts'
import { makeJob, refuseUnusedFields } from './make-job.ts'
import type { NamedJob } from './make-job.ts'
import type { Quote } from './quote.ts'
import { expectedWinners, jobTickets } from './tickets.ts'
import { priceOfUnit, toldPrice } from './told-price.ts'
import { quoteWarnings } from './warnings.ts'

/**
 * What a job costs.
 *
 * @param own those of the fields that were said of this job alone
 * @throws {UsageError} JOB_UNKNOWN, JOB_FIELD_MISSING, JOB_FIELD_UNUSED, PRICE_MISSING, PRICE_UNIT_WRONG, RATE_MISSING, PRICE_FLOORED_TO_ZERO, PRICE_OVERFLOW
 * @throws {PreconditionError} SENDER_REFUSED
 * @throws {ConfigurationError} PRICE_FILE_HALF_MISSING, PRICE_NOT_IN_FILE, PRICE_NOT_CONVERTIBLE
 */
export function quoteJob(name: string, fields: QuoteFields, context: QuoteContext, own = fields): Quote {
  const job = makeJob(name, fields)
  refuseUnusedFields(job, own)
  const { rate } = context
  const { concurrency = 1n, model = null } = fields
  const found = priceOf(job, fields, context)
  const tickets = jobTickets(ticketTerms(fields, context))
  const price = toldPrice(found.wei, job, tickets, addsRedemptions(context) ? 'added' : 'included')
  const unit = unitName(job.kind.unit)
  const runs = billJob(job.bill)
  const counted = countTickets(
    runs.map((run) => inWei(run, price)),
    tickets.ev,
  )
  const count = counted.tickets * concurrency
  const amount = (part: 'reckoned' | 'taken', partUnit: string) => {
    const units = multiplyRational(unitsOf(runs, part), rational(concurrency))
    return { units: ceilRational(units), unit: partUnit, ...quoteMoney(multiplyRational(units, price), rate) }
  }
  return {
    job: name,
    model,
    concurrency,
    price: { from: found.path, unit, ownWei: formatAmount(found.wei), toldWei: formatAmount(price) },
    tickets: {
      evWei: floorRational(tickets.ev),
      faceValueWei: tickets.faceValueWei,
      boundBy: tickets.boundBy,
      winProb: tickets.winProb,
      overheadBasisPoints: tickets.overheadBasisPoints,
      payments: counted.payments * concurrency,
      count,
      mostAtOnce: counted.most,
      winners: formatRational(expectedWinners(count, tickets), 9),
    },
    gatewayReckons: amount('reckoned', name === 'text-to-speech' ? 'byte' : unit),
    orchestratorTakes: amount('taken', unit),
    ticketsPay: averageMoney(multiplyRational(rational(count), tickets.ev), rate),
    rate: rate ?? null,
    supposed: supposals(fields, context),
    warnings: quoteWarnings({
      job,
      tickets,
      counted,
      leastFee: leastFee(runs, price),
      pricePath: found.path,
      depositWei: context.sender?.depositWei,
    }),
  }
}

function priceOf(job: NamedJob, fields: QuoteFields, { file, rate, sender }: QuoteContext): FoundPrice {
  const { price, model } = fields
  if (price !== undefined) {
    return { wei: priceOfUnit(price, job, { rate, picture: fields.shape }), path: 'price' }
  }
  if (file !== undefined) return findPrice(file, job.name, { model, rate, gateway: sender?.address })
  throw new UsageError('PRICE_MISSING', 'what is asked for the job is not said', {
    nextSteps: ['--price 1200wei/pixel says it, or --file prices.yaml where it stands'],
  })
}

function inWei({ count, reckoned, debited }: BilledRun, price: Rational) {
  return { count, fee: multiplyRational(reckoned, price), debit: multiplyRational(debited, price) }
}

function unitsOf(runs: readonly BilledRun[], part: 'reckoned' | 'taken'): Rational {
  return runs.reduce(
    (sum, run) => addRational(sum, multiplyRational(run[part], rational(run.count))),
    rational(0n),
  )
}

function leastFee(runs: readonly BilledRun[], price: Rational): Rational {
  const fees = runs.filter(({ count }) => count > 0n).map(({ reckoned }) => multiplyRational(reckoned, price))
  return fees.reduce((least, fee) => (compareRational(fee, least) < 0 ? fee : least))
}
