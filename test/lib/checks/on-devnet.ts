import { encodeFunctionData, parseEther, parseGwei } from 'viem'
import type { Address, Hex } from 'viem'

import { planChecks, readCheckFlags } from '../../../src/lib/checks/plan-checks.ts'
import type { CheckReport, CheckResult } from '../../../src/lib/checks/report.ts'
import { runChecks } from '../../../src/lib/checks/run-checks.ts'
import type { Network } from '../../../src/lib/chain/network.ts'
import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { devnet as devnetNetwork, devnetContracts } from '../../../src/lib/devnet/network.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { until } from '../../helpers/until.ts'

export const sender = devnetAccounts[1].address

export interface CheckSetup {
  readonly urls: readonly string[]
  /** As on the command line, without the dashes. */
  readonly asked?: Readonly<Record<string, string | true>>
  readonly network?: Network
}

/** Makes the checks that are asked for, and those that always are. */
export async function check({ urls, asked = {}, network = devnetNetwork }: CheckSetup): Promise<CheckReport> {
  const checks = planChecks(network, readCheckFlags(asked))
  const address = checks.some(({ needsAccount }) => needsAccount) ? sender : null
  return runChecks({ network, urls, checks, address })
}

/** All that a report says of one check. */
export function resultsOf({ checks }: CheckReport, name: string): readonly Omit<CheckResult, 'name'>[] {
  return checks.filter((result) => result.name === name).map(({ name: _, ...rest }) => rest)
}

/** Makes one check of the sender's account. */
export async function checkSender(devnet: TestDevnet, name: string, limit: string | true) {
  const report = await check({ urls: [devnet.rpcUrl], asked: { [name]: limit } })
  return resultsOf(report, name)[0]
}

/** Sends a transaction from one of the accounts that anvil signs for, and waits until it is mined. */
export async function send(
  devnet: TestDevnet,
  transaction: { from?: Address; to: Address; data: Hex; value?: bigint },
): Promise<void> {
  const { from = sender, value = 0n, ...rest } = transaction
  // Enough for the next block's price, whatever it is.
  const fees = { gas: '0x100000', gasPrice: `0x${parseGwei('1').toString(16)}` }
  const call = { from, value: `0x${value.toString(16)}`, ...fees, ...rest }
  const hash = await devnet.rpc('eth_sendTransaction', [call])
  const { status } = await until(async () => {
    return ((await devnet.rpc('eth_getTransactionReceipt', [hash])) as { status: Hex } | null) ?? undefined
  })
  if (status !== '0x1') throw new Error('the transaction has failed')
}

export async function fund(devnet: TestDevnet, depositEth: string, reserveEth: string): Promise<void> {
  const [deposit, reserve] = [parseEther(depositEth), parseEther(reserveEth)]
  const data = encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName: 'fundDepositAndReserve',
    args: [deposit, reserve],
  })
  await send(devnet, { to: devnetContracts.TicketBroker, data, value: deposit + reserve })
}

export async function unlock(devnet: TestDevnet): Promise<void> {
  const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'unlock' })
  await send(devnet, { to: devnetContracts.TicketBroker, data })
}
