/** Signatures to be checked together, each after the other. */
export interface SignatureBatch {
  readonly count: number
  /** 32 bytes each: what was signed. */
  readonly digests: Uint8Array
  /** 65 bytes each: r ‖ s ‖ v; s is low and v is 27 or 28. */
  readonly signatures: Uint8Array
  /** 20 bytes each: the address that should have signed. */
  readonly signers: Uint8Array
}

/**
 * The cryptography of the validation, on bytes. Signatures come as a batch, because checking many together can be faster
 * than one by one.
 */
export interface ValidationEngine {
  /** What comes back may be overwritten by the next call. */
  keccak256(input: Uint8Array): Uint8Array
  /** @returns one byte for each signature: 1 if it recovers to its signer, else 0 */
  checkSigners(batch: SignatureBatch): Uint8Array
}
