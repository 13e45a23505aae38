/**
 * Whether the contract refuses a ticket as expired: it redeems while creationRound + ticketValidityPeriod > currentRound.
 *
 * @param ticketValidityPeriod in rounds, from the contract
 */
export function isExpired(
  creationRound: bigint,
  ticketValidityPeriod: bigint,
  currentRound: bigint,
): boolean {
  return creationRound + ticketValidityPeriod <= currentRound
}
