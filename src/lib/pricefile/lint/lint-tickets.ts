import { numTickets } from '../../pm/credit.ts'
import {
  ceilRational,
  compareRational,
  divideRational,
  multiplyRational,
  rational,
} from '../../pm/rational.ts'
import type { Rational } from '../../pm/rational.ts'
import { formatWei } from '../../units/wei.ts'
import { weiPerBilledUnit } from '../priced-jobs.ts'
import type { PricedJob } from '../priced-jobs.ts'
import type { OrchestratorPrices } from '../types.ts'
import { error, warning } from './finding.ts'
import type { Finding, LintOptions } from './finding.ts'

/** go-livepeer's, in wei. */
export const defaults = {
  ticketEvWei: 8n * 10n ** 9n,
  maxTicketEvWei: 3n * 10n ** 12n,
  maxTotalEvWei: 2n * 10n ** 13n,
} as const

/** More in one payment are refused by the remote signer. */
const maxTickets = 100n
const usualTickets = 3n

/** One payment for a job, in what is billed. */
interface Payment {
  readonly what: string
  readonly units: Rational
  /** What a session begins with. */
  readonly upFront?: { readonly what: string; readonly units: Rational }
}

/** 2 s of go-livepeer's own ladder, 240p30 and 360p30, estimated as a gateway does: 2 % more. */
const segment: Payment = {
  what: 'a segment of 2 s in 240p30 and 360p30',
  units: rational((426n * 240n + 640n * 360n) * 30n * 2n * 102n, 100n),
}

/** Whatever the real resolution. */
const livePixelsPerSecond = 1280n * 720n * 30n
const live: Payment = {
  what: '5 s of live video',
  units: rational(livePixelsPerSecond * 5n),
  upFront: { what: 'the 60 s that it begins with', units: rational(livePixelsPerSecond * 60n) },
}

/** Whether one payment would be a few tickets: more are slow and refused, less than one starves a session. */
export function lintTickets(
  { ticketEvWei = defaults.ticketEvWei }: OrchestratorPrices,
  jobs: readonly PricedJob[],
  { rate }: LintOptions,
): readonly Finding[] {
  if (ticketEvWei === 0n) return []
  return jobs.flatMap((job) => {
    const payment = job.side === 'gateway' ? undefined : paymentOf(job)
    const wei = weiPerBilledUnit(job, rate)
    return payment === undefined || wei === undefined ? [] : lintPayment(job, payment, wei, ticketEvWei)
  })
}

function paymentOf({ pipeline }: PricedJob): Payment | undefined {
  if (pipeline === 'transcoding') return segment
  return pipeline === 'live-video-to-video' ? live : undefined
}

function lintPayment(job: PricedJob, payment: Payment, wei: Rational, evWei: bigint): readonly Finding[] {
  const { what, units, upFront } = payment
  const ev = rational(evWei)
  const fee = multiplyRational(units, wei)
  const ticketsFor = (amount: Rational) => numTickets({ credit: rational(0n), fee: amount, ev })
  const tickets = ticketsFor(fee)
  const half = ceilRational(divideRational(fee, rational(2n)))
  const hint = `ticketEv: ${readable(half)} would make it 2 tickets`
  const evText = `a ticket EV of ${readable(evWei)}`
  if (tickets > maxTickets) {
    return [
      error(
        'TICKETS_TOO_MANY',
        job.path,
        `${what} would take ${tickets.toString()} tickets at ${evText}: more than 100 are refused`,
        hint,
      ),
    ]
  }
  const first = upFront && ticketsFor(multiplyRational(upFront.units, wei))
  if (upFront !== undefined && first !== undefined && first > maxTickets) {
    return [
      error(
        'TICKETS_TOO_MANY',
        job.path,
        `${upFront.what} would take ${first.toString()} tickets at ${evText}: more than 100 are refused`,
        hint,
      ),
    ]
  }
  if (tickets > usualTickets) {
    return [
      warning(
        'TICKETS_MANY',
        job.path,
        `${what} takes ${tickets.toString()} tickets at ${evText}; 1 to 3 are usual`,
        hint,
      ),
    ]
  }
  // Segments are paid ahead with what is left of a ticket; a live session is ended for want of a payment.
  const patience = upFront === undefined ? 10n : 1n
  if (compareRational(multiplyRational(fee, rational(patience)), ev) < 0) {
    return [
      warning(
        'TICKET_TOO_LARGE',
        job.path,
        `${what} costs less than ${patience === 1n ? 'a ticket' : 'a tenth of a ticket'} at ${evText}, so that a gateway pays far ahead${upFront === undefined ? '' : ' or the session starves'}`,
        hint,
      ),
    ]
  }
  return []
}

/** An amount to propose: in gwei when it is one, in wei else. */
function readable(wei: bigint): string {
  return wei >= 10n ** 9n ? `${formatWei(wei - (wei % 10n ** 6n), 'gwei')}gwei` : `${wei.toString()}wei`
}
