import { UsageError } from '../errors.ts'
import { addRational, divideRational, floorRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { maxWinProb } from '../pm/win-prob.ts'

/** Streams that pay alike; see `pricing` for what a shape at a price costs an hour. */
export interface StreamClass {
  readonly name?: string
  /** how many at once; a fraction when they do not always run */
  readonly streams: Rational
  /** wei an hour of each stream */
  readonly weiPerHour: Rational
  readonly ticketEvWei: bigint
  readonly faceValueWei: bigint
  /** of 2^256 - 1, as the tickets have it; what makes the EV when absent */
  readonly winProb?: bigint
}

/** What a class of streams sends. */
export interface TicketClass {
  readonly name?: string
  readonly faceValueWei: bigint
  /** of 1 */
  readonly winProbability: Rational
  /** of one ticket, in wei */
  readonly ticketEvWei: Rational
  readonly ticketsPerHour: Rational
  /** wei an hour */
  readonly spendPerHourWei: Rational
}

/** Hours: a thousand years, as far as anything here looks ahead. */
export const longestHorizonHours = 8_766_000n

const mostClasses = 100

/**
 * The tickets that a workload sends: spend / EV of them an hour, each worth its face value with probability
 * EV / faceValue. Classes without streams or a price send none and are left out.
 *
 * @throws {UsageError} WORKLOAD_INVALID, WORKLOAD_TOO_LARGE for more than 100 classes, WORKLOAD_EMPTY when nothing is spent, FACE_VALUE_BELOW_EV
 */
export function ticketClasses(workload: readonly StreamClass[]): TicketClass[] {
  if (workload.length > mostClasses) {
    throw new UsageError('WORKLOAD_TOO_LARGE', `a workload has at most ${mostClasses} classes of streams`, {
      details: { classes: workload.length },
    })
  }
  const classes = workload.map(ticketClass).filter(({ ticketsPerHour }) => ticketsPerHour.numerator > 0n)
  if (classes.length > 0) return classes
  throw new UsageError('WORKLOAD_EMPTY', 'nothing is spent, so no ticket is ever sent', {
    nextSteps: ['give at least one stream with a price above zero'],
  })
}

/** Tickets sent in the first so many hours, rounded down. */
export function ticketsWithin({ ticketsPerHour }: TicketClass, hours: bigint): bigint {
  return floorRational(multiplyRational(ticketsPerHour, rational(hours)))
}

/** wei an hour of all together. */
export function spendPerHour(classes: readonly TicketClass[]): Rational {
  return classes.reduce((sum, { spendPerHourWei }) => addRational(sum, spendPerHourWei), rational(0n))
}

/**
 * A horizon in hours as it is.
 *
 * @throws {UsageError} HORIZON_INVALID when it is not from 1 hour to 1,000 years
 */
export function checkHorizon(hours: bigint): bigint {
  if (hours >= 1n && hours <= longestHorizonHours) return hours
  throw new UsageError('HORIZON_INVALID', 'a horizon is from 1 hour to 1,000 years', { details: { hours } })
}

function ticketClass(streams: StreamClass): TicketClass {
  const { name, ticketEvWei, faceValueWei, winProb } = streams
  const subject = name === undefined ? 'a class of streams' : `the class ${name}`
  if (streams.streams.numerator < 0n || streams.weiPerHour.numerator < 0n) {
    throw new UsageError('WORKLOAD_INVALID', `${subject} has fewer than no streams or a price below zero`)
  }
  if (
    ticketEvWei <= 0n ||
    faceValueWei <= 0n ||
    (winProb !== undefined && (winProb <= 0n || winProb > maxWinProb))
  ) {
    throw new UsageError('WORKLOAD_INVALID', `${subject} has tickets that are worth nothing`, {
      details: { ticketEvWei, faceValueWei },
    })
  }
  if (faceValueWei < ticketEvWei) {
    throw new UsageError('FACE_VALUE_BELOW_EV', `${subject} has a face value below its ticket EV`, {
      details: { ticketEvWei, faceValueWei },
      nextSteps: ['a ticket that always wins pays its face value: give an EV that is not above it'],
    })
  }
  const winProbability =
    winProb === undefined ? rational(ticketEvWei, faceValueWei) : rational(winProb, maxWinProb)
  const ev = multiplyRational(winProbability, rational(faceValueWei))
  const spendPerHourWei = multiplyRational(streams.streams, streams.weiPerHour)
  return {
    ...(name === undefined ? {} : { name }),
    faceValueWei,
    winProbability,
    ticketEvWei: ev,
    ticketsPerHour: divideRational(spendPerHourWei, ev),
    spendPerHourWei,
  }
}
