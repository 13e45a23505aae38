import type { Rational } from '../pm/rational.ts'
import type { RedemptionTerms } from '../simulation/redemption-cost.ts'
import { sensitivity } from '../simulation/sensitivity.ts'
import type { SensitivityCell, SensitivityRequest } from '../simulation/sensitivity.ts'
import { spendPerHour } from '../simulation/workload.ts'
import type { TicketClass } from '../simulation/workload.ts'
import { basisPoints, roundWei } from './describe.ts'

/** How the net income changes when one thing does; all streams are taken together. */
export interface SensitivityReport {
  readonly ticketEv: readonly SensitivityRow[]
  readonly faceValue: readonly SensitivityRow[]
  readonly gasPrice: readonly SensitivityRow[]
  readonly batchSize: readonly SensitivityRow[]
  /** Every ticket EV with every gas price, the gas price the quicker. */
  readonly evByGas: readonly SensitivityRow[]
}

export interface SensitivityRow {
  readonly ticketEvWei: bigint
  readonly gasPriceWei: bigint
  readonly batchSize: bigint
  readonly faceValueWei: bigint
  readonly isRefused: boolean
  /** null when refused */
  readonly outcome: {
    /** What go-livepeer adds to its price: 100 is 1 %. */
    readonly overheadBasisPoints: bigint
    /** null when it is not known what a payment is */
    readonly ticketsPerPayment: bigint | null
    readonly winners: number
    readonly netWei: bigint
    /** The standard deviation of the net income, in parts of its mean; null when that is zero. */
    readonly variation: number | null
    readonly costShare: number
    readonly dryWeekProbability: number
  } | null
}

export interface SensitivityQuestion {
  readonly classes: readonly TicketClass[]
  readonly hours: bigint
  readonly redemption: RedemptionTerms
  readonly maxFloatWei: bigint
  /** wei of one payment */
  readonly paymentWei?: Rational | undefined
}

const batchSizes = [1n, 2n, 5n, 10n, 20n, 50n, 100n]

/** Around what is: a tenth to ten times. */
export function sensitivityOf(question: SensitivityQuestion): SensitivityReport {
  const { classes, hours, redemption, maxFloatWei, paymentWei } = question
  const { gas, gasPriceWei, batchSize } = redemption
  const [first] = classes
  const ticketEvWei = first === undefined ? 1n : roundWei(first.ticketEvWei)
  const faceValueWei = first?.faceValueWei ?? 1n
  const shared = {
    spendPerHourWei: spendPerHour(classes),
    hours,
    gas,
    maxFloatWei,
    ...(paymentWei && { paymentWei }),
  }
  const here = {
    ticketEvsWei: [ticketEvWei],
    gasPricesWei: [gasPriceWei],
    faceValuesWei: [faceValueWei],
    batchSizes: [batchSize],
  }
  const rows = (change: Partial<Omit<SensitivityRequest, keyof typeof shared>>) =>
    sensitivity({ ...shared, ...here, ...change }).map(describeCell)
  const { faceValuesWei: _, ...derived } = here
  const derivedRows = (change: Partial<typeof derived>) =>
    sensitivity({ ...shared, ...derived, ...change }).map(describeCell)
  return {
    ticketEv: rows({ ticketEvsWei: around(ticketEvWei) }),
    faceValue: rows({ faceValuesWei: around(faceValueWei) }),
    gasPrice: derivedRows({ gasPricesWei: around(gasPriceWei) }),
    batchSize: rows({ batchSizes: [...new Set([...batchSizes, batchSize])].sort((a, b) => Number(a - b)) }),
    evByGas: derivedRows({ ticketEvsWei: decades(ticketEvWei), gasPricesWei: decades(gasPriceWei) }),
  }
}

/** A tenth, a fifth, a half, itself, twice, five and ten times. */
function around(value: bigint): bigint[] {
  return scaled(value, [
    [1n, 10n],
    [1n, 5n],
    [1n, 2n],
    [1n, 1n],
    [2n, 1n],
    [5n, 1n],
    [10n, 1n],
  ])
}

/** From a hundredth to a hundred times. */
function decades(value: bigint): bigint[] {
  return scaled(value, [
    [1n, 100n],
    [1n, 20n],
    [1n, 10n],
    [1n, 2n],
    [1n, 1n],
    [2n, 1n],
    [10n, 1n],
    [20n, 1n],
    [100n, 1n],
  ])
}

function scaled(value: bigint, factors: readonly (readonly [bigint, bigint])[]): bigint[] {
  const values = factors.map(([times, over]) => (value * times) / over)
  return [...new Set(values.filter((each) => each > 0n || value === 0n))]
}

function describeCell(cell: SensitivityCell): SensitivityRow {
  const { ticketEvWei, gasPriceWei, batchSize, faceValueWei, outcome } = cell
  return {
    ticketEvWei,
    gasPriceWei,
    batchSize,
    faceValueWei,
    isRefused: outcome === undefined,
    outcome:
      outcome === undefined
        ? null
        : {
            overheadBasisPoints: basisPoints(outcome.overhead),
            ticketsPerPayment: outcome.ticketsPerPayment ?? null,
            winners: outcome.winners,
            netWei: roundWei(outcome.netWei),
            variation: outcome.variation ?? null,
            costShare: outcome.costShare,
            dryWeekProbability: outcome.dryWeekProbability,
          },
  }
}
