import { leastFaceValue } from '../sender/acceptance.ts'
import type { SenderState } from '../sender/read-sender.ts'
import type { SpendingLimits } from './judge-offer.ts'
import { offerTo } from './offer.ts'
import type { OrchestratorTerms } from './offer.ts'

/** What has to be added until the funds are no reason to refuse, in wei. */
export interface MissingFunds {
  readonly depositWei: bigint
  readonly reserveWei: bigint
}

/**
 * The least that has to be added, to the wei, at the sender's gas price; undefined where no amount helps, as no
 * orchestrator is active or the orchestrator's own settings forbid every ticket. A larger reserve makes larger tickets,
 * so the deposit is for those of the reserve as it will be.
 */
export function missingFunds(
  sender: SenderState,
  terms: OrchestratorTerms,
  { depositMultiplier = 1n }: SpendingLimits = {},
): MissingFunds | undefined {
  if (sender.poolSize === 0n) return undefined
  const least = leastFaceValue(terms.ticketEvWei, sender.gasPriceWei)
  const neededReserveWei = largest(
    sender.reserveWei,
    least * sender.poolSize - sender.reserveClaimedInCurrentRoundWei,
    1n,
  )
  const offer = offerTo({ ...sender, reserveWei: neededReserveWei }, terms)
  if (offer.refusal !== undefined || offer.faceValueWei <= terms.ticketEvWei) return undefined
  const neededDepositWei = largest(sender.depositWei, offer.faceValueWei * depositMultiplier, 1n)
  return {
    depositWei: neededDepositWei - sender.depositWei,
    reserveWei: neededReserveWei - sender.reserveWei,
  }
}

function largest(...values: readonly [bigint, ...bigint[]]): bigint {
  return values.reduce((one, other) => (one > other ? one : other))
}
