import { keccak256, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'

import type { Signer } from '../account/signer.ts'

/** How a gateway shows an orchestrator who asks. */
export interface SignedRequest {
  readonly address: Address
  readonly sig: Hex
}

/**
 * Signs the request for an orchestrator's information as go-livepeer does: personal_sign over the hash of the address's
 * text, with its checksum. The signature is the same every time, and of use for nothing else.
 */
export async function signRequest(signer: Signer): Promise<SignedRequest> {
  const { address } = signer
  return { address, sig: await signer.signMessage(keccak256(stringToHex(address))) }
}
