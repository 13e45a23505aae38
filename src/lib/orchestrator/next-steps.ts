import { ceilRational } from '../pm/rational.ts'
import { defaultMaxTotalEvWei } from '../pm/send-checks.ts'
import { ticketEv } from '../pm/ticket-ev.ts'
import { leastFaceValue } from '../sender/acceptance.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { formatWei } from '../units/wei.ts'
import type { JudgedOffer, OfferCheck, SpendingLimits } from './judge-offer.ts'
import { missingFunds } from './missing-funds.ts'
import type { OrchestratorTerms } from './offer.ts'

/** The shortest way to make a check pass; undefined when it does, or needs nothing that could be done. */
export function nextStepFor(
  check: OfferCheck,
  sender: SenderState,
  terms: OrchestratorTerms,
  limits: SpendingLimits,
  { offer }: JudgedOffer,
): string | undefined {
  if (check.outcome !== 'failed') return undefined
  const { numTickets = 1n, maxTotalEvWei = defaultMaxTotalEvWei } = limits
  const evWei = ceilRational(ticketEv({ faceValue: offer.faceValueWei, winProb: offer.winProb ?? 0n }))
  switch (check.name) {
    case 'senderUnlock':
    case 'unlock':
      return sender.depositWei + sender.reserveWei > 0n
        ? 'lp-pay unlock cancel'
        : 'a deposit or a reserve takes the unlock back'
    case 'ticketEv':
    case 'txCost':
    case 'faceValueAboveEv':
    case 'reserve':
      return reserveStep(sender, terms, limits)
    case 'deposit':
    case 'depositMultiplier':
      return depositStep(sender, terms, limits)
    case 'maxTicketEv':
      return `raise the gateway's -maxTicketEV to ${String(evWei)} wei, or lower the orchestrator's ticket EV`
    case 'maxTotalEv':
      return numTickets > 1n && evWei <= maxTotalEvWei
        ? `send at most ${String(maxTotalEvWei / evWei)} tickets at once, or raise -maxTotalEV`
        : `raise the gateway's -maxTotalEV to ${String(evWei * numTickets)} wei`
    default:
      return undefined
  }
}

function reserveStep(sender: SenderState, terms: OrchestratorTerms, limits: SpendingLimits): string {
  const missing = missingFunds(sender, terms, limits)
  if (missing !== undefined) return `lp-pay reserve ${formatWei(missing.reserveWei)}`
  if (sender.poolSize === 0n) return 'wait until an orchestrator is active'
  const least = leastFaceValue(terms.ticketEvWei, sender.gasPriceWei)
  const { maxFaceValueWei = 0n } = terms
  return maxFaceValueWei > 0n && maxFaceValueWei < least
    ? `the orchestrator has to raise its maximum face value to ${formatWei(least)} ETH`
    : 'the orchestrator has to change its ticket EV: it is the whole face value'
}

function depositStep(sender: SenderState, terms: OrchestratorTerms, limits: SpendingLimits): string {
  const missing = missingFunds(sender, terms, limits)
  return missing === undefined
    ? 'see the reserve first: it decides how large the tickets are'
    : `lp-pay deposit ${formatWei(missing.depositWei)}`
}
