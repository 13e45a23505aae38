/**
 * What is left of a face value once the gas is paid, in basis points rounded down; negative when gas costs more than
 * is received. Undefined without a face value.
 */
export function efficiencyBasisPoints(amounts: {
  readonly receivedWei: bigint
  readonly gasCostWei: bigint
  readonly faceValueWei: bigint
}): bigint | undefined {
  const { receivedWei, gasCostWei, faceValueWei } = amounts
  if (faceValueWei <= 0n) return undefined
  const scaled = (receivedWei - gasCostWei) * 10_000n
  const quotient = scaled / faceValueWei
  return scaled % faceValueWei < 0n ? quotient - 1n : quotient
}
