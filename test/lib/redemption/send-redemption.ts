import { encodeFunctionData, numberToHex } from 'viem'
import type { Hex } from 'viem'

import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { encodeRedemption, toContractTicket } from '../../../src/lib/redemption/onchain/encode.ts'
import type { Call } from '../../../src/lib/tx/operation.ts'
import { parseReceipt } from '../../../src/lib/tx/receipt.ts'
import type { Receipt } from '../../../src/lib/tx/receipt.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

/** Sends a call past lp-pay, by a gas limit, and waits for its block. */
export async function sendCall(
  chain: Pick<TestDevnet, 'rpc'>,
  { to, data }: Call,
  gasLimit: bigint,
): Promise<Receipt> {
  const gasPrice = numberToHex(2n * BigInt((await chain.rpc('eth_gasPrice')) as Hex))
  const gas = numberToHex(gasLimit)
  const hash = await chain.rpc('eth_sendTransaction', [{ from: gateway.address, to, data, gas, gasPrice }])
  return until(async () => parseReceipt(await chain.rpc('eth_getTransactionReceipt', [hash])), 2)
}

/** Redeems tickets in one transaction past lp-pay. */
export function sendRedemption(
  chain: Pick<TestDevnet, 'rpc'>,
  tickets: readonly SignedTicket[],
  gasLimit: bigint,
): Promise<Receipt> {
  return sendCall(chain, encodeRedemption(devnetContracts.TicketBroker, tickets), gasLimit)
}

/** The batch call, even for one ticket. */
export function encodeAsBatch(tickets: readonly SignedTicket[]): Call {
  const data = encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName: 'batchRedeemWinningTickets',
    args: [
      tickets.map(toContractTicket),
      tickets.map(({ sig }) => sig),
      tickets.map(({ recipientRand }) => recipientRand),
    ],
  })
  return { to: devnetContracts.TicketBroker, data, value: 0n }
}

/** The gas that the node proposes for a call. */
export async function nodesEstimate(chain: Pick<TestDevnet, 'rpc'>, { to, data }: Call): Promise<bigint> {
  return BigInt((await chain.rpc('eth_estimateGas', [{ from: gateway.address, to, data }])) as Hex)
}
