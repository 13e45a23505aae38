/**
 * Whether a sender's funds may be gone before a ticket of its could be redeemed: both sides of go-livepeer then refuse
 * (`ValidateSender`, `validateSender`).
 *
 * @param withdrawRound 0n: no unlock was begun
 */
export function unlocksSoon(withdrawRound: bigint, lastInitializedRound: bigint): boolean {
  return withdrawRound !== 0n && withdrawRound <= lastInitializedRound + 1n
}
