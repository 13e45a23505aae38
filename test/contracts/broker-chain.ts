import {
  encodeAbiParameters,
  encodeFunctionData,
  keccak256,
  numberToHex,
  parseAbi,
  toEventSelector,
} from 'viem'
import type { Address, Hex } from 'viem'

import { RpcResponseError } from '../../src/lib/chain/rpc.ts'
import { ticketBrokerAbi } from '../../src/lib/contracts/abi/ticket-broker.ts'
import { revertReason } from '../../src/lib/contracts/revert-reasons.ts'
import { devnetDeployer } from '../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../src/lib/devnet/network.ts'
import { auxData } from '../../src/lib/pm/aux-data.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import type { TestDevnet } from '../helpers/devnet.ts'
import { beginRoundUninitialised } from '../lib/sender/on-chain.ts'
import { until } from '../helpers/until.ts'

const { TicketBroker, BondingManager, RoundsManager } = devnetContracts

const bondingAbi = parseAbi([
  'function bond(uint256 amount, address to)',
  'function unbond(uint256 amount)',
  'function transcoder(uint256 rewardCut, uint256 feeShare)',
  'function initializeRound()',
  'function transcoderTotalStake(address transcoder) view returns (uint256)',
])

/** A transaction to come. */
export interface Call {
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly value?: bigint
}

export interface Log {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** A redemption; anybody may send it. */
export function redemption(from: Address, { sig, recipientRand, ...ticket }: SignedTicket): Call {
  const args = [{ ...ticket, auxData: auxData(ticket) }, sig, recipientRand] as const
  return brokerCall(
    from,
    encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'redeemWinningTicket', args }),
  )
}

export function batchRedemption(from: Address, tickets: readonly SignedTicket[]): Call {
  const args = [
    tickets.map((ticket) => ({ ...ticket, auxData: auxData(ticket) })),
    tickets.map(({ sig }) => sig),
    tickets.map(({ recipientRand }) => recipientRand),
  ] as const
  return brokerCall(
    from,
    encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'batchRedeemWinningTickets', args }),
  )
}

export function fundingFor(from: Address, sender: Address, depositWei: bigint, reserveWei: bigint): Call {
  const args = [sender, depositWei, reserveWei] as const
  const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'fundDepositAndReserveFor', args })
  return brokerCall(from, data, depositWei + reserveWei)
}

export function brokerCall(from: Address, data: Hex, value = 0n): Call {
  return { from, to: TicketBroker, data, value }
}

/** Registers an orchestrator that has bonded, and gives it a place in the next round if there is one. */
export function joining(from: Address): Call {
  const args = [100_000n, 50_000n] as const
  return {
    from,
    to: BondingManager,
    data: encodeFunctionData({ abi: bondingAbi, functionName: 'transcoder', args }),
  }
}

/** Gives up an orchestrator's whole stake, and with it its registration. */
export async function leaving(chain: TestDevnet, from: Address): Promise<Call> {
  const data = encodeFunctionData({ abi: bondingAbi, functionName: 'transcoderTotalStake', args: [from] })
  const stake = BigInt((await chain.rpc('eth_call', [{ to: BondingManager, data }, 'latest'])) as Hex)
  const unbond = encodeFunctionData({ abi: bondingAbi, functionName: 'unbond', args: [stake] })
  return { from, to: BondingManager, data: unbond }
}

/** Why a call would revert now; undefined when it would not. */
export async function refusal(chain: TestDevnet, { value = 0n, ...call }: Call): Promise<string | undefined> {
  try {
    await chain.rpc('eth_call', [{ ...call, value: numberToHex(value), gas: gasLimit }, 'latest'])
    return undefined
  } catch (error) {
    if (!(error instanceof RpcResponseError)) throw error
    return revertReason(error)
  }
}

/** Enough for a batch of ten. */
const gasLimit = numberToHex(5_000_000)

/** Sends what must succeed, for no fee, and gives what it logged. */
export async function mine(chain: TestDevnet, { value = 0n, ...call }: Call): Promise<readonly Log[]> {
  const transaction = { ...call, value: numberToHex(value), gas: gasLimit, gasPrice: '0x0' }
  const hash = await chain.rpc('eth_sendTransaction', [transaction])
  const { status, logs } = await until(async () => {
    return ((await chain.rpc('eth_getTransactionReceipt', [hash])) as Receipt | null) ?? undefined
  }, 1)
  if (status !== '0x1') throw new Error(`${call.data.slice(0, 10)} reverted`)
  return logs.map(({ address, topics, data }) => ({ address, topics, data }))
}

/** What the redemptions that logged this have paid in all, in wei. */
export function paidIn(logs: readonly Log[]): bigint {
  const transfers = logs.filter(({ topics }) => topics[0] === transferTopic)
  return transfers.reduce((paid, { data }) => paid + BigInt(data), 0n)
}

const transferTopic = toEventSelector('WinningTicketTransfer(address,address,uint256)')

interface Receipt {
  readonly status: Hex
  readonly logs: readonly Log[]
}

/** Makes transactions free and the hashes of the rounds known, so that two chains can be compared. */
export async function makeComparable(chain: TestDevnet): Promise<void> {
  await chain.rpc('anvil_setNextBlockBaseFeePerGas', ['0x0'])
  for (const round of [1000n, 1001n]) await settleRoundHash(chain, round)
}

/** Begins the next round, initialised or not. */
export async function beginRound(chain: TestDevnet, round: bigint, initialised: boolean): Promise<void> {
  await beginRoundUninitialised(chain)
  if (initialised) await initialise(chain, round)
}

export async function initialise(chain: TestDevnet, round: bigint): Promise<void> {
  const data = encodeFunctionData({ abi: bondingAbi, functionName: 'initializeRound' })
  await mine(chain, { from: devnetDeployer.address, to: RoundsManager, data })
  await settleRoundHash(chain, round)
}

/** The hash that a round has on every comparable chain. */
export function roundHash(round: bigint): Hex {
  return keccak256(numberToHex(round))
}

/** Where the RoundsManager keeps the hashes of rounds. */
const roundHashSlot = 7n

async function settleRoundHash(chain: TestDevnet, round: bigint): Promise<void> {
  const words = [{ type: 'uint256' }, { type: 'uint256' }] as const
  const slot = keccak256(encodeAbiParameters(words, [round, roundHashSlot]))
  await chain.rpc('anvil_setStorageAt', [RoundsManager, slot, roundHash(round)])
}
