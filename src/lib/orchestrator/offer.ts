import { advertisedPrice, autoAdjustPrice, effectiveTxCostMultiplier } from '../pm/auto-adjust-price.ts'
import { ceilRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { reserveAlloc } from '../pm/reserve-alloc.ts'
import { faceValue } from '../pm/ticket-parameters.ts'
import type { FaceValue } from '../pm/ticket-parameters.ts'
import { winProb } from '../pm/win-prob.ts'
import type { SenderState } from '../sender/read-sender.ts'

/** What an orchestrator is set to ask for. */
export interface OrchestratorTerms {
  readonly ticketEvWei: bigint
  /** 0n or absent: no maximum */
  readonly maxFaceValueWei?: bigint
  /** wei for one of anything; absent: some price above zero */
  readonly price?: Rational
  /** Whether the price pays for redemptions too; true when absent. */
  readonly autoAdjustPrice?: boolean
}

/** The ticket parameters that an orchestrator offers a sender. */
export interface Offer extends FaceValue {
  /** What an orchestrator with nothing claimed in this round could claim, in wei. */
  readonly claimableWei: bigint
  /** of 2^256 - 1; undefined when nothing is offered */
  readonly winProb: bigint | undefined
  /** The part of a ticket's worth that its redemption costs, in basis points, rounded up; 100 is 1 %. */
  readonly overheadBasisPoints: bigint | undefined
  /** The price that is told, in wei; undefined when nothing is offered or no price is known. */
  readonly advertisedPrice: Rational | undefined
}

/** What decides about the tickets of a sender. */
export type OfferedSender = Pick<
  SenderState,
  'reserveWei' | 'reserveClaimedInCurrentRoundWei' | 'poolSize' | 'gasPriceWei'
>

/**
 * What an orchestrator with nothing claimed and nothing pending offers a sender at the sender's gas price, as
 * go-livepeer finds it (`recipient.TicketParams`, `orchestrator.PriceInfo`).
 */
export function offerTo(sender: OfferedSender, terms: OrchestratorTerms): Offer {
  const claimableWei = reserveAlloc({
    fundsRemainingWei: sender.reserveWei,
    claimedInCurrentRoundWei: sender.reserveClaimedInCurrentRoundWei,
    poolSize: sender.poolSize,
  })
  const { ticketEvWei, price, maxFaceValueWei } = terms
  const offer = faceValue({
    ticketEvWei,
    gasPriceWei: sender.gasPriceWei,
    maxFloatWei: claimableWei,
    ...(maxFaceValueWei !== undefined && { maxFaceValueWei }),
    ...(price !== undefined && { price }),
  })
  if (offer.refusal !== undefined) {
    return {
      ...offer,
      claimableWei,
      winProb: undefined,
      overheadBasisPoints: undefined,
      advertisedPrice: undefined,
    }
  }
  const { faceValueWei, txCostWei } = offer
  return {
    ...offer,
    claimableWei,
    winProb: winProb(faceValueWei, ticketEvWei),
    overheadBasisPoints:
      faceValueWei === 0n ? undefined : ceilRational(rational(10_000n * txCostWei, faceValueWei)),
    advertisedPrice:
      price === undefined || terms.autoAdjustPrice === false
        ? price
        : advertisedPrice(autoAdjustPrice(price, effectiveTxCostMultiplier(offer))),
  }
}
