import type { Address } from 'viem'

import { DeclinedError } from '../errors.ts'
import { seededRandom } from '../probability/random-source.ts'
import { depositBands } from '../simulation/deposit-bands.ts'
import { simulateDeposit } from '../simulation/deposit-paths.ts'
import { runway } from '../simulation/runway.ts'
import type { Runway } from '../simulation/runway.ts'
import { sizeDeposit } from '../simulation/size-deposit.ts'
import { sizeReserve } from '../simulation/size-reserve.ts'
import { ticketClasses } from '../simulation/workload.ts'
import type { StreamClass, TicketClass } from '../simulation/workload.ts'
import { describeWorkload, rangeOf, roundWei } from './describe.ts'
import type { AmountRange, ProbabilityRange, WorkloadReport } from './describe.ts'
import type { Surroundings } from './surroundings.ts'

export interface DepositQuestion {
  readonly streams: readonly StreamClass[]
  readonly surroundings: Surroundings
  readonly hours: bigint
  readonly risk: number
  /** The deposit below which it counts as dry; 0n: when a winner cannot be paid whole. */
  readonly floorWei: bigint
  readonly depositMultiplier: bigint
  /** Plays it too, so often. */
  readonly play?: PlayOptions
}

export interface PlayOptions {
  readonly trials: number
  readonly seed: bigint
  readonly onProgress?: (done: number, trials: number) => void
  readonly signal?: AbortSignal
}

/** How much must be locked up, and how long it lasts. */
export interface DepositForecast {
  /** null: nobody was asked */
  readonly network: string | null
  readonly sender: Address | null
  readonly workload: WorkloadReport
  readonly hours: bigint
  readonly risk: number
  readonly deposit: {
    readonly meanWei: bigint
    readonly deviationWei: bigint
    readonly winners: number
    /** The deposit that pays every winner but for the risk. */
    readonly depositWei: bigint
    /** By how much that may be more than it must, as mixed face values are rounded up. */
    readonly errorWei: bigint
    readonly dryProbability: ProbabilityRange
    /** The same with what go-livepeer's gateway wants to have left to go on. */
    readonly gatewayDepositWei: bigint
    /** null: not known */
    readonly presentWei: bigint | null
    /** What is to be added to it; null when it is not known. */
    readonly missingWei: bigint | null
  }
  readonly reserve: {
    readonly poolSize: bigint
    /** The reserve that lets orchestrators have these face values. */
    readonly reserveWei: bigint
    /** The least that is not refused at this gas price; null when that is not known. */
    readonly leastReserveWei: bigint | null
    /** The least that is refused at no gas price. */
    readonly safeReserveWei: bigint
    readonly presentWei: bigint | null
  }
  /** Of the deposit that there is or that was given; null without one. */
  readonly runway: RunwayReport | null
  /** What is left over the horizon: of the deposit that there is, else of the one worked out. */
  readonly left: LeftReport
  /** The same, played; null when it was not. */
  readonly played: PlayedReport | null
}

export interface RunwayReport {
  readonly depositWei: bigint
  readonly floorWei: bigint
  readonly expectedHours: ProbabilityRange
  readonly quantiles: readonly {
    readonly probability: number
    /** null: beyond 1,000 years */
    readonly hours: { readonly low: bigint | null; readonly high: bigint | null }
  }[]
  /** The last hour by which the probability of being dry is not above the risk; null beyond 1,000 years. */
  readonly topUpByHour: bigint | null
  readonly curve: readonly { readonly hour: bigint; readonly dry: ProbabilityRange }[]
}

export interface LeftReport {
  readonly depositWei: bigint
  readonly hours: readonly bigint[]
  readonly bands: readonly { readonly probability: number; readonly leftWei: readonly AmountRange[] }[]
  /** The probability of being dry by each hour. */
  readonly dry: readonly ProbabilityRange[]
}

export interface PlayedReport extends LeftReport {
  readonly seed: bigint
  readonly trials: number
  readonly isComplete: boolean
  /** Of the bounds of `dry` and `bands`. */
  readonly confidence: number
  /** The part of the trials that was dry by the horizon. */
  readonly dryAtEnd: number
}

/**
 * Sizes deposit and reserve for a workload, and says how long a deposit lasts.
 *
 * @throws {UsageError} as `ticketClasses`, `sizeDeposit`, `runway` and `simulateDeposit`
 */
