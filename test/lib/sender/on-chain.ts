import { encodeFunctionData, keccak256, numberToHex, parseAbi, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { connectDevnet } from '../../../src/lib/devnet/json-rpc.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { warpToRound } from '../../../src/lib/devnet/rounds.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

const controllerAbi = parseAbi([
  'function pause()',
  'function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash)',
])
const roundsAbi = parseAbi([
  'function currentRound() view returns (uint256)',
  'function blockNum() view returns (uint256)',
])

/** Sends a transaction from an account that anvil signs for, past lp-pay, and waits for its block. */
export async function transact(
  chain: TestDevnet,
  from: Address,
  to: Address,
  data: Hex = '0x',
  value = 0n,
): Promise<void> {
  const gasPrice = numberToHex(2n * BigInt((await chain.rpc('eth_gasPrice')) as Hex))
  const hash = await chain.rpc('eth_sendTransaction', [
    { from, to, data, value: numberToHex(value), gasPrice },
  ])
  const { status } = await until(async () => {
    return ((await chain.rpc('eth_getTransactionReceipt', [hash])) as { status: string } | null) ?? undefined
  }, 2)
  if (status !== '0x1') throw new Error(`${data} reverted`)
}

/** Funds a gateway's deposit and reserve, in wei. */
export async function fund(
  chain: TestDevnet,
  depositWei: bigint,
  reserveWei: bigint,
  from: Address = gateway.address,
): Promise<void> {
  const args = [depositWei, reserveWei] as const
  const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'fundDepositAndReserve', args })
  await transact(chain, from, devnetContracts.TicketBroker, data, depositWei + reserveWei)
}

export async function unlock(chain: TestDevnet, from: Address = gateway.address): Promise<void> {
  const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'unlock' })
  await transact(chain, from, devnetContracts.TicketBroker, data)
}

/** Pauses the protocol, as the Controller's owner may. */
export async function pause(chain: TestDevnet): Promise<void> {
  const data = encodeFunctionData({ abi: controllerAbi, functionName: 'pause' })
  await transact(chain, devnetDeployer.address, devnetContracts.Controller, data)
}

/** Makes the Controller name another contract. */
export async function rename(chain: TestDevnet, name: string, address: Address): Promise<void> {
  const args = [keccak256(stringToHex(name)), address, `0x${'00'.repeat(20)}`] as const
  const data = encodeFunctionData({ abi: controllerAbi, functionName: 'setContractInfo', args })
  await transact(chain, devnetDeployer.address, devnetContracts.Controller, data)
}

/** Begins the next round, which nobody initialises. */
export async function beginRoundUninitialised(chain: TestDevnet): Promise<void> {
  const rpc = connectDevnet(chain.rpcUrl)
  try {
    const round = await readRounds(chain, 'currentRound')
    await warpToRound(rpc, round + 1n, await readRounds(chain, 'blockNum'))
  } finally {
    rpc.close()
  }
}

async function readRounds(chain: TestDevnet, functionName: 'currentRound' | 'blockNum'): Promise<bigint> {
  const data = encodeFunctionData({ abi: roundsAbi, functionName })
  return BigInt((await chain.rpc('eth_call', [{ to: devnetContracts.RoundsManager, data }, 'latest'])) as Hex)
}

export async function nonceOf(chain: TestDevnet, address: Address = gateway.address): Promise<number> {
  return Number(await chain.rpc('eth_getTransactionCount', [address, 'latest']))
}
