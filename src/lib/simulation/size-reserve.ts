import { UsageError } from '../errors.ts'
import { maxFloat } from '../pm/max-float.ts'
import { averageGasPriceFloorWei, faceValue, redeemGas } from '../pm/ticket-parameters.ts'
import type { FaceValueInputs } from '../pm/ticket-parameters.ts'

export interface ReserveRequest extends Omit<FaceValueInputs, 'maxFloatWei' | 'price'> {
  /** Orchestrators in the active set: each may claim one slice of the reserve in a round. */
  readonly poolSize: bigint
  /** Absent: enough to cover what is pending. */
  readonly depositWei?: bigint
  /** The face values that are being redeemed; 0n when absent. */
  readonly pendingWei?: bigint
}

export interface ReserveSize {
  /** The face value that an orchestrator would like, were the reserve no matter. */
  readonly faceValueWei: bigint
  /** The reserve with which it gets that, so that it adds nothing to its price because of it. */
  readonly reserveWei: bigint
  /** The least reserve that it does not refuse at this gas price, at a price that is up to twice as high. */
  readonly leastReserveWei: bigint
  /** The least reserve that it refuses at no gas price. */
  readonly safeReserveWei: bigint
}

/**
 * The reserve that keeps a sender's tickets acceptable: poolSize times the face value, as `maxFloat` is a slice of it.
 *
 * @throws {UsageError} POOL_SIZE_INVALID
 */
export function sizeReserve(request: ReserveRequest): ReserveSize {
  const { poolSize, ticketEvWei, pendingWei = 0n } = request
  if (poolSize <= 0n)
    throw new UsageError('POOL_SIZE_INVALID', 'the active set has at least one orchestrator')
  const gas = request.redeemGas ?? redeemGas
  const wanted = faceValue({ ...request, maxFloatWei: unlimited })
  const floor = gas * averageGasPriceFloorWei
  const least = wanted.txCostWei < floor ? wanted.txCostWei : floor
  const depositWei = request.depositWei ?? unlimited
  /** What a slice lacks of the float: what is pending, unless the deposit covers it. */
  const held = -maxFloat({ reserveAllocWei: 0n, depositWei, pendingWei })
  const reserveOf = (floatWei: bigint) =>
    poolSize * ((floatWei > ticketEvWei ? floatWei : ticketEvWei) + held)
  return {
    faceValueWei: wanted.faceValueWei,
    reserveWei: reserveOf(wanted.faceValueWei),
    leastReserveWei: reserveOf(least),
    safeReserveWei: reserveOf(floor),
  }
}

const unlimited = 2n ** 256n
