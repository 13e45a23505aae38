import { keccak256, stringToHex, zeroAddress } from 'viem'
import type { Address } from 'viem'

import { contractNames } from '../chain/network.ts'
import type { ContractName, Network } from '../chain/network.ts'
import type { Rpc } from '../chain/rpc.ts'
import { ConfigurationError } from '../errors.ts'
import { controllerAbi } from './abi/controller.ts'
import { readContract } from './read-contract.ts'

export type Contracts = Readonly<Record<ContractName, Address>>

/**
 * Asks the Controller for every contract and holds the answers against the addresses known for the network.
 *
 * @throws {ConfigurationError} CONTRACT_MISSING, CONTRACT_MISMATCH
 */
export async function resolveContracts(rpc: Rpc, network: Network): Promise<Contracts> {
  const found = await Promise.all(
    contractNames.map(async (name) => [name, await resolve(rpc, network, name)] as const),
  )
  return Object.fromEntries(found) as Contracts
}

async function resolve(rpc: Rpc, network: Network, name: ContractName): Promise<Address> {
  const address = await readContract(rpc, {
    address: network.controller,
    abi: controllerAbi,
    functionName: 'getContract',
    args: [keccak256(stringToHex(name))],
  })
  if (address === zeroAddress) {
    throw new ConfigurationError('CONTRACT_MISSING', `the Controller of ${network.name} knows no ${name}`, {
      details: { controller: network.controller, contract: name },
      nextSteps: ["check the network's Controller: lp-pay config show"],
    })
  }
  const known = network.knownContracts?.[name]
  if (known !== undefined && known.toLowerCase() !== address.toLowerCase()) {
    throw new ConfigurationError(
      'CONTRACT_MISMATCH',
      `the Controller of ${network.name} names ${address} as ${name}, lp-pay knows ${known}`,
      {
        details: { contract: name, found: address, known },
        nextSteps: [
          'use an RPC you trust; if the contracts have moved, update lp-pay before you send anything',
        ],
      },
    )
  }
  return address
}
