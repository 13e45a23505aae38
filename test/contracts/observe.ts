import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address, Hex } from 'viem'

import { RpcResponseError } from '../../src/lib/chain/rpc.ts'
import { revertReason } from '../../src/lib/contracts/revert-reasons.ts'
import { devnetContracts } from '../../src/lib/devnet/network.ts'
import type { TestDevnet } from '../helpers/devnet.ts'
import { orchestrators, recipients, senders, stranger } from './operations.ts'
import { claimableReserve, claimedReserve, isUsed, senderInfo } from './read-broker.ts'

const { BondingManager, Minter, TicketBroker } = devnetContracts

const abi = parseAbi([
  'function isActiveTranscoder(address transcoder) view returns (bool)',
  'function isRegisteredTranscoder(address transcoder) view returns (bool)',
  'function pendingFees(address delegator, uint256 endRound) view returns (uint256)',
])

export interface SenderState {
  readonly deposit: bigint
  readonly withdrawRound: bigint
  readonly reserve: bigint
  readonly claimedInCurrentRound: bigint
  /** By recipient; a reason where the contract gives none. */
  readonly claimable: Readonly<Record<Address, bigint | string>>
  readonly claimed: Readonly<Record<Address, bigint>>
}

/** All that can be seen of a broker and that its operations may change. */
export interface State {
  readonly senders: Readonly<Record<Address, SenderState>>
  readonly active: Readonly<Record<Address, boolean>>
  readonly registered: Readonly<Record<Address, boolean>>
  readonly fees: Readonly<Record<Address, bigint>>
  readonly balances: Readonly<Record<Address, bigint>>
  readonly used: Readonly<Record<Hex, boolean>>
}

/** Reads a chain's state, with whether these tickets are used. */
export async function observe(chain: TestDevnet, tickets: Iterable<Hex>): Promise<State> {
  const holders = [...senders.map(({ address }) => address), stranger, Minter, TicketBroker]
  const [senderStates, active, registered, fees, balances, used] = await Promise.all([
    byKey(
      senders.map(({ address }) => address),
      (address) => observeSender(chain, address),
    ),
    byKey(recipients, (address) => askBonding(chain, 'isActiveTranscoder', address)),
    byKey(recipients, (address) => askBonding(chain, 'isRegisteredTranscoder', address)),
    byKey(
      orchestrators.map(({ address }) => address),
      (address) => pendingFees(chain, address),
    ),
    byKey(holders, async (address) =>
      BigInt((await chain.rpc('eth_getBalance', [address, 'latest'])) as Hex),
    ),
    byKey([...tickets], (hash) => isUsed(chain, hash)),
  ])
  return { senders: senderStates, active, registered, fees, balances, used }
}

async function observeSender(chain: TestDevnet, sender: Address): Promise<SenderState> {
  const [[{ deposit, withdrawRound }, reserve], claimable, claimed] = await Promise.all([
    senderInfo(chain, sender),
    byKey(recipients, (recipient) => claimableReserve(chain, sender, recipient).catch(reason)),
    byKey(recipients, (recipient) => claimedReserve(chain, sender, recipient)),
  ])
  const { fundsRemaining, claimedInCurrentRound } = reserve
  return { deposit, withdrawRound, reserve: fundsRemaining, claimedInCurrentRound, claimable, claimed }
}

function reason(error: unknown): string {
  if (error instanceof RpcResponseError) return revertReason(error)
  throw error
}

async function askBonding(
  chain: TestDevnet,
  functionName: 'isActiveTranscoder' | 'isRegisteredTranscoder',
  transcoder: Address,
): Promise<boolean> {
  const call = { abi, functionName, args: [transcoder] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

async function pendingFees(chain: TestDevnet, delegator: Address): Promise<bigint> {
  const call = { abi, functionName: 'pendingFees', args: [delegator, 0n] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

async function ask(chain: TestDevnet, data: Hex): Promise<Hex> {
  return (await chain.rpc('eth_call', [{ to: BondingManager, data }, 'latest'])) as Hex
}

async function byKey<value>(
  keys: readonly Hex[],
  read: (key: Hex) => Promise<value>,
): Promise<Record<Hex, value>> {
  return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)))
}
