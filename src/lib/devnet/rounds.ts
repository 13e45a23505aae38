import { keccak256, numberToHex } from 'viem'
import type { Hex } from 'viem'

import type { DevnetRpc } from './json-rpc.ts'
import { devnetContracts } from './network.ts'

/** Where the RoundsManager keeps the round and the block from which it counts. */
const baseRoundSlot = 5n
const baseBlockSlot = 6n
/** Where its block hashes by round begin. */
const blockHashSlot = 7n

/** Makes `round` the RoundsManager's current round, begun at `startBlock`, without mining its blocks. */
export async function warpToRound(rpc: DevnetRpc, round: bigint, startBlock: bigint): Promise<void> {
  await setSlot(rpc, baseRoundSlot, round)
  await setSlot(rpc, baseBlockSlot, startBlock)
}

/** Overwrites one slot of the RoundsManager. */
export async function setSlot(rpc: DevnetRpc, slot: bigint, value: bigint): Promise<void> {
  const word = (number: bigint) => numberToHex(number, { size: 32 })
  await rpc.request('anvil_setStorageAt', [devnetContracts.RoundsManager, word(slot), word(value)])
}

/** Makes `hash` what the RoundsManager says of a round's block. */
export async function setRoundBlockHash(rpc: DevnetRpc, round: bigint, hash: Hex): Promise<void> {
  const key = `${numberToHex(round, { size: 32 })}${numberToHex(blockHashSlot, { size: 32 }).slice(2)}` as Hex
  await setSlot(rpc, BigInt(keccak256(key)), BigInt(hash))
}
