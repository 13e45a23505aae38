import { encodeFunctionData, keccak256, toHex } from 'viem'
import type { Address, Hex } from 'viem'

import { roundsManagerAbi } from '../../../src/lib/contracts/abi/rounds-manager.ts'
import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { makeSignedTicket, senderOf } from '../../helpers/make-signed-ticket.ts'
import type { TicketChanges } from '../../helpers/make-signed-ticket.ts'
import { transact } from '../sender/on-chain.ts'

/** Signed tickets of the chain's current round, each of its own nonce, that cannot but win. */
export async function makeWinners(
  chain: Pick<TestDevnet, 'rpc'>,
  count: number,
  changes: (index: number) => TicketChanges = () => ({}),
): Promise<SignedTicket[]> {
  const creation = await readCreation(chain)
  return Array.from({ length: count }, (_, index) =>
    makeSignedTicket({ ...creation, senderNonce: BigInt(index), ...changes(index) }),
  )
}

/** What a ticket says of its creation when it is made now. */
export async function readCreation(
  chain: Pick<TestDevnet, 'rpc'>,
): Promise<Pick<SignedTicket, 'creationRound' | 'creationRoundBlockHash'>> {
  const abi = roundsManagerAbi
  const call = async (data: Hex) =>
    (await chain.rpc('eth_call', [{ to: devnetContracts.RoundsManager, data }, 'latest'])) as Hex
  const creationRound = BigInt(await call(encodeFunctionData({ abi, functionName: 'currentRound' })))
  const args = [creationRound] as const
  return {
    creationRound,
    creationRoundBlockHash: await call(encodeFunctionData({ abi, functionName: 'blockHashForRound', args })),
  }
}

/** Makes gateways up and funds each one's deposit and reserve, in wei. */
export async function makeGateways(
  chain: TestDevnet,
  count: number,
  depositWei: bigint,
  reserveWei: bigint,
): Promise<{ readonly privateKey: Hex; readonly address: Address }[]> {
  const gateways = Array.from({ length: count }, (_, index) => {
    const privateKey = keccak256(toHex(`gateway ${String(index)}`))
    return { privateKey, address: senderOf(privateKey) }
  })
  for (const { address } of gateways) await fundFor(chain, address, depositWei, reserveWei)
  return gateways
}

/** Funds anybody's deposit and reserve, in wei. */
export async function fundFor(
  chain: TestDevnet,
  sender: Address,
  depositWei: bigint,
  reserveWei: bigint,
): Promise<void> {
  const args = [sender, depositWei, reserveWei] as const
  const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'fundDepositAndReserveFor', args })
  await transact(chain, devnetDeployer.address, devnetContracts.TicketBroker, data, depositWei + reserveWei)
}
