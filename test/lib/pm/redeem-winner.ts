import { encodeFunctionData, maxUint256 } from 'viem'
import type { Address, Hex } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { roundsManagerAbi } from '../../../src/lib/contracts/abi/rounds-manager.ts'
import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { auxData } from '../../../src/lib/pm/aux-data.ts'
import { recipientRandHash } from '../../../src/lib/pm/recipient-rand.ts'
import { signTicket } from '../../../src/lib/pm/sign-ticket.ts'
import type { Ticket } from '../../../src/lib/pm/ticket.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { transact } from '../sender/on-chain.ts'

/** Redeems a ticket of the gateway's that cannot but win, for an orchestrator. */
export async function redeemWinner(
  chain: TestDevnet,
  recipient: Address,
  faceValue: bigint,
  recipientRand: bigint,
): Promise<void> {
  const call = async (data: Hex) =>
    (await chain.rpc('eth_call', [{ to: devnetContracts.RoundsManager, data }, 'latest'])) as Hex
  const abi = roundsManagerAbi
  const creationRound = BigInt(await call(encodeFunctionData({ abi, functionName: 'currentRound' })))
  const creationRoundBlockHash = await call(
    encodeFunctionData({ abi, functionName: 'blockHashForRound', args: [creationRound] }),
  )
  const ticket: Ticket = {
    recipient,
    sender: gateway.address,
    faceValue,
    winProb: maxUint256,
    senderNonce: 1n,
    recipientRandHash: recipientRandHash(recipientRand),
    creationRound,
    creationRoundBlockHash,
  }
  const sig = await signTicket(ticket, await localSigner(gateway.privateKey))
  const data = encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName: 'redeemWinningTicket',
    args: [{ ...ticket, auxData: auxData(ticket) }, sig, recipientRand],
  })
  await transact(chain, gateway.address, devnetContracts.TicketBroker, data)
}
