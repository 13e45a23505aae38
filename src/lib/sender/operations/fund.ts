import type { Address } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import { UsageError } from '../../errors.ts'
import type { Call } from '../../tx/operation.ts'
import { formatWei } from '../../units/wei.ts'
import { requireRunningProtocol } from '../../rounds/running-protocol.ts'
import { phaseOf } from '../phase.ts'
import { readSender } from '../read-sender.ts'
import type { SenderState } from '../read-sender.ts'
import { brokerCall, holdingsOf, senderOperation } from './sender-operation.ts'
import type { SenderOperation } from './sender-operation.ts'

/** What to add, or what to fill up to; wei. */
export type Funding =
  | { readonly kind: 'add'; readonly depositWei: bigint; readonly reserveWei: bigint }
  | { readonly kind: 'topUp'; readonly part: 'deposit' | 'reserve'; readonly toWei: bigint }

export interface FundRequest {
  readonly name: 'deposit' | 'reserve'
  readonly funding: Funding
  readonly from: Address
  /** Whose deposit and reserve; `from` when absent. */
  readonly beneficiary?: Address
}

/** Adds to a sender's deposit, reserve or both in one transaction. */
export function fundOperation(connection: Connection, request: FundRequest): SenderOperation {
  const { name, funding, from } = request
  const sender = request.beneficiary ?? from
  const ownAccount = sender.toLowerCase() === from.toLowerCase()
  if (funding.kind === 'add' && funding.depositWei + funding.reserveWei === 0n) {
    throw new UsageError('AMOUNT_MISSING', 'say how much to fund', { nextSteps: [`lp-pay ${name} 0.1`] })
  }
  return senderOperation(connection, {
    name,
    requestKey: JSON.stringify([name, sender.toLowerCase(), requestText(funding)]),
    followsState: funding.kind === 'topUp',
    read: () => readSender(connection, sender),
    plan(state) {
      requireRunningProtocol(connection, state.round)
      const { depositWei, reserveWei } = missing(state, funding)
      if (depositWei + reserveWei === 0n) return undefined
      const before = holdingsOf(state)
      const after = {
        depositWei: state.depositWei + depositWei,
        reserveWei: state.reserveWei + reserveWei,
        phase: phaseOf({ ...state, depositWei: 1n, withdrawRound: ownAccount ? 0n : state.withdrawRound }),
      }
      return {
        call: fundCall(connection, sender, ownAccount, depositWei, reserveWei),
        effect: {
          summary: summarise(depositWei, reserveWei, ownAccount ? undefined : sender),
          before,
          after,
        },
        cautions: cautions(state, ownAccount),
      }
    },
  })
}

function missing(state: SenderState, funding: Funding): { depositWei: bigint; reserveWei: bigint } {
  if (funding.kind === 'add') return funding
  const short = (has: bigint) => (has < funding.toWei ? funding.toWei - has : 0n)
  return funding.part === 'deposit'
    ? { depositWei: short(state.depositWei), reserveWei: 0n }
    : { depositWei: 0n, reserveWei: short(state.reserveWei) }
}

function fundCall(
  connection: Connection,
  sender: Address,
  ownAccount: boolean,
  depositWei: bigint,
  reserveWei: bigint,
): Call {
  const value = depositWei + reserveWei
  if (!ownAccount)
    return brokerCall(connection, 'fundDepositAndReserveFor', [sender, depositWei, reserveWei], value)
  if (reserveWei === 0n) return brokerCall(connection, 'fundDeposit', [], value)
  if (depositWei === 0n) return brokerCall(connection, 'fundReserve', [], value)
  return brokerCall(connection, 'fundDepositAndReserve', [depositWei, reserveWei], value)
}

/** The contract keeps the round of a withdrawal until the owner funds again, so an emptied account has one too. */
function cautions(state: SenderState, ownAccount: boolean): string[] {
  if (state.withdrawRound === 0n) return []
  if (!ownAccount) {
    return [`${state.address} has begun to unlock; depending on the contract's version this cancels it`]
  }
  if (phaseOf(state) === 'empty') return []
  return [
    `this cancels the unlock of round ${String(state.withdrawRound)}: to withdraw later you must unlock again`,
  ]
}

function summarise(depositWei: bigint, reserveWei: bigint, beneficiary?: Address): string {
  const parts = [
    ...(depositWei > 0n ? [`${formatWei(depositWei)} ETH to the deposit`] : []),
    ...(reserveWei > 0n ? [`${formatWei(reserveWei)} ETH to the reserve`] : []),
  ]
  return `add ${parts.join(' and ')}${beneficiary === undefined ? '' : ` of ${beneficiary}`}`
}

function requestText(funding: Funding): string {
  return funding.kind === 'add'
    ? `add ${String(funding.depositWei)} ${String(funding.reserveWei)}`
    : `top up ${funding.part} to ${String(funding.toWei)}`
}
