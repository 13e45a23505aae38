import type { Address, Hex } from 'viem'

import { quantityField, textField } from '../chain/quantity.ts'

export interface Log {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}

export interface Receipt {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly succeeded: boolean
  readonly gasUsed: bigint
  /** wei a gas */
  readonly effectiveGasPrice: bigint
  readonly logs: readonly Log[]
}

/** Reads what `eth_getTransactionReceipt` answers; undefined while there is no receipt. */
export function parseReceipt(answer: unknown): Receipt | undefined {
  if (answer === null || answer === undefined) return undefined
  const logs = (answer as { logs?: unknown }).logs
  return {
    hash: textField(answer, 'transactionHash') as Hex,
    blockNumber: quantityField(answer, 'blockNumber'),
    blockHash: textField(answer, 'blockHash') as Hex,
    succeeded: quantityField(answer, 'status') === 1n,
    gasUsed: quantityField(answer, 'gasUsed'),
    effectiveGasPrice: quantityField(answer, 'effectiveGasPrice'),
    logs: Array.isArray(logs) ? logs.map(parseLog) : [],
  }
}

/** Reads an event, of a receipt or of `eth_getLogs`. */
export function parseLog(log: unknown): Log {
  const topics = (log as { topics?: unknown }).topics
  return {
    address: textField(log, 'address') as Address,
    topics: Array.isArray(topics) ? (topics as Hex[]) : [],
    data: textField(log, 'data') as Hex,
  }
}
