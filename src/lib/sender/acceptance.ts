import { reserveAlloc } from '../pm/reserve-alloc.ts'
import { averageGasPriceFloorWei, defaultTicketEvWei, faceValue, redeemGas } from '../pm/ticket-parameters.ts'
import { unlocksSoon } from '../pm/unlocks-soon.ts'
import { formatWei } from '../units/wei.ts'
import type { SenderState } from './read-sender.ts'

export type AcceptanceReason =
  | 'noDeposit'
  | 'noReserve'
  | 'unlockingSoon'
  | 'reserveTooLow'
  | 'depositBelowFaceValue'
  | 'noActiveOrchestrators'

/** Whether orchestrators would take this sender's tickets now, by go-livepeer's own rules on either side. */
export interface Acceptance {
  readonly accepted: boolean
  /** One clause each, most fundamental first. */
  readonly reasons: readonly { readonly reason: AcceptanceReason; readonly explanation: string }[]
  /** What an orchestrator with nothing claimed in this round could claim, in wei. */
  readonly claimableWei: bigint
  /** The face value that it would offer, in wei. */
  readonly faceValueWei: bigint
}

/**
 * Judges as a fresh orchestrator with default settings would, and as the gateway's own node does before it pays.
 *
 * @param ticketEvWei the orchestrator's ticket EV; go-livepeer's default when absent
 */
export function judgeAcceptance(state: SenderState, ticketEvWei: bigint = defaultTicketEvWei): Acceptance {
  const claimableWei = reserveAlloc({
    fundsRemainingWei: state.reserveWei,
    claimedInCurrentRoundWei: state.reserveClaimedInCurrentRoundWei,
    poolSize: state.poolSize,
  })
  const offer = faceValue({ ticketEvWei, gasPriceWei: state.gasPriceWei, maxFloatWei: claimableWei })
  // The gateway's own node takes no ticket whose face value is the EV: "ticket faceValue too low".
  const offerTooLow = offer.refusal !== undefined || offer.faceValueWei <= ticketEvWei
  const reasons: { reason: AcceptanceReason; explanation: string }[] = []
  const because = (reason: AcceptanceReason, explanation: string) => reasons.push({ reason, explanation })
  const eth = (wei: bigint) => `${formatWei(wei)} ETH`

  const funded = state.depositWei + state.reserveWei > 0n
  if (funded && unlocksSoon(state.withdrawRound, state.round.lastInitialized)) {
    because('unlockingSoon', `the deposit and reserve unlock in round ${String(state.withdrawRound)}`)
  }
  if (state.depositWei === 0n) because('noDeposit', 'there is no deposit')
  if (state.reserveWei === 0n) because('noReserve', 'there is no reserve')
  else if (state.poolSize === 0n) because('noActiveOrchestrators', 'no orchestrator is active')
  else if (offerTooLow) {
    const least = leastFaceValue(ticketEvWei, state.gasPriceWei)
    because(
      'reserveTooLow',
      `the reserve gives one orchestrator ${eth(claimableWei)}, at this gas price it asks for ${eth(least)}: a reserve of ${eth(least * state.poolSize)}`,
    )
  }
  if (state.depositWei > 0n && !offerTooLow && offer.faceValueWei > state.depositWei) {
    because(
      'depositBelowFaceValue',
      `the deposit of ${eth(state.depositWei)} is less than one ticket's face value of ${eth(offer.faceValueWei)}`,
    )
  }
  return { accepted: reasons.length === 0, reasons, claimableWei, faceValueWei: offer.faceValueWei }
}

/** The smallest float with which neither side refuses, in wei. */
export function leastFaceValue(ticketEvWei: bigint, gasPriceWei: bigint): bigint {
  const gas = redeemGas * (gasPriceWei < averageGasPriceFloorWei ? gasPriceWei : averageGasPriceFloorWei)
  return gas > ticketEvWei ? gas : ticketEvWei + 1n
}
