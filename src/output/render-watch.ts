import type { WatchEvent } from '../lib/redemption/watch/watch-redemptions.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { count, counted, eth, percent } from './amounts.ts'
import { renderTakenIn } from './render-redeem.ts'
import { out } from './style.ts'

/** A line of the daemon, with the time; undefined when people need not be told. */
export function renderWatchLine(event: WatchEvent): string | undefined {
  const text = renderRedeemEvent(event)
  return text === undefined
    ? undefined
    : `${out.dim(new Date().toISOString().slice(0, 19).replace('T', ' '))}  ${text}`
}

/** What happens, in one line; undefined when people need not be told. */
export function renderRedeemEvent(event: WatchEvent): string | undefined {
  switch (event.event) {
    case 'imported':
      return event.new === 0 ? undefined : renderTakenIn(event)
    case 'round':
      return `round ${event.round.toString()}`
    case 'planned':
      return event.batches === 0
        ? undefined
        : `plan: ${counted(event.tickets, 'ticket')} in ${counted(event.batches, 'transaction')} for ${eth(event.payoutWei)}, gas about ${eth(event.gasCostWei)}`
    case 'ended':
      return event.tickets
        .map(
          ({ hash, outcome, reason }) =>
            `${hash.slice(0, 14)} ${outcome}${reason === null ? '' : `: ${sanitize(reason)}`}`,
        )
        .join('; ')
    case 'sending':
      return `sending ${event.transactionHash}, ${counted(event.tickets, 'ticket')}`
    case 'mined':
      return `mined ${event.transactionHash} in block ${count(event.blockNumber)}`
    case 'takenBack':
      return out.yellow('a reorganisation took the transaction out of its block; waiting for it')
    case 'settled':
      return settled(event)
    case 'halved':
      return out.yellow(`${counted(event.tickets, 'ticket')} tried in halves: ${sanitize(event.reason)}`)
    case 'trouble':
      return out.yellow(`${sanitize(event.message)} (${event.code})`)
    case 'looked':
      return undefined
    case 'failed':
      return out.red(
        `${sanitize(event.message)} (${event.code}); again in ${count(Math.ceil(event.nextLookMs / 1000))} s`,
      )
    case 'stopping':
      return out.yellow('stopping after what is under way; once more stops at once')
    case 'stopped':
      return 'stopped'
  }
}

function settled({ batch }: Extract<WatchEvent, { event: 'settled' }>): string {
  if (batch.outcome === 'reverted')
    return out.red(`${batch.transactionHash} reverted, ${eth(batch.feeWei)} of gas`)
  const redeemed = batch.tickets.filter(({ outcome }) => outcome === 'redeemed').length
  const efficiency =
    batch.efficiencyBasisPoints === null ? '' : `, efficiency ${percent(batch.efficiencyBasisPoints)}`
  return out.green(
    `redeemed ${counted(redeemed, 'ticket')} for ${eth(batch.paidWei)}, ${eth(batch.feeWei)} of gas${efficiency}`,
  )
}
