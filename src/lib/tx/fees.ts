import type { Rpc } from '../chain/rpc.ts'
import { PreconditionError } from '../errors.ts'
import { formatWei } from '../units/wei.ts'
import { quantity, quantityField } from '../chain/quantity.ts'

/** What a unit of gas costs now, in wei. */
export interface FeeMarket {
  readonly baseFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

export interface Fees {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/**
 * Shares a round trip with whatever else is read in the same turn. The tip is what the node's gas price holds above the
 * base fee, nothing on Arbitrum; anvil proposes a tip of a gwei apart from its gas price.
 */
export async function readFeeMarket(rpc: Rpc): Promise<FeeMarket> {
  const [block, price] = await Promise.all([
    rpc.request('eth_getBlockByNumber', ['latest', false]),
    rpc.request('eth_gasPrice'),
  ])
  const baseFeePerGas = quantityField(block, 'baseFeePerGas')
  const tip = quantity(price) - baseFeePerGas
  return { baseFeePerGas, maxPriorityFeePerGas: tip > 0n ? tip : 0n }
}

/**
 * Twice the base fee and the tip, never above the limit: the base fee can rise six full blocks in a row before the
 * transaction is priced out.
 *
 * @throws {PreconditionError} FEE_ABOVE_LIMIT
 */
export function chooseFees(market: FeeMarket, limit?: bigint): Fees {
  const wanted = market.baseFeePerGas * 2n + market.maxPriorityFeePerGas
  if (limit === undefined || limit >= wanted) {
    return { maxFeePerGas: wanted, maxPriorityFeePerGas: market.maxPriorityFeePerGas }
  }
  if (limit < market.baseFeePerGas) {
    const gwei = (wei: bigint) => `${formatWei(wei, 'gwei')} gwei`
    throw new PreconditionError(
      'FEE_ABOVE_LIMIT',
      `the base fee is ${gwei(market.baseFeePerGas)}, above the limit of ${gwei(limit)}`,
      {
        details: { baseFeePerGasWei: market.baseFeePerGas, limitWei: limit },
        nextSteps: ['wait for cheaper gas, or raise --max-fee-per-gas'],
      },
    )
  }
  const tip = market.maxPriorityFeePerGas < limit ? market.maxPriorityFeePerGas : limit
  return { maxFeePerGas: limit, maxPriorityFeePerGas: tip }
}

/** The least fees that replace an attempt: nodes ask for 10 % more on both figures, geth for a wei even on nothing. */
export function replacementFees(previous: Fees): Fees {
  const raise = (wei: bigint) => (wei === 0n ? 1n : (wei * 110n + 99n) / 100n)
  return {
    maxFeePerGas: raise(previous.maxFeePerGas),
    maxPriorityFeePerGas: raise(previous.maxPriorityFeePerGas),
  }
}

/**
 * What to offer instead of an attempt that the market has left behind: what a new transaction would offer, at least
 * 10 % more than before, never above the limit.
 *
 * @returns undefined when the attempt offers enough, or when the limit forbids an offer that could be mined now
 */
export function raisedFees(previous: Fees, market: FeeMarket, limit: bigint): Fees | undefined {
  const asked = market.baseFeePerGas + market.maxPriorityFeePerGas
  const offersEnough =
    previous.maxFeePerGas >= asked && previous.maxPriorityFeePerGas >= market.maxPriorityFeePerGas
  const least = replacementFees(previous)
  if (offersEnough || least.maxFeePerGas > limit || market.baseFeePerGas > limit) return undefined
  const wanted = chooseFees(market, limit)
  return {
    maxFeePerGas: larger(least.maxFeePerGas, wanted.maxFeePerGas),
    maxPriorityFeePerGas: larger(least.maxPriorityFeePerGas, wanted.maxPriorityFeePerGas),
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
