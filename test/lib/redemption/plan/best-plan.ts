import { redemptionGas } from '../../../../src/lib/redemption/plan/gas-model.ts'
import type { PlanInput } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanTicket } from '../../../../src/lib/redemption/plan/types.ts'

/** Where each ticket of a sequence is paid from. */
interface Paid {
  readonly ticket: PlanTicket
  readonly draws: boolean
}

interface Purse {
  readonly deposits: ReadonlyMap<string, bigint>
  readonly slices: ReadonlyMap<string, bigint>
}

/**
 * The highest net payout of any plan, by trying every set of tickets in every order by rank, each
 * batch filled before the next. The
 * set stands if no part of it costs more gas than it may: leaving that part out would save more than its budget.
 */
export function bestNetPayout({ tickets, chain, gas, options }: PlanInput): bigint {
  const usable = tickets.filter((ticket) => {
    const withdrawRound = chain.senders.get(ticket.sender)?.withdrawRound ?? 0n
    return (
      ticket.creationRound + chain.ticketValidityPeriod > chain.currentRound &&
      (withdrawRound === 0n || chain.currentRound < withdrawRound) &&
      chain.recipients.get(ticket.recipient)?.active === true &&
      ticket.faceValue >= options.minPayoutWei
    )
  })
  const leastGas = new Map<number, bigint>([[0, 0n]])

  function visit(sequence: readonly Paid[], set: number, purse: Purse): void {
    for (const [index, ticket] of usable.entries()) {
      if ((set & (1 << index)) !== 0) continue
      const after = pay(ticket, purse)
      if (after === undefined) continue
      const longer = [...sequence, { ticket, draws: after.draws }]
      const next = set | (1 << index)
      const cost = isInOrder(longer) ? gasOfBatches(longer) : undefined
      const known = leastGas.get(next)
      if (cost !== undefined && (known === undefined || cost < known)) leastGas.set(next, cost)
      visit(longer, next, after.purse)
    }
  }

  /** By rank; but what a sender whose reserve is drawn on has to pay before an urgent ticket comes as early as that. */
  function isInOrder(sequence: readonly Paid[]): boolean {
    const drawn = new Set(sequence.flatMap(({ ticket, draws }) => (draws ? [ticket.sender] : [])))
    const ranks = sequence.map(({ ticket }, at) => {
      const later = drawn.has(ticket.sender)
        ? sequence.slice(at).filter((other) => other.ticket.sender === ticket.sender)
        : []
      return Math.min(rankOf(ticket), ...later.map((other) => rankOf(other.ticket)))
    })
    return ranks.every((rank, at) => rank >= (ranks[at - 1] ?? 0))
  }

  function rankOf({ sender, creationRound }: PlanTicket): number {
    if ((chain.senders.get(sender)?.withdrawRound ?? 0n) !== 0n) return 0
    return creationRound + chain.ticketValidityPeriod === chain.currentRound + 1n ? 1 : 2
  }

  function gasOfBatches(sequence: readonly Paid[]): bigint {
    const paid = new Set<string>()
    let total = 0n
    let batch: readonly Paid[] = []
    for (const one of sequence) {
      const fuller = [...batch, one]
      if (fuller.length > options.maxTicketsPerBatch || gasOfBatch(fuller, paid) > options.maxGasPerBatch) {
        total += gasOfBatch(batch, paid)
        for (const { ticket } of batch) paid.add(ticket.recipient)
        batch = [one]
      } else batch = fuller
    }
    return total + (batch.length === 0 ? 0n : gasOfBatch(batch, paid))
  }

  function gasOfBatch(batch: readonly Paid[], paidBefore: ReadonlySet<string>): bigint {
    const recipients = [...new Set(batch.map(({ ticket }) => ticket.recipient as string))]
    const senders = new Set(batch.map(({ ticket }) => ticket.sender))
    const drawing = batch.filter(({ draws }) => draws)
    const pairs = new Set(drawing.map(({ ticket }) => `${ticket.sender} ${ticket.recipient}`))
    const firsts = recipients.filter(
      (recipient) => !paidBefore.has(recipient) && chain.recipients.get(recipient)?.paidThisRound !== true,
    )
    return (
      (batch.length === 1 ? redemptionGas.single : redemptionGas.batch) +
      BigInt(batch.length) * (redemptionGas.ticket + gas.dataGasPerTicket) +
      BigInt(senders.size - 1) * redemptionGas.sender +
      BigInt(recipients.length - 1) * redemptionGas.recipient +
      BigInt(firsts.length) * redemptionGas.firstOfRound +
      BigInt(drawing.length) * redemptionGas.reserveDraw +
      BigInt(pairs.size) * redemptionGas.reservePair
    )
  }

  function budgetOf(ticket: PlanTicket): bigint {
    const { numerator, denominator } = options.maxGasShare
    const share = (ticket.faceValue * numerator) / denominator
    const all = ticket.faceValue - 1n
    return rankOf(ticket) < 2 || share > all ? all : share
  }

  visit([], 0, {
    deposits: new Map([...chain.senders].map(([sender, { depositWei }]) => [sender, depositWei])),
    slices: chain.claimable,
  })
  const spare = new Map<number, bigint>()
  let best = 0n
  for (let set = 0; set < 1 << usable.length; set++) {
    const cost = leastGas.get(set)
    if (cost === undefined) continue
    const members = usable.filter((_, index) => (set & (1 << index)) !== 0)
    const gasWei = cost * gas.executionWei
    const own = members.reduce((sum, ticket) => sum + budgetOf(ticket), 0n) - gasWei
    const ofParts = usable.reduce((most, _, index) => {
      const part = (set & (1 << index)) === 0 ? 0n : (spare.get(set ^ (1 << index)) ?? 0n)
      return part > most ? part : most
    }, 0n)
    spare.set(set, own > ofParts ? own : ofParts)
    if (own < ofParts) continue
    const net = members.reduce((sum, ticket) => sum + ticket.faceValue, 0n) - gasWei
    if (net > best) best = net
  }
  return best
}

/** Pays a ticket in full, or not at all. */
function pay(ticket: PlanTicket, { deposits, slices }: Purse): { draws: boolean; purse: Purse } | undefined {
  const pair = `${ticket.sender}:${ticket.recipient}`
  const deposit = deposits.get(ticket.sender) ?? 0n
  const slice = slices.get(pair) ?? 0n
  if (ticket.faceValue <= deposit) {
    return {
      draws: false,
      purse: { deposits: new Map(deposits).set(ticket.sender, deposit - ticket.faceValue), slices },
    }
  }
  const wanted = ticket.faceValue - deposit
  if (wanted > slice) return undefined
  return {
    draws: true,
    purse: {
      deposits: new Map(deposits).set(ticket.sender, 0n),
      slices: new Map(slices).set(pair, slice - wanted),
    },
  }
}
