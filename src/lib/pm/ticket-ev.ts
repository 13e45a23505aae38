import { maxWinProb } from './win-prob.ts'
import { rational } from './rational.ts'
import type { Rational } from './rational.ts'
import type { Ticket } from './ticket.ts'

/** A ticket's expected value in wei, exactly: faceValue · winProb / (2^256 - 1) (go-livepeer's `ticketEV`). */
export function ticketEv({ faceValue, winProb }: Pick<Ticket, 'faceValue' | 'winProb'>): Rational {
  return rational(faceValue * winProb, maxWinProb)
}
