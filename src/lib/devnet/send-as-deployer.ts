import type { Address, Hex } from 'viem'

import { findLpPayError, PreconditionError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import { devnetDeployer } from './accounts.ts'
import type { DevnetRpc } from './json-rpc.ts'

const patienceMilliseconds = 10_000

export interface DeployerTransaction {
  readonly to: Address
  readonly data: Hex
  /** For the message when it fails, as "initialize round 7". */
  readonly purpose: string
}

/**
 * Sends a transaction from the deployer's account, which anvil signs for, and waits until it is mined.
 *
 * @throws {PreconditionError} DEVNET_TRANSACTION_FAILED, DEVNET_NOT_MINING
 */
export async function sendAsDeployer(
  rpc: DevnetRpc,
  { to, data, purpose }: DeployerTransaction,
): Promise<void> {
  const call = { from: devnetDeployer.address, to, data }
  const [gas, price] = await Promise.all([
    rpc.request('eth_estimateGas', [call]).catch((cause: unknown) => {
      throw failed(purpose, cause)
    }),
    rpc.request('eth_gasPrice'),
  ])
  // Without a price anvil offers a tip of its own, which may be more than the most that it would pay.
  const priced = { ...call, gas: withMargin(gas as Hex), gasPrice: withMargin(price as Hex) }
  const hash = await rpc.request('eth_sendTransaction', [priced])
  const deadline = performance.now() + patienceMilliseconds
  while (performance.now() < deadline) {
    const receipt = (await rpc.request('eth_getTransactionReceipt', [hash])) as { status: Hex } | null
    if (receipt?.status === '0x1') return
    if (receipt !== null) throw failed(purpose, undefined)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new PreconditionError('DEVNET_NOT_MINING', `the devnet does not mine the transaction to ${purpose}`, {
    nextSteps: ['turn automatic mining on: cast rpc evm_setAutomine true'],
  })
}

function withMargin(gas: Hex): Hex {
  return `0x${((BigInt(gas) * 3n) / 2n).toString(16)}`
}

function failed(purpose: string, cause: unknown): PreconditionError {
  const reason = findLpPayError(cause)?.message
  const message = `the devnet cannot ${purpose}${reason === undefined ? '' : `: ${sanitize(reason)}`}`
  return new PreconditionError('DEVNET_TRANSACTION_FAILED', message, {
    cause,
    nextSteps: ['start afresh: lp-pay devnet down, then lp-pay devnet up'],
  })
}
