/** The win probability that is 1. */
export const maxWinProb = 2n ** 256n - 1n

/**
 * The win probability, of 2^256 - 1, with which an orchestrator reaches its ticket EV at a face value, in go-livepeer's
 * rounding (`recipient.winProb`), by which the node recognises its own parameters: it rounds (2^256 - 1) / faceValue up
 * when the low 64 bits of the remainder are not all zero, else down.
 *
 * @param faceValueWei not below the EV, as `faceValue` has it when it refuses nothing
 */
export function winProb(faceValueWei: bigint, ticketEvWei: bigint): bigint {
  if (faceValueWei === 0n) return 0n
  if (faceValueWei === ticketEvWei) return maxWinProb
  const quotient = maxWinProb / faceValueWei
  const remainder = maxWinProb % faceValueWei
  return ticketEvWei * (BigInt.asUintN(64, remainder) === 0n ? quotient : quotient + 1n)
}
