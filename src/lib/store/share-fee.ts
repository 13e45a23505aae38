/**
 * Shares a fee out among tickets as evenly as wei allow: the first ones bear one wei more. The shares add up to the fee.
 */
export function shareFee(feeWei: bigint, tickets: number): bigint[] {
  const count = BigInt(tickets)
  return Array.from(
    { length: tickets },
    (_, index) => feeWei / count + (BigInt(index) < feeWei % count ? 1n : 0n),
  )
}
