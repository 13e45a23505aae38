import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keccak256, stringToHex } from 'viem'
import type { Abi, Address, Hex } from 'viem'

import { compileContract } from '../compile-contract.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

/** The published contracts, and those of our own. */
export const artifacts = {
  controller: artifact('Controller'),
  token: artifact('token/LivepeerToken'),
  proxy: artifact('ManagerProxy'),
  sortedList: artifact('libraries/SortedDoublyLL'),
  ticketBroker: artifact('pm/TicketBroker'),
  bondingManager: artifact('bonding/BondingManager'),
  roundsManager: artifact('rounds/RoundsManager'),
  adjustableRoundsManager: artifact('rounds/AdjustableRoundsManager'),
  serviceRegistry: artifact('ServiceRegistry'),
  minter: artifact('token/Minter'),
  rateFeed: compileContract(join(root, 'contracts', 'RateFeed.sol'), 'RateFeed'),
  ticketBroker2026: compileContract(join(root, 'contracts', 'TicketBroker2026.sol'), 'TicketBroker2026'),
}

function artifact(path: string): Artifact {
  const file = join(
    root,
    'node_modules/@livepeer/sdk/abis/contracts',
    `${path}.sol`,
    `${path.split('/').at(-1) ?? ''}.json`,
  )
  return JSON.parse(readFileSync(file, 'utf8')) as Artifact
}

/** Puts the library's address where the compiler left its placeholder. */
export function link({ abi, bytecode }: Artifact, library: Address): Artifact {
  const id = keccak256(stringToHex('contracts/libraries/SortedDoublyLL.sol:SortedDoublyLL')).slice(2, 36)
  return { abi, bytecode: bytecode.replaceAll(`__$${id}$__`, library.slice(2)) as Hex }
}
