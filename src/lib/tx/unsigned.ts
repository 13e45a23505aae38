import { serializeTransaction } from 'viem'
import type { Address, Hex } from 'viem'

import type { Preview } from './preview.ts'

/** An EIP-1559 transaction for another signer: hardware, KMS, an air-gapped machine. */
export interface UnsignedTransaction {
  readonly type: 'eip1559'
  readonly chainId: number
  readonly from: Address
  readonly nonce: number
  readonly to: Address
  readonly valueWei: bigint
  readonly data: Hex
  readonly gas: bigint
  readonly maxFeePerGasWei: bigint
  readonly maxPriorityFeePerGasWei: bigint
  /** What has to be signed: 0x02 and the RLP list without a signature. */
  readonly serialized: Hex
}

/** A file that Safe's transaction builder imports. */
export interface SafeFile {
  readonly version: '1.0'
  readonly chainId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly meta: {
    readonly name: string
    readonly description: string
    readonly createdFromSafeAddress: Address
  }
  readonly transactions: readonly {
    readonly to: Address
    readonly value: string
    readonly data: Hex
    readonly contractMethod: null
    readonly contractInputsValues: null
  }[]
}

export function toUnsigned(preview: Preview<unknown>, chainId: number): UnsignedTransaction {
  const { call, from, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = preview
  const fees = { maxFeePerGas, maxPriorityFeePerGas }
  return {
    type: 'eip1559',
    chainId,
    from,
    nonce,
    to: call.to,
    valueWei: call.value,
    data: call.data,
    gas: gasLimit,
    maxFeePerGasWei: maxFeePerGas,
    maxPriorityFeePerGasWei: maxPriorityFeePerGas,
    serialized: serializeTransaction({ ...call, ...fees, type: 'eip1559', chainId, nonce, gas: gasLimit }),
  }
}

export function toSafeFile(preview: Preview<{ readonly summary: string }>, chainId: number): SafeFile {
  const { call, effect, from, operation } = preview
  return {
    version: '1.0',
    chainId: String(chainId),
    createdAt: Date.now(),
    meta: { name: `lp-pay ${operation}`, description: effect.summary, createdFromSafeAddress: from },
    transactions: [
      {
        to: call.to,
        value: call.value.toString(),
        data: call.data,
        contractMethod: null,
        contractInputsValues: null,
      },
    ],
  }
}
