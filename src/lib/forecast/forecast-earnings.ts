import { UsageError } from '../errors.ts'
import type { Bounds } from '../probability/compound.ts'
import { redemptionGas } from '../redemption/plan/gas-model.ts'
import { earnings, netWithin } from '../simulation/earnings.ts'
import type { Spread } from '../simulation/earnings.ts'
import { ticketClasses } from '../simulation/workload.ts'
import type { TicketClass } from '../simulation/workload.ts'
import { adviceFor } from './advice.ts'
import type { AdviceReport } from './advice.ts'
import { describeWorkload, rangeOf, roundWei } from './describe.ts'
import type { SpreadReport, WorkloadReport } from './describe.ts'
import { sensitivityOf } from './sensitivity-tables.ts'
import type { SensitivityReport } from './sensitivity-tables.ts'
import type { StreamsOfClass } from './stream-class.ts'
import { floatOf, withTickets } from './surroundings.ts'
import type { SaidTickets, Surroundings } from './surroundings.ts'

export interface EarningsQuestion {
  readonly streams: readonly StreamsOfClass[]
  readonly tickets: SaidTickets
  readonly surroundings: Surroundings
  readonly hours: bigint
  /** Winners redeemed in one transaction. */
  readonly batchSize: bigint
}

/** What an orchestrator earns by a workload. */
export interface EarningsForecast {
  /** null: nobody was asked */
  readonly network: string | null
  readonly workload: WorkloadReport
  readonly hours: bigint
  readonly gasPriceWei: bigint
  readonly batchSize: bigint
  /** What winners pay. */
  readonly income: SpreadReport
  /** The same less what redeeming costs. */
  readonly net: SpreadReport
  readonly winners: { readonly mean: number; readonly deviation: number }
  /** Of redeeming one ticket, in a transaction of its own and in a batch. */
  readonly redemptionAloneWei: bigint
  readonly redemptionInBatchWei: bigint
  /** The part of the mean income that redeeming takes; more than 1 when nothing is worth it. */
  readonly costShare: number
  /** Face values that redeeming costs more than. */
  readonly notWorthRedeemingWei: readonly bigint[]
  /** The probability that a week has no winner. */
  readonly dryWeekProbability: number
  readonly nothingProbability: number
  readonly firstWin: {
    readonly meanHours: number
    /** null: beyond 1,000 years */
    readonly quantiles: readonly { readonly probability: number; readonly hours: bigint | null }[]
  }
  /** How probable each part of the range of the net income is, from the first to the last that is likely. */
  readonly distribution: readonly DistributionBin[]
  readonly sensitivity: SensitivityReport
  readonly advice: AdviceReport
}

/** From `fromWei` to below `toWei`. */
export interface DistributionBin {
  readonly fromWei: bigint
  readonly toWei: bigint
  readonly probability: number
}

/**
 * The income of a workload, what it depends on, and what to set.
 *
 * @throws {UsageError} GAS_PRICE_UNKNOWN, and as `withTickets`, `ticketClasses` and `earnings`
 */
export function forecastEarnings(question: EarningsQuestion): EarningsForecast {
  const { surroundings, hours, batchSize } = question
  const { gasPriceWei } = surroundings
  if (gasPriceWei === null) {
    throw new UsageError('GAS_PRICE_UNKNOWN', 'what redeeming costs is not known without a gas price', {
      nextSteps: ['--gas-price 0.01gwei, or --sender ADDRESS to ask the chain'],
    })
  }
  const sent = withTickets(question.streams, question.tickets, surroundings)
  const classes = ticketClasses(sent)
  const redemption = { gas: redemptionGas, gasPriceWei, batchSize }
  const earned = earnings({ classes, hours, redemption })
  return {
    network: surroundings.network,
    workload: describeWorkload(classes),
    hours,
    gasPriceWei,
    batchSize,
    income: describeSpread(earned.income),
    net: describeSpread(earned.net),
    winners: earned.winners,
    redemptionAloneWei: earned.redemptionAloneWei,
    redemptionInBatchWei: earned.redemptionInBatchWei,
    costShare: earned.costShare,
    notWorthRedeemingWei: earned.notWorthRedeeming.map(({ faceValueWei }) => faceValueWei),
    dryWeekProbability: earned.dryWeekProbability,
    nothingProbability: earned.nothingProbability,
    firstWin: {
      meanHours: earned.firstWin.mean,
      quantiles: earned.firstWin.quantiles.map(({ probability, hours: hour }) => ({
        probability,
        hours: hour ?? null,
      })),
    },
    distribution: distributionOf(classes, hours, earned.redemptionInBatchWei),
    sensitivity: sensitivityOf({
      classes,
      hours,
      redemption,
      maxFloatWei: floatOf(surroundings),
      paymentWei: question.streams[0]?.paymentWei,
    }),
    advice: adviceFor(question.streams, sent, { gasPriceWei, poolSize: surroundings.poolSize }),
  }
}

function describeSpread({ meanWei, deviationWei, quantiles }: Spread): SpreadReport {
  return {
    meanWei: roundWei(meanWei),
    deviationWei,
    quantiles: quantiles.map(({ probability, wei }) => ({ probability, wei: rangeOf(wei) })),
  }
}

const mostBins = 60n

function distributionOf(
  classes: readonly TicketClass[],
  hours: bigint,
  redemptionWei: bigint,
): DistributionBin[] {
  const net = netWithin(classes, hours, redemptionWei)
  const low = net.quantile(0.0005).low
  const high = net.upperQuantile(0.0005).high
  const step = commonStep(classes, redemptionWei)
  const span = (high - low) / step + 1n
  const width = step * ((span + mostBins - 1n) / mostBins)
  const middle = ({ low: least, high: most }: Bounds<number>) => (least + most) / 2
  const below = (wei: bigint) => (wei <= 0n ? 0 : middle(net.cdf(wei - 1n)))
  return Array.from({ length: Number((high - low) / width) + 1 }, (_, index) => {
    const fromWei = low + width * BigInt(index)
    const toWei = fromWei + width
    return { fromWei, toWei, probability: Math.max(0, below(toWei) - below(fromWei)) }
  })
}

/** Where all winners pay the same only whole multiples of it can be earned, and bins are of so many. */
function commonStep(classes: readonly TicketClass[], redemptionWei: bigint): bigint {
  const paid = [...new Set(classes.map(({ faceValueWei }) => faceValueWei - redemptionWei))]
  const [only = 1n] = paid
  return paid.length === 1 && only > 0n ? only : 1n
}
