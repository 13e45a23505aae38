import { rational } from '../pm/rational.ts'
import { defaultTicketEvWei } from '../pm/ticket-parameters.ts'
import type { SenderStatus } from '../sender/status.ts'
import { runway } from '../simulation/runway.ts'
import { ticketClasses } from '../simulation/workload.ts'

/** A sender's account with how long its deposit lasts. */
export interface StatusWithRunway extends SenderStatus {
  /** null when it is not known what is spent, or orchestrators offer no tickets */
  readonly runway: StatusRunway | null
}

export interface StatusRunway {
  readonly spendPerHourWei: bigint
  /** With an orchestrator's default settings, as in `acceptance`. */
  readonly faceValueWei: bigint
  /** Hours until a winner cannot be paid, on average. */
  readonly expectedHours: number
  /** The probability of running dry at which to top up. */
  readonly risk: number
  /** The last hour by which it is not above that; null beyond 1,000 years. */
  readonly topUpByHour: bigint | null
}

const risk = 0.001

/** @param spendPerHourWei undefined: not known */
export function withRunway(status: SenderStatus, spendPerHourWei: bigint | undefined): StatusWithRunway {
  const { depositWei } = status
  const { faceValueWei } = status.acceptance
  if (spendPerHourWei === undefined || faceValueWei < defaultTicketEvWei) return { ...status, runway: null }
  const classes = ticketClasses([
    {
      streams: rational(1n),
      weiPerHour: rational(spendPerHourWei),
      ticketEvWei: defaultTicketEvWei,
      faceValueWei,
    },
  ])
  const { expectedHours, topUpByHour } = runway({ classes, depositWei, risk, hours: 1n, probabilities: [] })
  return {
    ...status,
    runway: {
      spendPerHourWei,
      faceValueWei,
      expectedHours: expectedHours.low,
      risk,
      topUpByHour: topUpByHour ?? null,
    },
  }
}
