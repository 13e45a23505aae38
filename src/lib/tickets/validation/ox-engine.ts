import * as Hash from 'ox/wasm/Hash'
import * as Secp256k1 from 'ox/wasm/Secp256k1'

import type { ValidationEngine } from './engine.ts'

/** libsecp256k1 and keccak compiled to WebAssembly, without ox's hex in between. */
export async function oxEngine(): Promise<ValidationEngine> {
  const [{ keccak256 }, { recoverPublicKey }] = await Promise.all([Hash.engine(), Secp256k1.engine()])
  /** How ox takes a signature: the recovery bit, r, s. */
  const recoverable = new Uint8Array(65)

  function recovers(digest: Uint8Array, signature: Uint8Array, signer: Uint8Array): boolean {
    recoverable[0] = (signature[64] ?? 0) - 27
    recoverable.set(signature.subarray(0, 64), 1)
    try {
      const point = recoverPublicKey(recoverable, digest)
      return Buffer.compare(keccak256(point.subarray(1)).subarray(12), signer) === 0
    } catch (error) {
      // No point of the curve has such an r.
      if (error instanceof Secp256k1.InvalidInputError) return false
      throw error
    }
  }

  return {
    keccak256,
    checkSigners({ count, digests, signatures, signers }) {
      const valid = new Uint8Array(count)
      for (let index = 0; index < count; index++) {
        const signedBySender = recovers(
          digests.subarray(index * 32, index * 32 + 32),
          signatures.subarray(index * 65, index * 65 + 65),
          signers.subarray(index * 20, index * 20 + 20),
        )
        valid[index] = Number(signedBySender)
      }
      return valid
    },
  }
}
