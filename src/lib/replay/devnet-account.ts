import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { PreconditionError } from '../errors.ts'
import type { DevnetRpc } from '../devnet/json-rpc.ts'
import { parseReceipt } from '../tx/receipt.ts'
import type { Receipt } from '../tx/receipt.ts'

export interface DevnetTransaction {
  /** One of the devnet's accounts, which anvil signs for. */
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly value: bigint
  readonly gas: bigint
}

const patienceMilliseconds = 10_000

/**
 * Sends a transaction of a devnet's account, whatever becomes of it, and waits for its receipt.
 *
 * @throws {PreconditionError} DEVNET_NOT_MINING
 */
export async function sendOnDevnet(
  rpc: DevnetRpc,
  { from, to, data, value, gas }: DevnetTransaction,
): Promise<Receipt> {
  const price = BigInt((await rpc.request('eth_gasPrice')) as Hex)
  const hash = await rpc.request('eth_sendTransaction', [
    {
      ...{ from, to, data, value: numberToHex(value), gas: numberToHex(gas) },
      gasPrice: numberToHex(2n * price),
    },
  ])
  const deadline = performance.now() + patienceMilliseconds
  while (performance.now() < deadline) {
    const receipt = parseReceipt(await rpc.request('eth_getTransactionReceipt', [hash]))
    if (receipt !== undefined) return receipt
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new PreconditionError('DEVNET_NOT_MINING', 'the devnet does not mine a transaction')
}
