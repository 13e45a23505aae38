import { encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { roundsManagerAbi } from '../../../src/lib/contracts/abi/rounds-manager.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { recipientRandHash } from '../../../src/lib/pm/recipient-rand.ts'
import { signTicket } from '../../../src/lib/pm/sign-ticket.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { encodeRedemption } from '../../../src/lib/redemption/onchain/encode.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { makeTicket } from '../../helpers/make-ticket.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { transact } from '../sender/on-chain.ts'

/** A ticket of the gateway's, made in the current round, that cannot but win. */
export async function signWinner(
  chain: TestDevnet,
  recipient: Address,
  faceValue: bigint,
  recipientRand: bigint,
): Promise<SignedTicket> {
  const readRounds = async (data: Hex) =>
    (await chain.rpc('eth_call', [{ to: devnetContracts.RoundsManager, data }, 'latest'])) as Hex
  const abi = roundsManagerAbi
  const creationRound = BigInt(
    await readRounds(encodeFunctionData({ abi, functionName: 'currentRound', args: [] })),
  )
  const ticket = makeTicket({
    recipient,
    faceValue,
    recipientRandHash: recipientRandHash(recipientRand),
    creationRound,
    creationRoundBlockHash: await readRounds(
      encodeFunctionData({ abi, functionName: 'blockHashForRound', args: [creationRound] }),
    ),
  })
  const sig = await signTicket(ticket, await localSigner(gateway.privateKey))
  return { ...ticket, sig, recipientRand }
}

/** Redeems a ticket of the gateway's that cannot but win, for an orchestrator. */
export async function redeemWinner(
  chain: TestDevnet,
  recipient: Address,
  faceValue: bigint,
  recipientRand: bigint,
): Promise<void> {
  const ticket = await signWinner(chain, recipient, faceValue, recipientRand)
  const { to, data } = encodeRedemption(devnetContracts.TicketBroker, [ticket])
  await transact(chain, gateway.address, to, data)
}
