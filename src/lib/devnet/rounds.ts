import { numberToHex } from 'viem'

import type { DevnetRpc } from './json-rpc.ts'
import { devnetContracts } from './network.ts'

/** Where the RoundsManager keeps the round and the block from which it counts. */
const baseRoundSlot = 5n
const baseBlockSlot = 6n

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
