import { getAddress, toHex } from 'viem'
import type { Address, Hex } from 'viem'

import type { RandomSource } from '../probability/random-source.ts'
import { drawBytes } from './draw.ts'
import type { ProtocolOptions } from './options.ts'
import type { ProtocolEngine } from './protocol-engine.ts'

export interface SenderKey {
  readonly address: Address
  readonly privateKey: Uint8Array
}

export interface OrchestratorSecret {
  readonly address: Address
  /** Its recipientRands are made with it. */
  readonly secret: Hex
}

export interface Parties {
  readonly senders: readonly SenderKey[]
  readonly orchestrators: readonly OrchestratorSecret[]
}

/** Keys and secrets of a random source that can be repeated: whoever knows the seed has them. For simulations only. */
export function makeParties(
  { senders, orchestrators, orchestratorAddresses = [] }: ProtocolOptions,
  random: RandomSource,
  engine: ProtocolEngine,
): Parties {
  const makeKey = (): SenderKey => {
    const privateKey = drawBytes(random, 32)
    return { address: getAddress(toHex(engine.addressOf(privateKey))), privateKey }
  }
  return {
    senders: Array.from({ length: senders }, makeKey),
    orchestrators: Array.from({ length: orchestrators }, (_, index) => {
      const { address } = makeKey()
      const secret = toHex(drawBytes(random, 32))
      return { address: orchestratorAddresses[index] ?? address, secret }
    }),
  }
}
