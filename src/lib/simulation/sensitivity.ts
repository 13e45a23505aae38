import { UsageError } from '../errors.ts'
import { ceilRational, divideRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { faceValue } from '../pm/ticket-parameters.ts'
import type { FaceValue } from '../pm/ticket-parameters.ts'
import { earnings } from './earnings.ts'
import { overheadOf } from './gas-table.ts'
import type { RedemptionGas } from './redemption-cost.ts'
import { ticketClasses } from './workload.ts'

export interface SensitivityRequest {
  /** What is paid in an hour, in wei. */
  readonly spendPerHourWei: Rational
  readonly hours: bigint
  /** What one payment is, to say how many tickets it takes. */
  readonly paymentWei?: Rational
  readonly ticketEvsWei: readonly bigint[]
  /** wei a gas */
  readonly gasPricesWei: readonly bigint[]
  /** Absent: what go-livepeer makes of the gas price. */
  readonly faceValuesWei?: readonly bigint[]
  readonly batchSizes: readonly bigint[]
  readonly gas: RedemptionGas
  /** The float that senders have; without a limit when absent. */
  readonly maxFloatWei?: bigint
}

/** One combination. */
export interface SensitivityCell {
  readonly ticketEvWei: bigint
  readonly gasPriceWei: bigint
  readonly batchSize: bigint
  readonly faceValueWei: bigint
  /** Why there are no tickets, if so; the rest is then absent. `belowTicketEv` also for a face value that was given. */
  readonly refusal?: NonNullable<FaceValue['refusal']>
  readonly outcome?: {
    /** What go-livepeer adds to its price. */
    readonly overhead: Rational
    readonly ticketsPerPayment?: bigint
    readonly winners: number
    readonly netWei: Rational
    /** The standard deviation of the net income, as a part of its mean; undefined when that is zero. */
    readonly variation: number | undefined
    readonly costShare: number
    readonly dryWeekProbability: number
  }
}

const mostCells = 10_000

/**
 * How earnings change with ticket EV, gas price, face value and batch size: every combination, in that order with the
 * last the quickest.
 *
 * @throws {UsageError} RANGE_TOO_LONG for more than 10,000, and as `ticketClasses` and `earnings`
 */
export function sensitivity(request: SensitivityRequest): SensitivityCell[] {
  const { ticketEvsWei, gasPricesWei, faceValuesWei = [undefined], batchSizes } = request
  const count = ticketEvsWei.length * gasPricesWei.length * faceValuesWei.length * batchSizes.length
  if (count > mostCells) {
    throw new UsageError('RANGE_TOO_LONG', `at most ${mostCells} combinations can be looked at`, {
      details: { count },
    })
  }
  return ticketEvsWei.flatMap((ticketEvWei) =>
    gasPricesWei.flatMap((gasPriceWei) =>
      faceValuesWei.flatMap((given) =>
        batchSizes.map((batchSize) => cellOf(request, { ticketEvWei, gasPriceWei, batchSize }, given)),
      ),
    ),
  )
}

type Point = Pick<SensitivityCell, 'ticketEvWei' | 'gasPriceWei' | 'batchSize'>

function cellOf(request: SensitivityRequest, point: Point, given: bigint | undefined): SensitivityCell {
  const { ticketEvWei, gasPriceWei, batchSize } = point
  const { spendPerHourWei, hours, paymentWei, gas } = request
  const derived = faceValue({ ticketEvWei, gasPriceWei, maxFloatWei: request.maxFloatWei ?? 2n ** 256n })
  const refusal = given === undefined ? derived.refusal : given < ticketEvWei ? 'belowTicketEv' : undefined
  const faceValueWei = given ?? derived.faceValueWei
  if (refusal !== undefined) return { ...point, faceValueWei, refusal }
  const classes = ticketClasses([
    { streams: rational(1n), weiPerHour: spendPerHourWei, ticketEvWei, faceValueWei },
  ])
  const { net, winners, costShare, dryWeekProbability } = earnings({
    classes,
    hours,
    redemption: { gas, gasPriceWei, batchSize },
    probabilities: [],
  })
  const mean = Number(net.meanWei.numerator / net.meanWei.denominator)
  return {
    ...point,
    faceValueWei,
    outcome: {
      overhead: overheadOf({ faceValueWei, txCostWei: derived.txCostWei }),
      ...(paymentWei === undefined ? {} : { ticketsPerPayment: ticketsOf(paymentWei, ticketEvWei) }),
      winners: winners.mean,
      netWei: net.meanWei,
      variation: mean === 0 ? undefined : Number(net.deviationWei) / mean,
      costShare,
      dryWeekProbability,
    },
  }
}

function ticketsOf(paymentWei: Rational, ticketEvWei: bigint): bigint {
  return ceilRational(divideRational(paymentWei, rational(ticketEvWei)))
}
