import { mostTicketsAtOnce } from '../billing/account.ts'
import type { TicketCount } from '../billing/count-tickets.ts'
import { compareRational, floorRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { defaultMaxTicketEvWei, defaultMaxTotalEvWei } from '../pm/send-checks.ts'
import { formatWei } from '../units/wei.ts'
import type { NamedJob } from './make-job.ts'
import type { JobTickets } from './tickets.ts'

export interface QuoteWarning {
  readonly code: string
  readonly message: string
}

export interface WarningFacts {
  readonly job: NamedJob
  readonly tickets: JobTickets
  readonly counted: TicketCount
  /** The smallest fee of a payment, in wei. */
  readonly leastFee: Rational
  /** Where the price stands that is asked, if that is a price file. */
  readonly pricePath: string
  /** The sender's, where it is known. */
  readonly depositWei: bigint | undefined
}

/** What keeps a job from being paid as quoted. */
export function quoteWarnings(facts: WarningFacts): readonly QuoteWarning[] {
  return [...priceWarnings(facts), ...countWarnings(facts), ...ticketWarnings(facts)]
}

function priceWarnings({ job, pricePath }: WarningFacts): QuoteWarning[] {
  return [
    ...(job.name === 'text-to-speech'
      ? [
          warning(
            'TEXT_TO_SPEECH_MISMATCH',
            'gateways pay a unit for a byte and orchestrators take 1000 for a character: the credit is used up a thousand times as fast as it is paid',
          ),
        ]
      : []),
    ...(job.kind.told === 'capability' && isTranscodingPrice(pricePath)
      ? [warning('TRANSCODING_PRICE_ASKED', `there is no price of ${job.name}: transcoding's is asked`)]
      : []),
  ]
}

function isTranscodingPrice(path: string): boolean {
  return path === 'orchestrator.transcoding' || path.startsWith('orchestrator.gateways.')
}

function countWarnings({ job, tickets, counted, leastFee }: WarningFacts): QuoteWarning[] {
  const atOnce = String(counted.most)
  const isSession = job.bill.kind === 'live' && job.bill.type !== 'fixed'
  const total = { ...tickets.ev, numerator: tickets.ev.numerator * counted.most }
  return [
    ...(counted.most > mostTicketsAtOnce
      ? [
          warning(
            'TICKETS_TOO_MANY',
            `a payment takes ${atOnce} tickets, and a remote signer refuses more than ${String(mostTicketsAtOnce)}: a ticket EV of ${formatWei(usualEv(leastFee), 'gwei')}gwei makes it few`,
          ),
        ]
      : []),
    ...(isSession && compareRational(leastFee, tickets.ev) < 0
      ? [
          warning(
            'TICKET_TOO_LARGE',
            'a ticket is worth more than a payment: a remote signer answers some with 482, no tickets, and the session starves',
          ),
        ]
      : []),
    ...(compareRational(total, rational(defaultMaxTotalEvWei)) > 0
      ? [
          warning(
            'TOTAL_EV_ABOVE_MAXIMUM',
            `${atOnce} tickets at once are worth more than a gateway's default -maxTotalEV, ${String(defaultMaxTotalEvWei)} wei`,
          ),
        ]
      : []),
  ]
}

function ticketWarnings({ tickets: { ev, faceValueWei }, depositWei }: WarningFacts): QuoteWarning[] {
  return [
    ...(compareRational(ev, rational(defaultMaxTicketEvWei)) > 0
      ? [
          warning(
            'TICKET_EV_ABOVE_MAXIMUM',
            `a ticket is worth more than a gateway's default -maxTicketEV, ${String(defaultMaxTicketEvWei)} wei`,
          ),
        ]
      : []),
    ...(compareRational(ev, rational(faceValueWei)) >= 0
      ? [warning('FACE_VALUE_TOO_LOW', 'a gateway refuses tickets that always win: ticket faceValue too low')]
      : []),
    ...(depositWei !== undefined && faceValueWei > depositWei
      ? [
          warning(
            'FACE_VALUE_ABOVE_DEPOSIT',
            `a face value of ${formatWei(faceValueWei)} ETH is above the deposit of ${formatWei(depositWei)} ETH: the gateway sends none`,
          ),
        ]
      : []),
  ]
}

/** With which the least payment is two tickets, where gateways take such tickets. */
function usualEv(leastFee: Rational): bigint {
  const half = floorRational(leastFee) / 2n
  return half < defaultMaxTicketEvWei ? half : defaultMaxTicketEvWei
}

function warning(code: string, message: string): QuoteWarning {
  return { code, message }
}
