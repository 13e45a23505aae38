import * as Hash from 'ox/wasm/Hash'
import * as Secp256k1 from 'ox/wasm/Secp256k1'

import { oxEngine } from '../tickets/validation/ox-engine.ts'
import type { ValidationEngine } from '../tickets/validation/engine.ts'

/** The cryptography of the validation, and what it takes to sign. */
export interface ProtocolEngine extends ValidationEngine {
  /** The 20 bytes of a private key's address. */
  addressOf(privateKey: Uint8Array): Uint8Array
  /** r ‖ s ‖ v, 65 bytes: by RFC 6979, so that the same key signs the same in the same way; low s, v 27 or 28. */
  sign(digest: Uint8Array, privateKey: Uint8Array): Uint8Array
}

const deterministic = { extraEntropy: false, prehash: false } as const

/** libsecp256k1 and keccak compiled to WebAssembly. */
export async function protocolEngine(): Promise<ProtocolEngine> {
  const [engine, { keccak256 }, { getPublicKey, sign }] = await Promise.all([
    oxEngine(),
    Hash.engine(),
    Secp256k1.engine(),
  ])
  return {
    ...engine,
    addressOf: (privateKey) => keccak256(getPublicKey(privateKey).subarray(1)).slice(12),
    sign(digest, privateKey) {
      const recoverable = sign(digest, privateKey, deterministic)
      const signature = new Uint8Array(65)
      signature.set(recoverable.subarray(1))
      signature[64] = 27 + (recoverable[0] ?? 0)
      return signature
    },
  }
}
