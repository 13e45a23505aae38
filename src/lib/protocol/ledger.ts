import type { Address } from 'viem'

import { maxWinProb } from '../pm/win-prob.ts'
import type { LeftTicket } from '../redemption/plan/types.ts'
import type { Parties } from './parties.ts'
import type { Landing } from './redeem-winners.ts'
import type { Winner } from './receiver.ts'
import type { Session } from './session.ts'
import type { TicketBroker } from './ticket-broker.ts'

export interface SenderReport {
  readonly address: Address
  readonly tickets: number
  readonly winners: number
  /** What its tickets were worth, rounded down. */
  readonly evWei: bigint
  /** What winners took from deposit and reserve. */
  readonly paidWei: bigint
  /** What is left. */
  readonly depositWei: bigint
  readonly reserveWei: bigint
}

export interface OrchestratorReport {
  readonly address: Address
  readonly tickets: number
  readonly winners: number
  readonly evWei: bigint
  readonly redeemed: number
  readonly paidWei: bigint
  /** What winners paid less than their face value, because others were first. */
  readonly shortWei: bigint
  readonly expired: number
  readonly expiredWei: bigint
  readonly waiting: number
  readonly waitingWei: bigint
  readonly transactions: number
  readonly gasCostWei: bigint
  /** paid less gas */
  readonly netWei: bigint
}

interface Account {
  tickets: number
  winners: number
  /** face value · winProb, added up */
  weight: bigint
  paidWei: bigint
}

interface Earnings extends Account {
  redeemed: number
  shortWei: bigint
  expired: number
  expiredWei: bigint
  transactions: number
  gasCostWei: bigint
}

/** Who has sent, won, paid and been paid what. */
export class Ledger {
  readonly #senders: Map<Address, Account>
  readonly #orchestrators: Map<Address, Earnings>
  /** Tickets that the contract refused, which may be tried again. */
  refusedOnChain = 0

  constructor({ senders, orchestrators }: Parties) {
    this.#senders = new Map(senders.map(({ address }) => [address, emptyAccount()]))
    this.#orchestrators = new Map(
      orchestrators.map(({ address }) => [
        address,
        {
          ...emptyAccount(),
          redeemed: 0,
          shortWei: 0n,
          expired: 0,
          expiredWei: 0n,
          transactions: 0,
          gasCostWei: 0n,
        },
      ]),
    )
  }

  receive({ sender, receiver, faceValueWei, winProb }: Session, isWinner: boolean): void {
    for (const account of [this.#senders.get(sender.address), this.#earnings(receiver.address)]) {
      if (account === undefined) continue
      account.tickets++
      account.weight += faceValueWei * winProb
      if (isWinner) account.winners++
    }
  }

  land({ receiver, tickets, outcomes, gasCostWei }: Landing): void {
    const earnings = this.#earnings(receiver.address)
    earnings.transactions++
    earnings.gasCostWei += gasCostWei
    for (const [index, { sender, faceValue }] of tickets.entries()) {
      const outcome = outcomes[index]
      if (outcome === undefined || 'refused' in outcome) {
        this.refusedOnChain++
        continue
      }
      earnings.redeemed++
      earnings.paidWei += outcome.paidWei
      earnings.shortWei += faceValue - outcome.paidWei
      const account = this.#senders.get(sender)
      if (account !== undefined) account.paidWei += outcome.paidWei
    }
  }

  expire(recipient: Address, { faceValueWei }: LeftTicket): void {
    const earnings = this.#earnings(recipient)
    earnings.expired++
    earnings.expiredWei += faceValueWei
  }

  senders(broker: TicketBroker): SenderReport[] {
    return [...this.#senders].map(([address, { tickets, winners, weight, paidWei }]) => {
      const { depositWei, reserveWei } = broker.account(address)
      return { address, tickets, winners, evWei: weight / maxWinProb, paidWei, depositWei, reserveWei }
    })
  }

  orchestrators(waiting: (address: Address) => readonly Winner[]): OrchestratorReport[] {
    return [...this.#orchestrators].map(([address, { weight, ...earnings }]) => {
      const left = waiting(address)
      return {
        address,
        ...earnings,
        evWei: weight / maxWinProb,
        waiting: left.length,
        waitingWei: left.reduce((sum, { faceValue }) => sum + faceValue, 0n),
        netWei: earnings.paidWei - earnings.gasCostWei,
      }
    })
  }

  #earnings(address: Address): Earnings {
    const earnings = this.#orchestrators.get(address)
    if (earnings === undefined) throw new Error('an orchestrator that does not play')
    return earnings
  }
}

function emptyAccount(): Account {
  return { tickets: 0, winners: 0, weight: 0n, paidWei: 0n }
}
