import type { Hex } from 'viem'

import { findLpPayError, PreconditionError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import { devnetDeployer } from './accounts.ts'
import type { DevnetRpc } from './json-rpc.ts'
import { sendTransaction } from './send-transaction.ts'
import type { DevnetTransaction } from './send-transaction.ts'

export type DeployerTransaction = Pick<DevnetTransaction, 'to' | 'data' | 'purpose'>

/**
 * Sends a transaction from the deployer's account, which anvil signs for, and waits until it is mined.
 *
 * @throws {PreconditionError} DEVNET_TRANSACTION_FAILED, DEVNET_NOT_MINING
 */
export async function sendAsDeployer(rpc: DevnetRpc, transaction: DeployerTransaction): Promise<void> {
  const { to, data, purpose } = transaction
  const from = devnetDeployer.address
  const estimate = await rpc.request('eth_estimateGas', [{ from, to, data }]).catch((cause: unknown) => {
    throw failed(purpose, cause)
  })
  const gas = (BigInt(estimate as Hex) * 3n) / 2n
  const receipt = (await sendTransaction(rpc, { ...transaction, from, gas })) as { readonly status: Hex }
  if (receipt.status !== '0x1') throw failed(purpose, undefined)
}

function failed(purpose: string, cause: unknown): PreconditionError {
  const reason = findLpPayError(cause)?.message
  const message = `the devnet cannot ${purpose}${reason === undefined ? '' : `: ${sanitize(reason)}`}`
  return new PreconditionError('DEVNET_TRANSACTION_FAILED', message, {
    cause,
    nextSteps: ['start afresh: lp-pay devnet down, then lp-pay devnet up'],
  })
}
