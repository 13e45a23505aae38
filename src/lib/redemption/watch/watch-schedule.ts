import { secondsUntilRound } from '../../rounds/read-round.ts'
import type { Round } from '../../rounds/read-round.ts'

/** Before a round ends there is a look for what expires with it, this long before or a twentieth of a round. */
const longestLeadSeconds = 600
const leadPartOfRound = 20
/** In that last part of a round looks are at most this far apart. */
const lastLooksMs = 60_000
const l1BlockSeconds = 12

/** How long to wait for the next look: the usual time, or less when the round ends before. */
export function untilNextLook(round: Round, everyMs: number): number {
  const secondsLeft = secondsUntilRound(round, round.current + 1n)
  const roundSeconds = Number(round.length) * l1BlockSeconds
  const leadSeconds = Math.min(longestLeadSeconds, roundSeconds / leadPartOfRound)
  if (secondsLeft <= leadSeconds) return Math.min(everyMs, lastLooksMs)
  return Math.min(everyMs, (secondsLeft - leadSeconds) * 1000)
}
