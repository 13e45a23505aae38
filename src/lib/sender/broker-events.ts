import { decodeEventLog } from 'viem'
import type { Address, Hex } from 'viem'

import { senderEventsAbi } from '../contracts/abi/ticket-broker-events.ts'
import type { Log } from '../tx/receipt.ts'

/** One event of the TicketBroker, with its arguments under the contract's names; amounts in wei. */
export interface BrokerEvent {
  readonly name: 'DepositFunded' | 'ReserveFunded' | 'Unlock' | 'UnlockCancelled' | 'Withdrawal'
  readonly args: Readonly<Record<string, bigint | Address>>
}

/** What the TicketBroker says that a transaction did. Logs of other contracts and unknown events are left out. */
export function decodeBrokerEvents(broker: Address, logs: readonly Log[]): BrokerEvent[] {
  return logs
    .filter(({ address }) => address.toLowerCase() === broker.toLowerCase())
    .flatMap((log) => {
      try {
        const topics = log.topics as [Hex, ...Hex[]]
        const { eventName, args } = decodeEventLog({ abi: senderEventsAbi, topics, data: log.data })
        return [{ name: eventName, args }]
      } catch {
        return []
      }
    })
}
