export interface ReserveShare {
  readonly fundsRemainingWei: bigint
  readonly claimedInCurrentRoundWei: bigint
  /** Orchestrators in the active set. */
  readonly poolSize: bigint
  /** What this orchestrator has claimed from the reserve in the current round. */
  readonly claimedByRecipientWei?: bigint
}

/**
 * The part of a sender's reserve that one orchestrator can claim in the current round, in wei
 * (TicketBroker.claimableReserve; go-livepeer's reserveAlloc).
 */
export function reserveAlloc(share: ReserveShare): bigint {
  if (share.poolSize === 0n) return 0n
  const slice = (share.fundsRemainingWei + share.claimedInCurrentRoundWei) / share.poolSize
  return slice - (share.claimedByRecipientWei ?? 0n)
}
