import assert from 'node:assert/strict'
import { encodeFunctionData, keccak256, stringToHex, zeroAddress } from 'viem'
import type { Address } from 'viem'

import { arbitrumOne, contractNames } from '../../../src/lib/chain/network.ts'
import type { ContractName } from '../../../src/lib/chain/network.ts'
import { controllerAbi } from '../../../src/lib/contracts/abi/controller.ts'
import { resolveContracts } from '../../../src/lib/contracts/resolve-contracts.ts'
import { stubRpc } from './stub-rpc.ts'

const known = arbitrumOne.knownContracts as Readonly<Record<ContractName, Address>>
const stranger: Address = '0x00000000000000000000000000000000000000aa'

/** A Controller that names these contracts. */
function controller(named: Readonly<Record<ContractName, Address>>) {
  const names = new Map(
    contractNames.map((name) => {
      const args = [keccak256(stringToHex(name))] as const
      return [encodeFunctionData({ abi: controllerAbi, functionName: 'getContract', args }), named[name]]
    }),
  )
  return stubRpc((_, [call]) => {
    const { to, data } = call as { to: Address; data: `0x${string}` }
    assert.equal(to, arbitrumOne.controller)
    return `0x${(names.get(data) ?? zeroAddress).slice(2).toLowerCase().padStart(64, '0')}`
  })
}

describe('resolveContracts', () => {
  it('takes what the Controller names when it is what is known', async () => {
    assert.deepEqual(await resolveContracts(controller(known), arbitrumOne), known)
  })

  for (const name of contractNames) {
    it(`refuses another ${name}`, async () => {
      await assert.rejects(resolveContracts(controller({ ...known, [name]: stranger }), arbitrumOne), {
        name: 'ConfigurationError',
        code: 'CONTRACT_MISMATCH',
        message: `the Controller of arbitrum-one-mainnet names 0x00000000000000000000000000000000000000AA as ${name}, lp-pay knows ${known[name]}`,
        details: { contract: name, found: '0x00000000000000000000000000000000000000AA', known: known[name] },
      })
    })

    it(`refuses a Controller without ${name}`, async () => {
      await assert.rejects(resolveContracts(controller({ ...known, [name]: zeroAddress }), arbitrumOne), {
        name: 'ConfigurationError',
        code: 'CONTRACT_MISSING',
        message: `the Controller of arbitrum-one-mainnet knows no ${name}`,
        details: { controller: arbitrumOne.controller, contract: name },
      })
    })
  }

  it('believes the Controller of a network of which nothing is known', async () => {
    const { knownContracts: _, ...network } = arbitrumOne
    const moved = { ...known, TicketBroker: stranger }
    const { TicketBroker } = await resolveContracts(controller(moved), { ...network, name: 'mine' })
    assert.equal(TicketBroker, '0x00000000000000000000000000000000000000AA')
  })

  it('compares addresses, not their spelling', async () => {
    const lower = known.TicketBroker.toLowerCase() as Address
    const network = { ...arbitrumOne, knownContracts: { ...known, TicketBroker: lower } }
    assert.equal((await resolveContracts(controller(known), network)).TicketBroker, known.TicketBroker)
  })
})
