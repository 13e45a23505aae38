import { setImmediate as otherWork } from 'node:timers/promises'

import { UsageError } from '../errors.ts'
import { clopperPearson } from '../probability/intervals.ts'
import type { Interval } from '../probability/intervals.ts'
import type { RandomSource } from '../probability/random-source.ts'
import { bandOf } from './bands.ts'
import type { Band } from './bands.ts'
import { makeDrains } from './drains.ts'
import { checkHorizon } from './workload.ts'
import type { TicketClass } from './workload.ts'

export interface PathsRequest {
  readonly classes: readonly TicketClass[]
  readonly depositWei: bigint
  /** As in `runway`; 0n when absent. */
  readonly floorWei?: bigint
  readonly hours: bigint
  /** How often the whole horizon is played. */
  readonly trials: number
  readonly random: RandomSource
  /** Of every interval; 0.999 when absent. */
  readonly confidence?: number
  /** Quantiles of the deposit; 0.05, 0.25, 0.5, 0.75 and 0.95 when absent. */
  readonly probabilities?: readonly number[]
  /** Called now and then with the trials that are done. */
  readonly onProgress?: (done: number, trials: number) => void
  /** Ends it with the trials that are done by then, of which there is at least one. */
  readonly signal?: AbortSignal
}

export interface DepositPaths {
  /** Trials that were played: fewer than asked for when it was stopped. */
  readonly trials: number
  readonly isComplete: boolean
  /** The hours of which the rest tells, from 0 to the horizon: hourly up to 720 hours, else in 720 steps at most. */
  readonly hours: readonly bigint[]
  /** What is left of the deposit, in wei, by quantile; it ends at zero, where the reserve begins to pay. */
  readonly bands: readonly Band[]
  /** The probability of being dry by each hour, as counted, and where it lies. */
  readonly dry: readonly { readonly estimate: number; readonly interval: Interval }[]
  /** wei to which each face value was rounded up; 1n when none was. */
  readonly unitWei: bigint
}

const mostSteps = 720n
/** Eight bytes each. */
const mostCells = 2 ** 24
const trialsPerTurn = 250

/**
 * Plays a deposit's path many times over: the winners of each hour are drawn at once, exactly, not ticket by ticket.
 * The same source of random numbers gives the same paths, and a run that is stopped the first of them.
 *
 * @throws {UsageError} HORIZON_INVALID, DEPOSIT_INVALID, TRIALS_INVALID when they need more than 128 MB
 */
export async function simulateDeposit(request: PathsRequest): Promise<DepositPaths> {
  const { classes, depositWei, floorWei = 0n, trials, random, signal, confidence = 0.999 } = request
  const hours = hoursOf(checkHorizon(request.hours))
  const steps = hours.length - 1
  if (depositWei < 0n || floorWei < 0n) throw new UsageError('DEPOSIT_INVALID', 'a deposit is not below zero')
  const most = Math.floor(mostCells / steps)
  if (!Number.isSafeInteger(trials) || trials < 1 || trials > most) {
    throw new UsageError('TRIALS_INVALID', `the trials of so many steps are from 1 to ${most}`, {
      details: { steps, most },
    })
  }
  const { drains, unitWei } = makeDrains(classes, hours)
  /** What each trial has spent by each step, in units. */
  const spent = new Float64Array(steps * trials)
  let done = 0
  while (done < trials && !(done > 0 && signal?.aborted === true)) {
    const end = Math.min(trials, done + trialsPerTurn)
    for (; done < end; done++) {
      let sum = 0
      for (let step = 0; step < steps; step++) {
        sum += drains[step]?.(random) ?? 0
        spent[step * trials + done] = sum
      }
    }
    request.onProgress?.(done, trials)
    await otherWork()
  }
  const sorted = Array.from({ length: steps + 1 }, (_, step) =>
    step === 0 ? new Float64Array(done) : spent.slice((step - 1) * trials, (step - 1) * trials + done).sort(),
  )
  const probabilities = request.probabilities ?? [0.05, 0.25, 0.5, 0.75, 0.95]
  return {
    trials: done,
    isComplete: done === trials,
    hours,
    bands: probabilities.map((probability) =>
      bandOf(sorted, { probability, confidence, depositWei, unitWei }),
    ),
    dry: dryShares(sorted, { spendable: depositWei - floorWei, unitWei, confidence }),
    unitWei,
  }
}

function hoursOf(horizon: bigint): bigint[] {
  const step = (horizon + mostSteps - 1n) / mostSteps
  const hours = Array.from({ length: Number(horizon / step) + 1 }, (_, index) => BigInt(index) * step)
  return hours.at(-1) === horizon ? hours : [...hours, horizon]
}

function dryShares(
  sorted: readonly Float64Array[],
  {
    spendable,
    unitWei,
    confidence,
  }: { readonly spendable: bigint; readonly unitWei: bigint; readonly confidence: number },
): DepositPaths['dry'] {
  const intervals = new Map<number, Interval>()
  return sorted.map((spent) => {
    const trials = spent.length
    const hits = spendable < 0n ? trials : trials - countUpTo(spent, Number(spendable / unitWei))
    const interval = intervals.get(hits) ?? clopperPearson(hits, trials, confidence)
    intervals.set(hits, interval)
    return { estimate: hits / trials, interval }
  })
}

/** How many of sorted values are not above a limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
