export interface FloatInputs {
  /** wei; see `reserveAlloc` */
  readonly reserveAllocWei: bigint
  readonly depositWei: bigint
  /** The face values that are being redeemed, in wei. */
  readonly pendingWei: bigint
}

/**
 * The face value with which an orchestrator may still trust a sender, in wei; may be below zero (go-livepeer's
 * `maxFloat`). A deposit of three times what is pending is taken to cover it.
 */
export function maxFloat(inputs: FloatInputs): bigint {
  return depositCoversPending(inputs) ? inputs.reserveAllocWei : inputs.reserveAllocWei - inputs.pendingWei
}

/**
 * deposit / pending >= 3.0, as the node finds it in floating point. Its quotient has 53 bits, rounded to nearest, ties
 * to even: it becomes 3 from 3 - 2^-52 on. So this is the same comparison in integers.
 */
function depositCoversPending({ depositWei, pendingWei }: FloatInputs): boolean {
  return depositWei << 52n >= pendingWei * ((3n << 52n) - 1n)
}
