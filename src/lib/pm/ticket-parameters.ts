import type { Rational } from './rational.ts'

/** go-livepeer's constants that decide face values; see spec "Probabilistic micropayments". */
export const redeemGas = 1_200_000n
export const txCostMultiplier = 100n
export const evMultiplier = 100n
/** wei a gas: below this average price a face value too small for the redemption is not a reason to refuse. */
export const averageGasPriceFloorWei = 3_000_000_000n
/** wei: an orchestrator's default ticket EV. */
export const defaultTicketEvWei = 8_000_000_000n

/** What an orchestrator knows of a sender and of the gas price when it makes ticket parameters. */
export interface FaceValueInputs {
  readonly ticketEvWei: bigint
  /** wei a gas: the node's, or the orchestrator's minimum where that is more */
  readonly gasPriceWei: bigint
  /** see `maxFloat` */
  readonly maxFloatWei: bigint
  /** 0 or absent: no maximum */
  readonly maxFaceValueWei?: bigint
  /** The orchestrator's price; tickets for what is free have no face value. Absent: some price above zero. */
  readonly price?: Rational
  /** gas; go-livepeer's constant for Arbitrum when absent (350,000 on L1) */
  readonly redeemGas?: bigint
  /** 100 when absent */
  readonly txCostMultiplier?: bigint
}

export interface FaceValue {
  readonly faceValueWei: bigint
  readonly txCostWei: bigint
  /** What decided the face value. */
  readonly boundBy: 'price' | 'gas' | 'ticketEv' | 'maxFloat' | 'maxFaceValue'
  /** Why the orchestrator would refuse this sender, if it would; the node says `insufficientSenderReserve` to both. */
  readonly refusal?: 'belowTicketEv' | 'belowTxCost'
}

/** The node's words for either refusal of a face value. */
export const insufficientSenderReserve = 'insufficient sender reserve'

/** The face value that an orchestrator offers a sender, in go-livepeer's order (`pm/recipient.go`, faceValue). */
export function faceValue(inputs: FaceValueInputs): FaceValue {
  const gas = inputs.redeemGas ?? redeemGas
  const txCostWei = gas * inputs.gasPriceWei
  if (inputs.price !== undefined && inputs.price.numerator <= 0n) {
    return { faceValueWei: 0n, txCostWei, boundBy: 'price' }
  }
  let faceValueWei = (inputs.txCostMultiplier ?? txCostMultiplier) * txCostWei
  let boundBy: FaceValue['boundBy'] = 'gas'
  if (faceValueWei < inputs.ticketEvWei) {
    faceValueWei = evMultiplier * inputs.ticketEvWei
    boundBy = 'ticketEv'
  }
  if (faceValueWei > inputs.maxFloatWei) {
    faceValueWei = inputs.maxFloatWei
    boundBy = 'maxFloat'
  }
  const { maxFaceValueWei } = inputs
  if (maxFaceValueWei !== undefined && maxFaceValueWei > 0n && faceValueWei > maxFaceValueWei) {
    faceValueWei = maxFaceValueWei
    boundBy = 'maxFaceValue'
  }
  if (faceValueWei < inputs.ticketEvWei) return { faceValueWei, txCostWei, boundBy, refusal: 'belowTicketEv' }
  if (faceValueWei < txCostWei && faceValueWei < gas * averageGasPriceFloorWei) {
    return { faceValueWei, txCostWei, boundBy, refusal: 'belowTxCost' }
  }
  return { faceValueWei, txCostWei, boundBy }
}
