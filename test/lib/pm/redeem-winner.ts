import { concatHex, encodeFunctionData, keccak256, maxUint256, numberToHex, parseAbi } from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { transact } from '../sender/on-chain.ts'

const abi = parseAbi([
  'struct Ticket { address recipient; address sender; uint256 faceValue; uint256 winProb; uint256 senderNonce; bytes32 recipientRandHash; bytes auxData; }',
  'function getTicketHash(Ticket ticket) view returns (bytes32)',
  'function redeemWinningTicket(Ticket ticket, bytes sig, uint256 recipientRand)',
  'function blockHashForRound(uint256 round) view returns (bytes32)',
  'function currentRound() view returns (uint256)',
])

/** Redeems a ticket of the gateway's that cannot but win, for an orchestrator. */
export async function redeemWinner(
  chain: TestDevnet,
  recipient: Address,
  faceValue: bigint,
  recipientRand: bigint,
): Promise<void> {
  const { RoundsManager, TicketBroker } = devnetContracts
  const call = async (to: Address, data: Hex) =>
    (await chain.rpc('eth_call', [{ to, data }, 'latest'])) as Hex
  const round = await call(RoundsManager, encodeFunctionData({ abi, functionName: 'currentRound' }))
  const args = [BigInt(round)] as const
  const blockHash = await call(
    RoundsManager,
    encodeFunctionData({ abi, functionName: 'blockHashForRound', args }),
  )
  const ticket = {
    recipient,
    sender: gateway.address,
    faceValue,
    winProb: maxUint256,
    senderNonce: 1n,
    recipientRandHash: keccak256(numberToHex(recipientRand, { size: 32 })),
    auxData: concatHex([round, blockHash]),
  }
  const hash = await call(
    TicketBroker,
    encodeFunctionData({ abi, functionName: 'getTicketHash', args: [ticket] }),
  )
  const signature = await privateKeyToAccount(gateway.privateKey).signMessage({ message: { raw: hash } })
  const data = encodeFunctionData({
    abi,
    functionName: 'redeemWinningTicket',
    args: [ticket, signature, recipientRand],
  })
  await transact(chain, gateway.address, TicketBroker, data)
}
