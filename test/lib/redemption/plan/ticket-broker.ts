import type { Address, Hex } from 'viem'

import { claimableKey } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanChain } from '../../../../src/lib/redemption/plan/types.ts'

/** What the contract knows of a sender. */
export interface SenderAccount {
  readonly address: Address
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly withdrawRound: bigint
  /** What recipients have claimed from the reserve in this round. */
  readonly claimed: ReadonlyMap<Address, bigint>
}

export interface RecipientAccount {
  readonly address: Address
  readonly active: boolean
  readonly paidThisRound: boolean
}

export interface BrokerState {
  readonly currentRound: bigint
  readonly ticketValidityPeriod: bigint
  readonly poolSize: bigint
  readonly senders: readonly SenderAccount[]
  readonly recipients: readonly RecipientAccount[]
}

export interface BrokerTicket {
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValue: bigint
  readonly creationRound: bigint
}

/** 2022 burns a ticket for what there is; 2026 refuses it when deposit and reserve together are short. */
export type Generation = 2022 | 2026

/** What became of a ticket: the amount paid, or why the contract refused it. A refused ticket stays valid. */
export type Outcome = { readonly paidWei: bigint } | { readonly refused: string }

/** The TicketBroker's rules of redemption, written from the contract's source and not from the planner. */
export function ticketBroker(state: BrokerState, generation: Generation): (ticket: BrokerTicket) => Outcome {
  const used = new Set<Hex>()
  const senders = new Map(
    state.senders.map((account) => [
      account.address,
      {
        ...account,
        claimed: new Map(account.claimed),
        claimedForRound: [...account.claimed.values()].reduce((sum, wei) => sum + wei, 0n),
      },
    ]),
  )
  return ({ hash, sender, recipient, faceValue, creationRound }) => {
    const account = senders.get(sender)
    const isActive = state.recipients.some(({ address, active }) => address === recipient && active)
    if (used.has(hash)) return { refused: 'ticket is used' }
    if (creationRound + state.ticketValidityPeriod <= state.currentRound)
      return { refused: 'ticket is expired' }
    if (account === undefined || account.depositWei + account.reserveWei === 0n) {
      return { refused: 'sender deposit and reserve are zero' }
    }
    if (account.withdrawRound !== 0n && account.withdrawRound <= state.currentRound) {
      return { refused: 'sender is unlocked' }
    }
    if (!isActive) return { refused: 'transcoder must be active' }
    if (generation === 2026 && account.depositWei + account.reserveWei < faceValue) {
      return { refused: 'sender deposit and reserve insufficient to cover ticket face value' }
    }
    used.add(hash)
    const fromDeposit = faceValue < account.depositWei ? faceValue : account.depositWei
    const claimed = account.claimed.get(recipient) ?? 0n
    const claimable = (account.reserveWei + account.claimedForRound) / state.poolSize - claimed
    const wanted = faceValue - fromDeposit
    const fromReserve = wanted < claimable ? wanted : claimable > 0n ? claimable : 0n
    account.depositWei -= fromDeposit
    account.reserveWei -= fromReserve
    account.claimedForRound += fromReserve
    account.claimed.set(recipient, claimed + fromReserve)
    return { paidWei: fromDeposit + fromReserve }
  }
}

/** The state as the planner is told of it. */
export function toPlanChain(state: BrokerState): PlanChain {
  const claimable = new Map<string, bigint>()
  for (const { address, reserveWei, claimed } of state.senders) {
    const claimedForRound = [...claimed.values()].reduce((sum, wei) => sum + wei, 0n)
    for (const recipient of state.recipients) {
      const slice = (reserveWei + claimedForRound) / state.poolSize - (claimed.get(recipient.address) ?? 0n)
      claimable.set(claimableKey(address, recipient.address), recipient.active && slice > 0n ? slice : 0n)
    }
  }
  return {
    currentRound: state.currentRound,
    ticketValidityPeriod: state.ticketValidityPeriod,
    senders: new Map(
      state.senders.map(({ address, depositWei, withdrawRound }) => [
        address.toLowerCase(),
        { depositWei, withdrawRound },
      ]),
    ),
    recipients: new Map(
      state.recipients.map(({ address, active, paidThisRound }) => [
        address.toLowerCase(),
        { active, paidThisRound },
      ]),
    ),
    claimable,
  }
}
