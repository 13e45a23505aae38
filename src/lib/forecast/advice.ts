import { ceilRational, divideRational, floorRational, rational } from '../pm/rational.ts'
import { adviseFaceValue, adviseTicketEv } from '../simulation/advise.ts'
import type { FaceValueAdvice, TicketEvReason } from '../simulation/advise.ts'
import type { StreamClass } from '../simulation/workload.ts'
import { toNumber } from './describe.ts'
import type { StreamsOfClass } from './stream-class.ts'

/** What to set, and why. */
export interface AdviceReport {
  /** For each class of streams of which it is known how often it pays. */
  readonly ticketEv: readonly TicketEvReport[]
  /** The face value with which redeeming adds at most 1 % to the price. */
  readonly faceValue: {
    readonly faceValueWei: bigint
    readonly by: FaceValueAdvice['by']
    /** The reserve of a sender whose tickets may have it. */
    readonly reserveWei: bigint
    readonly oneIn: number
  }
}

export interface TicketEvReport {
  readonly name: string | null
  readonly paymentWei: bigint
  /** What it is now, and how many tickets a payment then takes. */
  readonly presentWei: bigint
  readonly presentTickets: bigint
  /** Payments are of 1 to 3 tickets between the two. */
  readonly leastWei: bigint
  readonly mostWei: bigint
  readonly leastBy: TicketEvReason
  readonly mostBy: TicketEvReason
  /** null when nothing is between the two */
  readonly suggestedWei: bigint | null
  readonly tickets: bigint | null
}

/** @param sent what each of the streams sends */
export function adviceFor(
  streams: readonly StreamsOfClass[],
  sent: readonly StreamClass[],
  { gasPriceWei, poolSize }: { readonly gasPriceWei: bigint; readonly poolSize: bigint },
): AdviceReport {
  const ticketEv = streams.flatMap(({ name, paymentWei }, index) => {
    const presentWei = sent[index]?.ticketEvWei
    if (paymentWei === undefined || presentWei === undefined) return []
    const { suggestedWei, tickets, ...advice } = adviseTicketEv({ paymentWei })
    return [
      {
        name: name ?? null,
        paymentWei: floorRational(paymentWei),
        presentWei,
        presentTickets: ceilRational(divideRational(paymentWei, rational(presentWei))),
        ...advice,
        suggestedWei: suggestedWei ?? null,
        tickets: tickets ?? null,
      },
    ]
  })
  const dearest = sent.reduce((most, { ticketEvWei }) => (ticketEvWei > most ? ticketEvWei : most), 0n)
  const { faceValueWei, by, reserveWei, oneIn } = adviseFaceValue({
    ticketEvWei: dearest,
    gasPriceWei,
    poolSize,
  })
  return { ticketEv, faceValue: { faceValueWei, by, reserveWei, oneIn: toNumber(oneIn) } }
}
