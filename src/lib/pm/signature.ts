import type { Hex } from 'viem'

/** What makes the contract refuse a signature, whoever made it. */
export type SignatureFault = 'length' | 'v' | 'highS'

export const signatureFaults: Readonly<Record<SignatureFault, string>> = {
  length: 'it is not 65 bytes',
  v: 'its v is neither 27 nor 28',
  highS: 'its s is high',
}

/** Half of the order of secp256k1, rounded down: where low s ends. */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** Why bytes are no signature of the kind that the contract takes: 65 bytes r ‖ s ‖ v, low s, v 27 or 28. */
export function signatureFault(sig: Hex): SignatureFault | undefined {
  if (!/^0x[0-9a-f]{130}$/i.test(sig)) return 'length'
  const v = sig.slice(130).toLowerCase()
  if (v !== '1b' && v !== '1c') return 'v'
  if (BigInt(`0x${sig.slice(66, 130)}`) > halfOrder) return 'highS'
  return undefined
}
