import { maxWinProb } from '../pm/win-prob.ts'
import type { TicketTally } from '../simulation/audit.ts'

interface Kind {
  tickets: bigint
  winners: bigint
  /** The win probabilities of all its tickets, added up. */
  winProbs: bigint
}

/** As many win probabilities are told apart, as long as nobody makes up more. */
const mostKinds = 64

/** How finely win probabilities are told apart, by the bits of them that count; a negative number joins octaves. */
const grades = [Infinity, 5, 3, 1, 0, -2] as const

/**
 * Tickets by win probability, in bounded memory: of too many kinds, those that are close to each other are counted as
 * tickets of their average. That makes a test of luck a little more careful, never less: tails grow when probabilities
 * are averaged (Hoeffding 1956, Gleser 1975).
 */
export class TicketKinds {
  #kinds = new Map<bigint, Kind>()
  #grade = 0

  add(winProb: bigint, tickets: bigint, winners: bigint): void {
    this.#put(winProb, { tickets, winners, winProbs: winProb * tickets })
    while (this.#kinds.size > mostKinds && this.#grade < grades.length - 1) this.#coarsen(this.#grade + 1)
  }

  /** All that another has. */
  merge(other: TicketKinds): void {
    this.#coarsen(Math.max(this.#grade, other.#grade))
    for (const kind of other.#kinds.values()) this.#put(averageOf(kind), kind)
    while (this.#kinds.size > mostKinds && this.#grade < grades.length - 1) this.#coarsen(this.#grade + 1)
  }

  get tickets(): bigint {
    return this.#sum(({ tickets }) => tickets)
  }

  get winners(): bigint {
    return this.#sum(({ winners }) => winners)
  }

  /** The one win probability of all tickets; undefined when there are several, or no tickets. */
  get onlyWinProb(): bigint | undefined {
    const [kind, ...others] = this.#kinds.values()
    if (kind === undefined || others.length > 0 || this.#grade > 0) return undefined
    return averageOf(kind)
  }

  /** @param most so many tallies at the most: one when less than that would tell them all apart */
  tallies(most: number): TicketTally[] {
    const kinds = [...this.#kinds.values()]
    const told = kinds.length <= most ? kinds : [kinds.reduce(sumOf)]
    return told.map(({ tickets, winners, winProbs }) => ({
      tickets,
      winners,
      winProbability: { numerator: winProbs, denominator: maxWinProb * (tickets === 0n ? 1n : tickets) },
    }))
  }

  #put(winProb: bigint, added: Kind): void {
    const key = keyOf(winProb, grades[this.#grade] ?? 0)
    const known = this.#kinds.get(key)
    this.#kinds.set(key, known === undefined ? { ...added } : sumOf(known, added))
  }

  #coarsen(grade: number): void {
    if (grade === this.#grade) return
    const kinds = this.#kinds
    this.#kinds = new Map()
    this.#grade = grade
    for (const kind of kinds.values()) this.#put(averageOf(kind), kind)
  }

  #sum(part: (kind: Kind) => bigint): bigint {
    return [...this.#kinds.values()].reduce((sum, kind) => sum + part(kind), 0n)
  }
}

function averageOf({ tickets, winProbs }: Kind): bigint {
  return tickets === 0n ? 0n : winProbs / tickets
}

function sumOf(a: Kind, b: Kind): Kind {
  return {
    tickets: a.tickets + b.tickets,
    winners: a.winners + b.winners,
    winProbs: a.winProbs + b.winProbs,
  }
}

function keyOf(winProb: bigint, bits: number): bigint {
  if (bits === Infinity) return winProb
  const length = winProb.toString(2).length
  if (bits < 0) return BigInt(length >> -bits)
  const shift = BigInt(Math.max(0, length - 1 - bits))
  return (winProb >> shift) << shift
}