export async function forecastDeposit(question: DepositQuestion): Promise<DepositForecast> {
  const { surroundings, hours, risk, floorWei, play } = question
  const classes = ticketClasses(question.streams)
  const size = sizeDeposit({ classes, hours, risk, depositMultiplier: question.depositMultiplier })
  const { depositWei, errorWei, winners, deviationWei, gatewayDepositWei } = size
  const presentWei = surroundings.depositWei
  const hasDeposit = presentWei !== null && presentWei > 0n
  const subject = { classes, depositWei: hasDeposit ? presentWei : depositWei, floorWei, hours }
  return {
    network: surroundings.network,
    sender: surroundings.sender,
    workload: describeWorkload(classes),
    hours,
    risk,
    deposit: {
      meanWei: roundWei(size.meanWei),
      deviationWei,
      winners,
      depositWei,
      errorWei,
      dryProbability: rangeOf(size.dryProbability),
      gatewayDepositWei,
      presentWei,
      missingWei: presentWei === null ? null : presentWei < depositWei ? depositWei - presentWei : 0n,
    },
    reserve: reserveFor(classes, surroundings),
    runway: hasDeposit ? describeRunway(runway({ ...subject, risk }), subject) : null,
    left: describeLeft(subject),
    played: play === undefined ? null : await playDeposit(subject, play),
  }
}

/** The error that a result amounts to of which the playing was interrupted. */
export function interruptedPlay({ played }: DepositForecast, asked: number): DeclinedError | undefined {
  if (played === null || played.isComplete) return undefined
  return new DeclinedError('INTERRUPTED', `interrupted after ${played.trials} of ${asked} trials`, {
    details: { trials: played.trials, asked },
  })
}

function reserveFor(
  classes: readonly TicketClass[],
  { poolSize, gasPriceWei, reserveWei }: Surroundings,
): DepositForecast['reserve'] {
  const most = (values: readonly bigint[]) => values.reduce((a, b) => (b > a ? b : a), 0n)
  const ticketEvWei = most(classes.map((each) => roundWei(each.ticketEvWei)))
  const sized = sizeReserve({ poolSize, ticketEvWei, gasPriceWei: gasPriceWei ?? 0n })
  return {
    poolSize,
    reserveWei: poolSize * most(classes.map(({ faceValueWei }) => faceValueWei)),
    leastReserveWei: gasPriceWei === null ? null : sized.leastReserveWei,
    safeReserveWei: sized.safeReserveWei,
    presentWei: reserveWei,
  }
}

interface Subject {
  readonly classes: readonly TicketClass[]
  readonly depositWei: bigint
  readonly floorWei: bigint
  readonly hours: bigint
}

function describeRunway(
  { curve, expectedHours, quantiles, topUpByHour }: Runway,
  { depositWei, floorWei }: Subject,
): RunwayReport {
  return {
    depositWei,
    floorWei,
    expectedHours: rangeOf(expectedHours),
    quantiles: quantiles.map(({ probability, hours: { low, high } }) => ({
      probability,
      hours: { low: low ?? null, high: high ?? null },
    })),
    topUpByHour: topUpByHour ?? null,
    curve: curve.map(({ hour, dry }) => ({ hour, dry: rangeOf(dry) })),
  }
}

function describeLeft(subject: Subject): LeftReport {
  const { hours, bands, dry } = depositBands(subject)
  return {
    depositWei: subject.depositWei,
    hours,
    bands: bands.map(({ probability, leftWei }) => ({ probability, leftWei: leftWei.map(rangeOf) })),
    dry: dry.map(rangeOf),
  }
}

async function playDeposit(
  subject: Subject,
  { seed, trials, onProgress, signal }: PlayOptions,
): Promise<PlayedReport> {
  const paths = await simulateDeposit({
    ...subject,
    trials,
    random: seededRandom(seed),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  })
  const last = paths.dry.at(-1)
  return {
    seed,
    trials: paths.trials,
    isComplete: paths.isComplete,
    depositWei: subject.depositWei,
    hours: paths.hours,
    bands: paths.bands.map(({ probability, lowWei, highWei }) => ({
      probability,
      leftWei: lowWei.map((low, step) => ({ low, high: highWei[step] ?? low })),
    })),
    dry: paths.dry.map(({ interval }) => rangeOf(interval)),
    dryAtEnd: last?.estimate ?? 0,
    confidence: last?.interval.confidence ?? 0,
  }
}
