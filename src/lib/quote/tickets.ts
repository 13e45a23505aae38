import { offerTo } from '../orchestrator/offer.ts'
import type { OfferedSender } from '../orchestrator/offer.ts'
import { PreconditionError } from '../errors.ts'
import { advertisedPrice, autoAdjustPrice, effectiveTxCostMultiplier } from '../pm/auto-adjust-price.ts'
import { ceilRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { ticketEv } from '../pm/ticket-ev.ts'
import { insufficientSenderReserve, redeemGas } from '../pm/ticket-parameters.ts'
import type { FaceValue } from '../pm/ticket-parameters.ts'
import { winProb } from '../pm/win-prob.ts'

/** What decides about tickets: the sender, and what the orchestrator is set to. */
export interface TicketTerms {
  readonly sender: OfferedSender
  readonly ticketEvWei: bigint
  /** 0n or absent: no maximum */
  readonly maxFaceValueWei?: bigint | undefined
  /** As an orchestrator has told it, instead of one that follows from the sender. */
  readonly faceValueWei?: bigint | undefined
}

/** The tickets that pay a job. */
export interface JobTickets {
  readonly faceValueWei: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  /** of one ticket in wei, exactly */
  readonly ev: Rational
  readonly boundBy: FaceValue['boundBy'] | 'given'
  /** What redeeming one costs, in wei. */
  readonly txCostWei: bigint
  /** The part of a ticket's worth that its redemption costs, in basis points, rounded up; 100 is 1 %. */
  readonly overheadBasisPoints: bigint
}

/** A sender whose reserve binds no face value. */
const plenty: Omit<OfferedSender, 'gasPriceWei'> = {
  reserveWei: 2n ** 255n,
  reserveClaimedInCurrentRoundWei: 0n,
  poolSize: 1n,
}
/** Orchestrators in the active set of mainnet. */
export const usualPoolSize = 100n

/** A sender who is only supposed; without a reserve one whose reserve is large enough. */
export function supposedSender(gasPriceWei: bigint, reserveWei?: bigint): OfferedSender {
  return reserveWei === undefined
    ? { ...plenty, gasPriceWei }
    : { gasPriceWei, reserveWei, reserveClaimedInCurrentRoundWei: 0n, poolSize: usualPoolSize }
}

/**
 * The tickets that an orchestrator asks of the sender.
 *
 * @throws {PreconditionError} SENDER_REFUSED
 */
export function jobTickets({
  sender,
  ticketEvWei,
  maxFaceValueWei,
  faceValueWei: told,
}: TicketTerms): JobTickets {
  const offer: FaceValue =
    told === undefined
      ? offerTo(sender, { ticketEvWei, ...(maxFaceValueWei !== undefined && { maxFaceValueWei }) })
      : { faceValueWei: told, txCostWei: redeemGas * sender.gasPriceWei, boundBy: 'gas' }
  const { faceValueWei, txCostWei, boundBy, refusal } = offer
  if (refusal !== undefined || faceValueWei < ticketEvWei) throw refused(offer, ticketEvWei)
  const probability = winProb(faceValueWei, ticketEvWei)
  return {
    faceValueWei,
    winProb: probability,
    ev: ticketEv({ faceValue: faceValueWei, winProb: probability }),
    boundBy: told === undefined ? boundBy : 'given',
    txCostWei,
    overheadBasisPoints: ceilRational(rational(10_000n * txCostWei, faceValueWei)),
  }
}

/** A price with what redeeming its tickets costs, as an orchestrator tells it. */
export function priceWithRedemptions(price: Rational, tickets: JobTickets): Rational {
  return advertisedPrice(autoAdjustPrice(price, effectiveTxCostMultiplier(tickets)))
}

/** How many of so many tickets win on average. */
export function expectedWinners(tickets: bigint, { ev, faceValueWei }: JobTickets): Rational {
  return { numerator: ev.numerator * tickets, denominator: ev.denominator * faceValueWei }
}

function refused({ faceValueWei, txCostWei }: FaceValue, ticketEvWei: bigint): PreconditionError {
  return new PreconditionError(
    'SENDER_REFUSED',
    `${insufficientSenderReserve}: no orchestrator offers this sender tickets of that EV`,
    {
      details: { faceValueWei, ticketEvWei, txCostWei },
      nextSteps: ['lp-pay params says what is missing'],
    },
  )
}
