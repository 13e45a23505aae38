import type { Address } from 'viem'

import { quantity } from '../chain/quantity.ts'
import { RpcResponseError } from '../chain/rpc.ts'
import { adviceFor, isRevert, revertReason } from '../contracts/revert-reasons.ts'
import type { Connection } from '../contracts/connect.ts'
import { PreconditionError, SimulationError } from '../errors.ts'
import { formatWei } from '../units/wei.ts'
import { chooseFees } from './fees.ts'
import type { FeeMarket, Fees } from './fees.ts'
import type { Call, Plan, PlannedGas } from './operation.ts'

/** What the account brings to a transaction, besides the operation's own state. */
export interface AccountState {
  readonly balanceWei: bigint
  readonly nonce: number
  readonly market: FeeMarket
}

/** A transaction as it will be sent, simulated and priced. */
export interface Preview<Effect> extends Plan<Effect>, Fees {
  readonly operation: string
  readonly from: Address
  readonly nonce: number
  /** What the simulation used. */
  readonly gasEstimate: bigint
  readonly gasLimit: bigint
  /** wei at the present base fee */
  readonly expectedFeeWei: bigint
  /** wei, the value included */
  readonly maxCostWei: bigint
  readonly balanceWei: bigint
}

/** On Arbitrum the estimate holds the cost of L1 data, which moves with L1's gas price between now and the block. */
const gasMargin = { numerator: 125n, denominator: 100n }

/**
 * Simulates and prices a planned call; one that brings its own gas has been simulated by who planned it.
 *
 * @throws {SimulationError} SIMULATION_REVERTED
 * @throws {PreconditionError} INSUFFICIENT_FUNDS, FEE_ABOVE_LIMIT
 * @throws {RpcResponseError} the node would not simulate
 */
export async function previewCall<Effect>(
  connection: Connection,
  operation: string,
  from: Address,
  plan: Plan<Effect>,
  account: AccountState,
  feeLimit?: bigint,
): Promise<Preview<Effect>> {
  const { call } = plan
  if (call.value > account.balanceWei) throw insufficientFunds(from, call.value, account.balanceWei)
  const fees = chooseFees(account.market, feeLimit)
  const { estimate, limit: gasLimit } = plan.gas ?? (await estimateGas(connection, from, call))
  const maxCostWei = call.value + gasLimit * fees.maxFeePerGas
  if (maxCostWei > account.balanceWei) throw insufficientFunds(from, maxCostWei, account.balanceWei)
  const price = account.market.baseFeePerGas + fees.maxPriorityFeePerGas
  return {
    ...plan,
    ...fees,
    operation,
    from,
    nonce: account.nonce,
    gasEstimate: estimate,
    gasLimit,
    expectedFeeWei: estimate * (price < fees.maxFeePerGas ? price : fees.maxFeePerGas),
    maxCostWei,
    balanceWei: account.balanceWei,
  }
}

/** Estimating runs the call, so a revert shows here. None of the calls estimated swallows an inner failure. */
async function estimateGas(connection: Connection, from: Address, call: Call): Promise<PlannedGas> {
  try {
    const request = { from, to: call.to, data: call.data, value: `0x${call.value.toString(16)}` }
    const estimate = quantity(await connection.rpc.request('eth_estimateGas', [request]))
    return { estimate, limit: (estimate * gasMargin.numerator) / gasMargin.denominator }
  } catch (error) {
    if (!(error instanceof RpcResponseError && isRevert(error))) throw error
    const reason = revertReason(error)
    const advice = adviceFor(reason)
    throw new SimulationError('SIMULATION_REVERTED', `the transaction would revert: ${reason}`, {
      details: { reason },
      nextSteps: advice === undefined ? ['see the state: lp-pay status'] : [advice],
      cause: error,
    })
  }
}

function insufficientFunds(from: Address, neededWei: bigint, balanceWei: bigint): PreconditionError {
  return new PreconditionError(
    'INSUFFICIENT_FUNDS',
    `${from} has ${formatWei(balanceWei)} ETH, but this can cost up to ${formatWei(neededWei)} ETH`,
    {
      details: { balanceWei, neededWei, missingWei: neededWei - balanceWei },
      nextSteps: [
        `send at least ${formatWei(neededWei - balanceWei)} ETH to ${from}, or choose a smaller amount`,
      ],
    },
  )
}
