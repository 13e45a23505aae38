import type { BrokerEvent } from '../lib/sender/broker-events.ts'
import type { Holdings } from '../lib/sender/operations/sender-operation.ts'
import { eth } from './amounts.ts'
import type { HoldingsView } from './render-send.ts'
import { renderEvent } from './render-send.ts'

/** A sender's deposit and reserve, as they are shown around a transaction. */
export const senderView: HoldingsView<Holdings, BrokerEvent> = {
  facts: ({ depositWei, reserveWei, phase }) => [
    ['deposit', eth(depositWei)],
    ['reserve', eth(reserveWei)],
    ['state', phase],
  ],
  line: ({ depositWei, reserveWei, phase }) =>
    `deposit ${eth(depositWei)}, reserve ${eth(reserveWei)}, ${phase}`,
  event: ({ name, args }) => renderEvent(name, args, ['amount', 'deposit', 'reserve']),
}
