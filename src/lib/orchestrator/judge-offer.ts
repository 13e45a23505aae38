import { check } from '../pm/check.ts'
import type { PmCheck } from '../pm/check.ts'
import { paramsExpirationBlocks, sendChecks } from '../pm/send-checks.ts'
import type { SendCheck, SendCheckName, SendInputs } from '../pm/send-checks.ts'
import { insufficientSenderReserve } from '../pm/ticket-parameters.ts'
import { unlocksSoon } from '../pm/unlocks-soon.ts'
import { maxWinProb } from '../pm/win-prob.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { formatWei } from '../units/wei.ts'
import { offerTo } from './offer.ts'
import type { Offer, OrchestratorTerms } from './offer.ts'

/** A gateway's settings; go-livepeer's defaults when absent. */
export type SpendingLimits = Pick<
  SendInputs,
  'maxTicketEvWei' | 'maxTotalEvWei' | 'depositMultiplier' | 'numTickets'
>

export type OfferCheckName = 'senderUnlock' | 'ticketEv' | 'txCost'

/** A check of one side, in go-livepeer's own words where it has failed. */
export type OfferCheck =
  | (PmCheck<OfferCheckName> & { readonly by: 'orchestrator' })
  | (PmCheck<SendCheckName> & { readonly by: 'gateway' })

export interface JudgedOffer {
  readonly offer: Offer
  /** Whether no check has failed. */
  readonly accepted: boolean
  /** The orchestrator's before it offers, then the gateway's before it pays, each in go-livepeer's order. */
  readonly checks: readonly OfferCheck[]
}

/** What needs an offer to be looked at; the sender's funds are looked at without one too. */
const ofTheOffer: ReadonlySet<SendCheckName> = new Set<SendCheckName>([
  'expirationBlock',
  'paramsExpiry',
  'ev',
  'faceValueAboveEv',
  'maxTicketEv',
  'maxTotalEv',
  'depositMultiplier',
])

/** Judges what an orchestrator would offer a sender now, as both sides of go-livepeer would. */
export function judgeOffer(
  sender: SenderState,
  terms: OrchestratorTerms,
  limits: SpendingLimits = {},
): JudgedOffer {
  const offer = offerTo(sender, terms)
  const checks: OfferCheck[] = [
    ...orchestratorChecks(sender, terms, offer).map((one) => ({ by: 'orchestrator' as const, ...one })),
    ...gatewayChecks(sender, offer, limits).map((one) => ({ by: 'gateway' as const, ...one })),
  ]
  return { offer, checks, accepted: checks.every(({ outcome }) => outcome !== 'failed') }
}

function orchestratorChecks(
  { withdrawRound, round, address }: SenderState,
  { ticketEvWei }: OrchestratorTerms,
  { refusal, faceValueWei, txCostWei }: Offer,
): PmCheck<OfferCheckName>[] {
  const eth = (wei: bigint) => `${formatWei(wei)} ETH`
  return [
    check('senderUnlock', !unlocksSoon(withdrawRound, round.lastInitialized), {
      passed: 'the sender is not about to withdraw',
      failed: `deposit and reserve for sender ${address} is set to unlock soon`,
    }),
    check('ticketEv', refusal !== 'belowTicketEv', {
      passed: `the face value is at least the ticket EV of ${eth(ticketEvWei)}`,
      failed: `${insufficientSenderReserve}: a face value of ${eth(faceValueWei)} is below the ticket EV of ${eth(ticketEvWei)}`,
    }),
    refusal === 'belowTicketEv'
      ? { name: 'txCost', outcome: 'notChecked', reason: 'the ticket EV has decided' }
      : check('txCost', refusal === undefined, {
          passed: `a face value of ${eth(faceValueWei)} is worth redeeming for ${eth(txCostWei)}`,
          failed: `${insufficientSenderReserve}: a face value of ${eth(faceValueWei)} does not pay for redeeming, ${eth(txCostWei)}`,
        }),
  ]
}

function gatewayChecks(sender: SenderState, offer: Offer, limits: SpendingLimits): SendCheck[] {
  const { l1Block, lastInitialized } = sender.round
  const checks = sendChecks({
    ...limits,
    // Without an offer any ticket that is not free shows what is made of the funds.
    faceValue: offer.winProb === undefined ? 1n : offer.faceValueWei,
    winProb: offer.winProb ?? maxWinProb,
    expirationBlock: l1Block + paramsExpirationBlocks,
    lastL1Block: l1Block,
    lastInitializedRound: lastInitialized,
    depositWei: sender.depositWei,
    reserveWei: sender.reserveWei,
    withdrawRound: sender.withdrawRound,
  })
  if (offer.winProb !== undefined) return checks
  return checks.map((one) =>
    ofTheOffer.has(one.name)
      ? { name: one.name, outcome: 'notChecked', reason: 'the orchestrator offers nothing' }
      : one,
  )
}
