import type { Bounds } from '../probability/compound.ts'
import { mergeKinds, winnersWithin } from './winners.ts'
import { checkHorizon } from './workload.ts'
import type { TicketClass } from './workload.ts'

export interface DepositBandsRequest {
  readonly classes: readonly TicketClass[]
  readonly depositWei: bigint
  /** As in `runway`; 0n when absent. */
  readonly floorWei?: bigint
  readonly hours: bigint
  /** Quantiles of the deposit; 0.05, 0.25, 0.5, 0.75 and 0.95 when absent. */
  readonly probabilities?: readonly number[]
}

/** What is left of a deposit over time, by quantile. */
export interface DepositBands {
  /** From 0 to the horizon, in at most 49 points, fewer for mixed face values. */
  readonly hours: readonly bigint[]
  readonly bands: readonly {
    readonly probability: number
    /** wei, of each hour; it ends at zero, where the reserve begins to pay */
    readonly leftWei: readonly Bounds<bigint>[]
  }[]
  /** The probability of being dry by each hour. */
  readonly dry: readonly Bounds<number>[]
}

const points = 48n
const mixedPoints = 24n
/** As `runway`: bounds of a few hundredths of a deviation. */
const cells = 1024

/**
 * The same that `simulateDeposit` plays, worked out: what is left is the deposit less a quantile of the winners.
 *
 * @throws {UsageError} HORIZON_INVALID, PROBABILITY_INVALID
 */
export function depositBands(request: DepositBandsRequest): DepositBands {
  const { classes, depositWei, floorWei = 0n, probabilities = [0.05, 0.25, 0.5, 0.75, 0.95] } = request
  const horizon = checkHorizon(request.hours)
  const most = mergeKinds(classes).length > 1 ? mixedPoints : points
  const step = (horizon + most - 1n) / most
  const hours = Array.from({ length: Number(horizon / step) + 1 }, (_, index) => BigInt(index) * step)
  if (hours.at(-1) !== horizon) hours.push(horizon)
  const left = (spentWei: bigint) => (spentWei > depositWei ? 0n : depositWei - spentWei)
  const winners = hours.map((hour) => winnersWithin(classes, hour, { cells }))
  const spendable = depositWei - floorWei
  return {
    hours,
    dry: winners.map((spent) => (spendable < 0n ? { low: 1, high: 1 } : spent.survival(spendable))),
    bands: probabilities.map((probability) => ({
      probability,
      leftWei: winners.map((spent) => {
        const { low, high } = spent.quantile(1 - probability)
        return { low: left(high), high: left(low) }
      }),
    })),
  }
}
