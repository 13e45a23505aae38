import { UsageError } from '../errors.ts'
import { autoAdjustPrice, effectiveTxCostMultiplier } from '../pm/auto-adjust-price.ts'
import { maxFloat } from '../pm/max-float.ts'
import { rational, subtractRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { reserveAlloc } from '../pm/reserve-alloc.ts'
import { averageGasPriceFloorWei, faceValue, redeemGas, txCostMultiplier } from '../pm/ticket-parameters.ts'
import type { FaceValue, FaceValueInputs } from '../pm/ticket-parameters.ts'
import { winProb } from '../pm/win-prob.ts'
import { sizeReserve } from './size-reserve.ts'
import type { ReserveSize } from './size-reserve.ts'

export interface GasTableRequest extends Omit<FaceValueInputs, 'maxFloatWei' | 'price' | 'gasPriceWei'> {
  /** wei a gas, at most 10,000 of them */
  readonly gasPricesWei: readonly bigint[]
  readonly poolSize: bigint
  /** The sender's reserve; as much as the orchestrator would like when absent. */
  readonly reserveWei?: bigint
  readonly depositWei?: bigint
  readonly pendingWei?: bigint
}

/** What a gas price comes to. */
export interface GasRow extends FaceValue {
  readonly gasPriceWei: bigint
  /** of 2^256 - 1; 0n when refused */
  readonly winProb: bigint
  /** One ticket in so many wins; undefined when refused. */
  readonly oneIn: Rational | undefined
  /** What go-livepeer adds to its price, as a part of it: txCost / faceValue. Undefined when refused. */
  readonly overhead: Rational | undefined
  readonly reserve: ReserveSize
}

/**
 * What gas prices do to face value, win probability and price, and at which the sender is refused.
 *
 * @throws {UsageError} GAS_PRICE_INVALID, POOL_SIZE_INVALID, RANGE_TOO_LONG
 */
export function gasTable(request: GasTableRequest): GasRow[] {
  if (request.gasPricesWei.length > 10_000) {
    throw new UsageError('RANGE_TOO_LONG', 'at most 10,000 gas prices can be looked at')
  }
  return request.gasPricesWei.map((gasPriceWei) => gasRow(request, gasPriceWei))
}

function gasRow(request: GasTableRequest, gasPriceWei: bigint): GasRow {
  if (gasPriceWei < 0n) throw new UsageError('GAS_PRICE_INVALID', 'a gas price is not below zero')
  const { poolSize, ticketEvWei, pendingWei = 0n } = request
  const reserve = sizeReserve({ ...request, gasPriceWei })
  const reserveAllocWei = reserveAlloc({
    fundsRemainingWei: request.reserveWei ?? reserve.reserveWei,
    claimedInCurrentRoundWei: 0n,
    poolSize,
  })
  const depositWei = request.depositWei ?? 3n * pendingWei
  const maxFloatWei = maxFloat({ reserveAllocWei, depositWei, pendingWei })
  const offer = faceValue({ ...request, gasPriceWei, maxFloatWei })
  const isRefused = offer.refusal !== undefined
  return {
    ...offer,
    gasPriceWei,
    winProb: isRefused ? 0n : winProb(offer.faceValueWei, ticketEvWei),
    oneIn: isRefused ? undefined : rational(offer.faceValueWei, ticketEvWei),
    overhead: isRefused ? undefined : overheadOf(offer),
    reserve,
  }
}

/** txCost / faceValue, as the price of 1 rises. */
export function overheadOf(offer: Pick<FaceValue, 'faceValueWei' | 'txCostWei'>): Rational {
  const one = rational(1n)
  return subtractRational(autoAdjustPrice(one, effectiveTxCostMultiplier(offer)), one)
}

/** Where dearer gas begins to hurt a sender whose reserve gives an orchestrator so much float. */
export interface GasThresholds {
  /** The least gas price, in wei, at which face values are cut and the price rises by more than 1 % for redemptions. */
  readonly squeezedFromWei: bigint
  /** The least gas price at which the sender is refused; 0n: at every one; undefined: at none. */
  readonly refusedFromWei: bigint | undefined
}

/**
 * The same rules as `faceValue`, solved for the gas price.
 *
 * @param maxFloatWei see `maxFloat`; with the orchestrator's maximum face value the lesser of the two
 */
export function gasThresholds(
  maxFloatWei: bigint,
  { ticketEvWei, redeemGas: gas = redeemGas }: Pick<GasTableRequest, 'ticketEvWei' | 'redeemGas'>,
): GasThresholds {
  if (maxFloatWei < ticketEvWei) return { squeezedFromWei: 0n, refusedFromWei: 0n }
  return {
    squeezedFromWei: maxFloatWei / (txCostMultiplier * gas) + 1n,
    refusedFromWei: maxFloatWei < gas * averageGasPriceFloorWei ? maxFloatWei / gas + 1n : undefined,
  }
}
