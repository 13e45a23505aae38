import type { Candidate, Payment } from './candidate.ts'
import { depositNeeded, faceValueOf, remainingFunds } from './funds.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'

/** What a sender's funds lack for one more ticket beside those that are to be paid in full. */
export interface Shortage {
  /** What the deposit lacks, in wei; 0n nothing. */
  of(candidate: Candidate): bigint
  /** What the deposit lacks for no ticket to draw on the reserve, in wei. */
  ofWhole(candidate: Candidate): bigint
  /** The gas of draws on the reserve that the ticket would cause. */
  drawGas(candidate: Candidate): DrawGas
  /** Counts a ticket among those that are to be paid. */
  reserve(candidate: Candidate): void
}

/** Gas of draws on a reserve, by itself and once for the recipient's draws on it. */
interface DrawGas {
  readonly ownGas: bigint
  readonly pairGas: bigint
}

/** Up to so many tickets of a sender the least deposit for each is looked for; with more, one that suffices. */
const fewTickets = 24

/**
 * @param left how many tickets of the sender's will be asked about
 */
export function shortageBeside(group: SenderPayments, funds: Funds, left: number): Shortage {
  const paid = group.payments.map(({ candidate }) => candidate)
  const recipients = new Set(paid.map(({ recipient }) => recipient))
  const remaining = remainingFunds(funds, group.payments)
  const drawn = pairsOf(group.payments)
  const isFew = paid.length + left <= fewTickets
  let paidWei = faceValueOf(paid)
  let neededWei = depositNeeded(paid, funds)
  let reservedWei = 0n
  const above = (wei: bigint) => (wei > funds.depositWei ? wei - funds.depositWei : 0n)

  function shortOf(candidate: Candidate): bigint {
    const { faceValue } = candidate.ticket
    if (recipients.size === 0 || (recipients.size === 1 && recipients.has(candidate.recipient))) {
      return above(paidWei + faceValue - funds.slice(candidate))
    }
    if (isFew) return above(depositNeeded([...paid, candidate], funds))
    const leftWei = remaining.depositWei + remaining.slice(candidate) - reservedWei
    return faceValue <= leftWei ? 0n : above(neededWei + faceValue)
  }

  return {
    of: shortOf,
    ofWhole: (candidate) => above(paidWei + candidate.ticket.faceValue),
    drawGas(candidate) {
      if (isFew) {
        // With what is missing the others may draw less, which then falls to this one.
        const enough = { ...funds, depositWei: funds.depositWei + shortOf(candidate) }
        const drawsOf = (tickets: readonly Candidate[]) =>
          payInOrder(group.sender, tickets, enough)?.payments ?? []
        return drawGasBetween(drawsOf(paid), drawsOf([...paid, candidate]))
      }
      const depositWei = remaining.depositWei - reservedWei
      const draws = candidate.ticket.faceValue > depositWei && remaining.slice(candidate) > 0n
      return {
        ownGas: draws ? redemptionGas.reserveDraw : 0n,
        pairGas: draws && !drawn.has(candidate.pair) ? redemptionGas.reservePair : 0n,
      }
    },
    reserve(candidate) {
      const { faceValue } = candidate.ticket
      recipients.add(candidate.recipient)
      paidWei += faceValue
      neededWei += faceValue
      reservedWei += faceValue
      if (isFew) paid.push(candidate)
    },
  }
}

function drawGasBetween(before: readonly Payment[], after: readonly Payment[]): DrawGas {
  const drawsOf = (payments: readonly Payment[]) =>
    payments.filter(({ drawsOnReserve }) => drawsOnReserve).length
  const more = (count: number, gas: bigint) => (count > 0 ? BigInt(count) * gas : 0n)
  return {
    ownGas: more(drawsOf(after) - drawsOf(before), redemptionGas.reserveDraw),
    pairGas: more(pairsOf(after).size - pairsOf(before).size, redemptionGas.reservePair),
  }
}

/** Whose draws on whose reserve there are among payments. */
function pairsOf(payments: readonly Payment[]): ReadonlySet<string> {
  return new Set(payments.flatMap((one) => (one.drawsOnReserve ? one.candidate.pair : [])))
}
