import { encodeFunctionData } from 'viem'
import type { EncodeFunctionDataParameters } from 'viem'

import { ticketBrokerAbi } from '../../contracts/abi/ticket-broker.ts'
import type { Connection } from '../../contracts/connect.ts'
import type { Call, Operation } from '../../tx/operation.ts'
import type { AccountOperation, HoldingsChange, SendReport } from '../../tx/send.ts'
import { decodeBrokerEvents } from '../broker-events.ts'
import type { BrokerEvent } from '../broker-events.ts'
import { phaseOf } from '../phase.ts'
import type { Phase } from '../phase.ts'
import type { SenderState } from '../read-sender.ts'

/** What a sender holds in the TicketBroker. */
export interface Holdings {
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly phase: Phase
}

export type SenderEffect = HoldingsChange<Holdings>
/** What became of a request that changes a sender's account. */
export type SendResult = SendReport<Holdings, BrokerEvent>
export type SenderOperation = AccountOperation<SenderState, Holdings, BrokerEvent>

export function holdingsOf(state: SenderState): Holdings {
  return { depositWei: state.depositWei, reserveWei: state.reserveWei, phase: phaseOf(state) }
}

/** Completes an operation with how it is reported. */
export function senderOperation(
  connection: Connection,
  operation: Operation<SenderState, SenderEffect>,
): SenderOperation {
  return {
    ...operation,
    holdings: holdingsOf,
    events: (logs) => decodeBrokerEvents(connection.contracts.TicketBroker, logs),
  }
}

type Write =
  | 'fundDeposit'
  | 'fundReserve'
  | 'fundDepositAndReserve'
  | 'fundDepositAndReserveFor'
  | 'unlock'
  | 'cancelUnlock'
  | 'withdraw'

/** A call of the TicketBroker. */
export function brokerCall(
  connection: Connection,
  functionName: Write,
  args: readonly unknown[] = [],
  value = 0n,
): Call {
  const data = encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName,
    args,
  } as EncodeFunctionDataParameters<typeof ticketBrokerAbi, Write>)
  return { to: connection.contracts.TicketBroker, data, value }
}
