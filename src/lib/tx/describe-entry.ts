import type { Address, Hex } from 'viem'

import { hashOf } from './journal-entry.ts'
import type { EntryState, JournalEntry } from './journal-entry.ts'

/** An entry of the journal as it may be shown: without the signed bytes. */
export interface EntryReport {
  readonly hash: Hex
  readonly operation: string
  readonly state: EntryState
  readonly network: string
  readonly from: Address
  readonly to: Address
  readonly nonce: number
  readonly valueWei: bigint
  readonly data: Hex
  readonly attempts: readonly {
    readonly hash: Hex
    /** ISO 8601 */
    readonly signedAt: string
    readonly maxFeePerGasWei: bigint
    readonly maxPriorityFeePerGasWei: bigint
    readonly gasLimit: bigint
  }[]
  /** Null until it is in a block. */
  readonly mined: { readonly blockNumber: bigint; readonly gasUsed: bigint; readonly feeWei: bigint } | null
}

export function describeEntry(entry: JournalEntry): EntryReport {
  const { operation, state, network, from, nonce, call, attempts, minedAs } = entry
  return {
    hash: hashOf(entry),
    operation,
    state,
    network,
    from,
    to: call.to,
    nonce,
    valueWei: call.value,
    data: call.data,
    attempts: attempts.map((attempt) => ({
      hash: attempt.hash,
      signedAt: attempt.signedAt,
      maxFeePerGasWei: attempt.maxFeePerGas,
      maxPriorityFeePerGasWei: attempt.maxPriorityFeePerGas,
      gasLimit: attempt.gas,
    })),
    mined: minedAs
      ? {
          blockNumber: minedAs.blockNumber,
          gasUsed: minedAs.gasUsed,
          feeWei: minedAs.gasUsed * minedAs.effectiveGasPrice,
        }
      : null,
  }
}
