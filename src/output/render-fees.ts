import type { FeesState } from '../lib/fees/read-fees.ts'
import type { FeesEvent, FeesHoldings } from '../lib/fees/withdraw-fees.ts'
import { eth } from './amounts.ts'
import { renderEvent } from './render-send.ts'
import type { HoldingsView } from './render-send.ts'
import { renderFacts } from './table.ts'

export function renderFees(state: FeesState): string {
  return renderFacts([
    ['network', state.network],
    ['address', `${state.address}${state.activeOrchestrator ? ', an active orchestrator' : ''}`],
    ['fees', eth(state.pendingFeesWei)],
    ['wallet', eth(state.walletWei)],
  ])
}

/** Earned fees, as they are shown around a withdrawal. */
export const feesView: HoldingsView<FeesHoldings, FeesEvent> = {
  facts: ({ pendingFeesWei }) => [['fees', eth(pendingFeesWei)]],
  line: ({ pendingFeesWei }) => `fees ${eth(pendingFeesWei)}`,
  event: ({ name, args }) => renderEvent(name, args, ['amount']),
}
