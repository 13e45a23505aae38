export interface PayoutFunds {
  /** The sender's deposit, in wei. */
  readonly depositWei: bigint
  /** TicketBroker.claimableReserve(sender, recipient), in wei; 0 when the recipient is not active. */
  readonly claimableReserveWei: bigint
}

/** What a redemption takes from where, in wei. */
export interface Payout {
  readonly payoutWei: bigint
  readonly fromDepositWei: bigint
  readonly fromReserveWei: bigint
}

/**
 * What the contract pays for a winner: min(faceValue, deposit), then of the rest what the recipient can claim from the
 * reserve. Where it is less than the face value, a redemption burns the ticket for it; see spec "Two contract
 * generations" for when the contract refuses instead.
 *
 * @param faceValue wei
 */
export function payout(faceValue: bigint, { depositWei, claimableReserveWei }: PayoutFunds): Payout {
  const fromDepositWei = min(faceValue, depositWei)
  const claimableWei = claimableReserveWei > 0n ? claimableReserveWei : 0n
  const fromReserveWei = min(faceValue - fromDepositWei, claimableWei)
  return { payoutWei: fromDepositWei + fromReserveWei, fromDepositWei, fromReserveWei }
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
