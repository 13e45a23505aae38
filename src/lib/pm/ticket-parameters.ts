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
  /** wei a gas */
  readonly gasPriceWei: bigint
  readonly maxFloatWei: bigint
  /** 0 or absent: no maximum */
  readonly maxFaceValueWei?: bigint
}

export interface FaceValue {
  readonly faceValueWei: bigint
  readonly txCostWei: bigint
  /** What decided the face value. */
  readonly boundBy: 'gas' | 'ticketEv' | 'maxFloat' | 'maxFaceValue'
  /** Why the orchestrator would refuse this sender, if it would. */
  readonly refusal?: 'belowTicketEv' | 'belowTxCost'
}

/** The face value that an orchestrator offers a sender, in go-livepeer's order (`pm/recipient.go`, faceValue). */
export function faceValue(inputs: FaceValueInputs): FaceValue {
  const txCostWei = redeemGas * inputs.gasPriceWei
  let faceValueWei = txCostMultiplier * txCostWei
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
  if (faceValueWei < txCostWei && faceValueWei < redeemGas * averageGasPriceFloorWei) {
    return { faceValueWei, txCostWei, boundBy, refusal: 'belowTxCost' }
  }
  return { faceValueWei, txCostWei, boundBy }
}
