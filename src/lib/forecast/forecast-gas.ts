import { UsageError } from '../errors.ts'
import { maxFloat } from '../pm/max-float.ts'
import { gasTable, gasThresholds } from '../simulation/gas-table.ts'
import type { GasRow } from '../simulation/gas-table.ts'
import { basisPoints } from './describe.ts'
import { floatOf } from './surroundings.ts'
import type { Surroundings } from './surroundings.ts'

export interface GasQuestion {
  readonly surroundings: Surroundings
  readonly ticketEvWei: bigint
  /** wei a gas: the range to look at */
  readonly fromWei: bigint
  readonly toWei: bigint
  /** none when absent */
  readonly maxFaceValueWei?: bigint | undefined
}

/** What gas prices do to tickets. */
export interface GasForecast {
  readonly network: string | null
  readonly ticketEvWei: bigint
  readonly poolSize: bigint
  /** null: as much as orchestrators would like */
  readonly reserveWei: bigint | null
  /** The gas price of the chain, or the supposed one; null when neither is known. */
  readonly gasPriceWei: bigint | null
  /** The least gas price at which face values are cut and the price rises for redemptions; null: at none. */
  readonly squeezedFromWei: bigint | null
  /** The least gas price at which the sender is refused; null: at none. */
  readonly refusedFromWei: bigint | null
  /** At readable gas prices, for tables. */
  readonly rows: readonly GasRowReport[]
  /** At gas prices that are a constant factor apart, for charts. */
  readonly curve: readonly GasRowReport[]
}

export interface GasRowReport {
  readonly gasPriceWei: bigint
  readonly txCostWei: bigint
  readonly faceValueWei: bigint
  readonly boundBy: GasRow['boundBy']
  readonly isRefused: boolean
  /** of 2^256 - 1; null when refused, as are the others */
  readonly winProb: bigint | null
  /** What go-livepeer adds to its price: 100 is 1 %. */
  readonly overheadBasisPoints: bigint | null
  /** The reserve with which redemptions add no more than 1 %. */
  readonly reserveWei: bigint
  /** The least reserve that is not refused. */
  readonly leastReserveWei: bigint
}

/** Points of a curve. */
const curvePoints = 60

/**
 * What a range of gas prices does to face value, win probability and price, and where the sender is refused.
 *
 * @throws {UsageError} GAS_RANGE_INVALID, TICKET_EV_INVALID, POOL_SIZE_INVALID
 */
export function forecastGas(question: GasQuestion): GasForecast {
  const { surroundings, ticketEvWei, fromWei, toWei, maxFaceValueWei } = question
  if (fromWei <= 0n || toWei < fromWei) {
    throw new UsageError('GAS_RANGE_INVALID', 'a range of gas prices goes up from more than zero', {
      details: { fromWei, toWei },
      nextSteps: ['--from 0.01gwei --to 3gwei'],
    })
  }
  const { poolSize, reserveWei, depositWei, claimedWei, gasPriceWei, network } = surroundings
  const rowsAt = (gasPricesWei: readonly bigint[]) =>
    gasTable({
      ticketEvWei,
      poolSize,
      gasPricesWei,
      ...(reserveWei !== null && { reserveWei: reserveWei + claimedWei }),
      ...(depositWei !== null && { depositWei }),
      ...(maxFaceValueWei !== undefined && { maxFaceValueWei }),
    }).map(describeRow)
  const floats = [
    ...(reserveWei === null
      ? []
      : [maxFloat({ reserveAllocWei: floatOf(surroundings), depositWei: depositWei ?? 0n, pendingWei: 0n })]),
    ...(maxFaceValueWei === undefined ? [] : [maxFaceValueWei]),
  ]
  const [first = null] = floats
  const least = floats.reduce((a, b) => (a !== null && b < a ? b : a), first)
  const thresholds = least === null ? undefined : gasThresholds(least, { ticketEvWei })
  return {
    network,
    ticketEvWei,
    poolSize,
    reserveWei,
    gasPriceWei,
    squeezedFromWei: thresholds?.squeezedFromWei ?? null,
    refusedFromWei: thresholds?.refusedFromWei ?? null,
    rows: rowsAt(readablePrices(fromWei, toWei)),
    curve: rowsAt(evenPrices(fromWei, toWei, curvePoints)),
  }
}

/** 1, 2 and 5 of each power of ten within a range, and its ends. */
export function readablePrices(fromWei: bigint, toWei: bigint): bigint[] {
  const between = (price: bigint) => price > fromWei && price < toWei
  const found: bigint[] = []
  for (let power = 1n; power < toWei; power *= 10n) {
    found.push(...[power, 2n * power, 5n * power].filter(between))
  }
  return [fromWei, ...found, ...(toWei === fromWei ? [] : [toWei])]
}

/** Prices a constant factor apart. Rounded, as they only say where one looks. */
export function evenPrices(fromWei: bigint, toWei: bigint, points: number): bigint[] {
  if (toWei === fromWei) return [fromWei]
  const [low, high] = [Math.log(Number(fromWei)), Math.log(Number(toWei))]
  const inner = Array.from({ length: points - 2 }, (_, index) =>
    BigInt(Math.round(Math.exp(low + ((high - low) * (index + 1)) / (points - 1)))),
  )
  return [...new Set([fromWei, ...inner, toWei])]
}

function describeRow(row: GasRow): GasRowReport {
  const isRefused = row.refusal !== undefined
  return {
    gasPriceWei: row.gasPriceWei,
    txCostWei: row.txCostWei,
    faceValueWei: row.faceValueWei,
    boundBy: row.boundBy,
    isRefused,
    winProb: isRefused ? null : row.winProb,
    overheadBasisPoints: row.overhead === undefined ? null : basisPoints(row.overhead),
    reserveWei: row.reserve.reserveWei,
    leastReserveWei: row.reserve.leastReserveWei,
  }
}
