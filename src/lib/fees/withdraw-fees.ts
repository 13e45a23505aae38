import { decodeEventLog, encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'

import { bondingManagerAbi } from '../contracts/abi/bonding-manager.ts'
import type { Connection } from '../contracts/connect.ts'
import { PreconditionError } from '../errors.ts'
import { requireRunningProtocol } from '../rounds/running-protocol.ts'
import type { Log } from '../tx/receipt.ts'
import type { AccountOperation, SendReport } from '../tx/send.ts'
import { formatWei } from '../units/wei.ts'
import { readFees } from './read-fees.ts'
import type { FeesState } from './read-fees.ts'

export interface FeesHoldings {
  readonly pendingFeesWei: bigint
}

/** The BondingManager's word on a withdrawal; amounts in wei. */
export interface FeesEvent {
  readonly name: 'WithdrawFees'
  readonly args: { readonly delegator: Address; readonly recipient: Address; readonly amount: bigint }
}

export type FeesWithdrawal = SendReport<FeesHoldings, FeesEvent>

export interface WithdrawFeesRequest {
  readonly from: Address
  /** Where the ETH goes; `from` when absent. */
  readonly to?: Address
  /** wei; everything when absent */
  readonly amountWei?: bigint
}

/**
 * Withdraws earned fees from the protocol; the contract claims the earnings of past rounds by itself.
 *
 * @throws {PreconditionError} from its plan: FEES_SHORT, PROTOCOL_PAUSED, ROUND_NOT_INITIALIZED
 */
export function withdrawFeesOperation(
  connection: Connection,
  request: WithdrawFeesRequest,
): AccountOperation<FeesState, FeesHoldings, FeesEvent> {
  const { from, to = from, amountWei } = request
  const manager = connection.contracts.BondingManager
  return {
    name: 'fees withdraw',
    requestKey: JSON.stringify([
      'fees withdraw',
      from.toLowerCase(),
      to.toLowerCase(),
      amountWei === undefined ? 'all' : String(amountWei),
    ]),
    followsState: amountWei === undefined,
    read: () => readFees(connection, from),
    plan(state) {
      requireRunningProtocol(connection, state.round)
      const { pendingFeesWei } = state
      const wanted = amountWei ?? pendingFeesWei
      if (wanted === 0n) return undefined
      if (wanted > pendingFeesWei) throw feesShort(from, wanted, pendingFeesWei)
      const ownWallet = to.toLowerCase() === from.toLowerCase()
      return {
        call: {
          to: manager,
          data: encodeFunctionData({
            abi: bondingManagerAbi,
            functionName: 'withdrawFees',
            args: [to, wanted],
          }),
          value: 0n,
        },
        effect: {
          summary: `withdraw ${formatWei(wanted)} ETH of fees to ${ownWallet ? 'the same account' : to}`,
          before: { pendingFeesWei },
          after: { pendingFeesWei: pendingFeesWei - wanted },
        },
        cautions: ownWallet ? [] : [`the ETH goes to ${to}, not to the account that earned it`],
      }
    },
    holdings: ({ pendingFeesWei }) => ({ pendingFeesWei }),
    events: (logs) => decodeFeesEvents(manager, logs),
  }
}

function feesShort(from: Address, wantedWei: bigint, pendingFeesWei: bigint): PreconditionError {
  return new PreconditionError(
    'FEES_SHORT',
    `${from} has ${formatWei(pendingFeesWei)} ETH of fees, less than ${formatWei(wantedWei)} ETH`,
    {
      details: { pendingFeesWei, wantedWei },
      nextSteps: ['withdraw what there is: lp-pay fees withdraw'],
    },
  )
}

function decodeFeesEvents(manager: Address, logs: readonly Log[]): FeesEvent[] {
  return logs
    .filter(({ address }) => address.toLowerCase() === manager.toLowerCase())
    .flatMap((log) => {
      try {
        const topics = log.topics as [Hex, ...Hex[]]
        const { eventName, args } = decodeEventLog({ abi: bondingManagerAbi, topics, data: log.data })
        return [{ name: eventName, args }]
      } catch {
        // Another event of the BondingManager.
        return []
      }
    })
}
