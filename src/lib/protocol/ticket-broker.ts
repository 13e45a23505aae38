import type { Address, Hex } from 'viem'

import { isExpired } from '../pm/expiry.ts'
import { payout } from '../pm/payout.ts'
import { reserveAlloc } from '../pm/reserve-alloc.ts'
import type { PlanTicket } from '../redemption/plan/types.ts'
import type { ContractRules, ProtocolOptions } from './options.ts'

/** What became of a ticket: what was paid, or why the contract refused it. A refused ticket stays valid. */
export type RedemptionOutcome = { readonly paidWei: bigint } | { readonly refused: string }

export interface SenderAccount {
  readonly depositWei: bigint
  readonly reserveWei: bigint
}

interface Account {
  depositWei: bigint
  reserveWei: bigint
  claimedForRoundWei: bigint
  /** What each recipient has claimed from the reserve in this round. */
  claimedWei: Map<Address, bigint>
}

/** The rules by which the contract keeps deposits and reserves, and pays winners from them. */
export class TicketBroker {
  readonly #accounts: Map<Address, Account>
  readonly #used = new Set<Hex>()
  readonly #options: Pick<ProtocolOptions, 'poolSize' | 'ticketValidityPeriod'>
  readonly #rules: ContractRules
  #round: bigint
  /** Changes when any account does. */
  version = 0

  constructor(senders: readonly Address[], options: ProtocolOptions) {
    const { depositWei, reserveWei, rules, firstRound } = options
    this.#options = options
    this.#rules = rules
    this.#round = firstRound
    this.#accounts = new Map(
      senders.map((sender) => [
        sender,
        { depositWei, reserveWei, claimedForRoundWei: 0n, claimedWei: new Map() },
      ]),
    )
  }

  get round(): bigint {
    return this.#round
  }

  beginRound(round: bigint): void {
    this.#round = round
    this.version++
    for (const account of this.#accounts.values()) {
      account.claimedForRoundWei = 0n
      account.claimedWei = new Map()
    }
  }

  account(sender: Address): SenderAccount {
    return this.#accounts.get(sender) ?? { depositWei: 0n, reserveWei: 0n }
  }

  /** What a recipient may still take from a sender's reserve in this round, in wei. */
  claimableReserve(sender: Address, recipient: Address): bigint {
    const account = this.#accounts.get(sender)
    if (account === undefined) return 0n
    return reserveAlloc({
      fundsRemainingWei: account.reserveWei,
      claimedInCurrentRoundWei: account.claimedForRoundWei,
      poolSize: this.#options.poolSize,
      claimedByRecipientWei: account.claimedWei.get(recipient) ?? 0n,
    })
  }

  /** Redeems a winner of an active orchestrator, as far as deposit and reserve go. */
  redeem({ hash, sender, recipient, faceValue, creationRound }: PlanTicket): RedemptionOutcome {
    const account = this.#accounts.get(sender)
    if (this.#used.has(hash)) return { refused: 'ticket is used' }
    if (isExpired(creationRound, this.#options.ticketValidityPeriod, this.#round)) {
      return { refused: 'ticket is expired' }
    }
    const refused = this.#shortage(account, faceValue)
    if (account === undefined || refused !== undefined) return { refused: refused ?? 'no such sender' }
    this.#used.add(hash)
    const { payoutWei, fromDepositWei, fromReserveWei } = payout(faceValue, {
      depositWei: account.depositWei,
      claimableReserveWei: this.claimableReserve(sender, recipient),
    })
    account.depositWei -= fromDepositWei
    account.reserveWei -= fromReserveWei
    account.claimedForRoundWei += fromReserveWei
    account.claimedWei.set(recipient, (account.claimedWei.get(recipient) ?? 0n) + fromReserveWei)
    this.version++
    return { paidWei: payoutWei }
  }

  /** Why the contract keeps a ticket alive whose sender is short; by the older rules it does not unless all is gone. */
  #shortage(account: SenderAccount | undefined, faceValue: bigint): string | undefined {
    const { depositWei, reserveWei } = account ?? { depositWei: 0n, reserveWei: 0n }
    if (this.#rules === '2022') {
      return depositWei + reserveWei === 0n ? 'sender deposit and reserve are zero' : undefined
    }
    return depositWei + reserveWei < faceValue
      ? 'sender deposit and reserve insufficient to cover ticket face value'
      : undefined
  }
}
