import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { PreconditionError } from '../errors.ts'
import type { DevnetRpc } from './json-rpc.ts'

const patienceMilliseconds = 10_000

export interface DevnetTransaction {
  /** An account that anvil signs for. */
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly value?: bigint
  readonly gas: bigint
  /** For the message when it fails, as "initialize round 7". */
  readonly purpose: string
}

/**
 * Sends a transaction, whatever becomes of it, and waits until it is mined.
 *
 * @returns its receipt as the node gives it
 * @throws {PreconditionError} DEVNET_NOT_MINING
 */
export async function sendTransaction(
  rpc: DevnetRpc,
  { from, to, data, value = 0n, gas, purpose }: DevnetTransaction,
): Promise<unknown> {
  // Without a price anvil offers a tip of its own, which may be more than the most that it would pay.
  const price = BigInt((await rpc.request('eth_gasPrice')) as Hex)
  const hash = await rpc.request('eth_sendTransaction', [
    {
      ...{ from, to, data, value: numberToHex(value), gas: numberToHex(gas) },
      gasPrice: numberToHex((price * 3n) / 2n),
    },
  ])
  const deadline = performance.now() + patienceMilliseconds
  while (performance.now() < deadline) {
    const receipt = await rpc.request('eth_getTransactionReceipt', [hash])
    if (receipt !== null) return receipt
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new PreconditionError('DEVNET_NOT_MINING', `the devnet does not mine the transaction to ${purpose}`, {
    nextSteps: ['turn automatic mining on: cast rpc evm_setAutomine true'],
  })
}
