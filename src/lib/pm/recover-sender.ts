import * as Secp256k1 from 'ox/Secp256k1'
import { getAddress, hashMessage } from 'viem'
import type { Address, Hex } from 'viem'

import { signatureFault } from './signature.ts'

/**
 * Who signed a ticket: the address whose EIP-191 personal_sign over the 32 bytes of the ticket hash this is. As strict
 * as the contract; see `signatureFault`.
 *
 * @returns undefined when it is nobody's signature
 */
export function recoverSender(hash: Hex, sig: Hex): Address | undefined {
  if (signatureFault(sig) !== undefined) return undefined
  try {
    return getAddress(Secp256k1.recoverAddress({ payload: hashMessage({ raw: hash }), signature: sig }))
  } catch {
    // No point of the curve has such an r.
    return undefined
  }
}
