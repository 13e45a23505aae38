import { zeroHash } from 'viem'
import type { Hex } from 'viem'

import { isExpired } from '../../pm/expiry.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import type { RedemptionChain } from '../onchain/chain-state.ts'
import type { StayCode } from '../redeem-result.ts'

/** What the chain says about a ticket before anything is simulated. */
export type ChainVerdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'used' }
  | { readonly kind: 'ends'; readonly state: 'expired' | 'invalid'; readonly reason: string }
  | { readonly kind: 'stays'; readonly code: StayCode; readonly reason: string }

/**
 * Judges a ticket by the rounds. Only what no later block can change is an end: a round that this node does not show yet
 * has no block hash on it either, and while a round lasts a reorganisation may give it another one.
 */
export function judgeByChain(hash: Hex, ticket: SignedTicket, chain: RedemptionChain): ChainVerdict {
  const { creationRound, creationRoundBlockHash } = ticket
  const { currentRound, lastInitializedRound, ticketValidityPeriod } = chain
  if (chain.used.has(hash)) return { kind: 'used' }
  if (isExpired(creationRound, ticketValidityPeriod, currentRound)) {
    const last = creationRound + ticketValidityPeriod - 1n
    return {
      kind: 'ends',
      state: 'expired',
      reason: `it could be redeemed until round ${String(last)}, now is round ${String(currentRound)}`,
    }
  }
  if (creationRound > lastInitializedRound) {
    return {
      kind: 'stays',
      code: 'roundNotBegun',
      reason: `its round ${String(creationRound)} has not begun on chain`,
    }
  }
  const blockHash = chain.roundBlockHashes.get(creationRound) ?? zeroHash
  if (blockHash.toLowerCase() !== creationRoundBlockHash.toLowerCase()) {
    const reason =
      blockHash === zeroHash
        ? `round ${String(creationRound)} has no block hash`
        : `its block hash is not that of round ${String(creationRound)}`
    return creationRound < currentRound
      ? { kind: 'ends', state: 'invalid', reason }
      : { kind: 'stays', code: 'simulationFails', reason }
  }
  if (chain.paused) return { kind: 'stays', code: 'paused', reason: 'the protocol is paused' }
  if (!chain.roundInitialized) {
    const reason = `round ${String(currentRound)} is not initialised yet`
    return { kind: 'stays', code: 'roundNotInitialized', reason }
  }
  return { kind: 'open' }
}
