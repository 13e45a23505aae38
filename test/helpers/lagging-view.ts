import type { SeenCall } from './fault-rules.ts'

const blockParameter: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_estimateGas: 1,
  eth_feeHistory: 1,
  eth_getBalance: 1,
  eth_getBlockByNumber: 0,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
}

/** Changes a call so that the node answers it as of block `head`. */
export function askAsOf(call: SeenCall, head: bigint): SeenCall {
  if (call.method === 'eth_getLogs') {
    const filter = call.params[0] as Readonly<Record<string, unknown>>
    if ('blockHash' in filter) return call
    return { ...call, params: [{ ...filter, toBlock: atMost(filter['toBlock'], head) }] }
  }
  const index = blockParameter[call.method]
  if (index === undefined) return call
  const params = [...call.params]
  params[index] = atMost(params[index], head)
  return { ...call, params }
}

/** Changes an answer to what a node that has come as far as block `head` would say. */
export function answerAsOf(call: SeenCall, result: unknown, head: bigint): unknown {
  if (call.method === 'eth_blockNumber') return toHex(head)
  if (call.method === 'eth_getBlockByNumber') return isBeyond(call.params[0], head) ? null : result
  const isOfTransaction =
    call.method === 'eth_getTransactionReceipt' || call.method === 'eth_getTransactionByHash'
  if (!isOfTransaction || typeof result !== 'object' || result === null || !('blockNumber' in result))
    return result
  return isBeyond(result.blockNumber, head) ? null : result
}

function atMost(block: unknown, head: bigint): unknown {
  return block === undefined || block === 'latest' || block === 'pending' || isBeyond(block, head)
    ? toHex(head)
    : block
}

function isBeyond(block: unknown, head: bigint): boolean {
  return typeof block === 'string' && block.startsWith('0x') && BigInt(block) > head
}

function toHex(value: bigint): string {
  return `0x${value.toString(16)}`
}
