import { concatHex, encodeDeployData, keccak256, numberToHex, parseEther, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { devnetAccounts, devnetDeployer } from '../../src/lib/devnet/accounts.ts'
import type { DevnetRpc } from '../../src/lib/devnet/json-rpc.ts'
import { devnetContracts, ticketBrokerTargets } from '../../src/lib/devnet/network.ts'
import type { DevnetRules } from '../../src/lib/devnet/rules.ts'
import { artifacts, link } from './artifacts.ts'
import type { Artifact } from './artifacts.ts'
import { deploy, send } from './transact.ts'

const activeOrchestrators = 3n

export async function deployContracts(rpc: DevnetRpc): Promise<void> {
  const { Controller } = devnetContracts
  const deployed: (readonly [name: string, address: Address])[] = []
  const add = async (
    name: string,
    code: Artifact,
    args: readonly unknown[],
    expected?: Address,
  ): Promise<Address> => {
    const address = await deploy(rpc, name, encodeDeployData({ ...code, args }), expected)
    deployed.push([name, address])
    return address
  }
  const addBehindProxy = async (
    name: string,
    code: Artifact,
    expected: Address,
    expectedTarget?: Address,
  ): Promise<void> => {
    await add(`${name}Target`, code, [Controller], expectedTarget)
    await add(name, artifacts.proxy, [Controller, contractId(`${name}Target`)], expected)
  }

  await deploy(rpc, 'Controller', encodeDeployData({ ...artifacts.controller }), Controller)
  const sortedList = await deploy(rpc, 'SortedDoublyLL', artifacts.sortedList.bytecode)
  await add('LivepeerToken', artifacts.token, [], devnetContracts.LivepeerToken)
  await addBehindProxy(
    'TicketBroker',
    artifacts.ticketBroker,
    devnetContracts.TicketBroker,
    ticketBrokerTargets['2022'],
  )
  await addBehindProxy(
    'BondingManager',
    link(artifacts.bondingManager, sortedList),
    devnetContracts.BondingManager,
  )
  await addBehindProxy('RoundsManager', artifacts.roundsManager, devnetContracts.RoundsManager)
  await addBehindProxy('ServiceRegistry', artifacts.serviceRegistry, devnetContracts.ServiceRegistry)
  await add('Minter', artifacts.minter, [Controller, 137n, 3n, 500_000n], devnetContracts.Minter)
  deployed.push([
    'L2LPTDataCache',
    await deploy(rpc, 'L2LPTDataCache', oneWordContract(parseEther('20000000'))),
  ])
  // The Minter takes ETH only from the contract of this name.
  deployed.push(['JobsManager', devnetContracts.TicketBroker])
  const { adjustableRoundsManager } = artifacts
  const adjustable = encodeDeployData({ ...adjustableRoundsManager, args: [Controller] })
  await deploy(
    rpc,
    'AdjustableRoundsManagerTarget',
    adjustable,
    devnetContracts.AdjustableRoundsManagerTarget,
  )
  const ticketBroker2026 = encodeDeployData({ ...artifacts.ticketBroker2026, args: [Controller] })
  await deploy(rpc, 'TicketBroker2026', ticketBroker2026, ticketBrokerTargets['2026'])
  await deploy(rpc, 'RateFeed', artifacts.rateFeed.bytecode, devnetContracts.RateFeed)
  await deploy(rpc, 'SequencerFeed', artifacts.rateFeed.bytecode, devnetContracts.SequencerFeed)
  await send(rpc, devnetContracts.SequencerFeed, artifacts.rateFeed, 'setAnswer', [0n])
  await send(rpc, devnetContracts.SequencerFeed, artifacts.rateFeed, 'setAge', [86_400n])

  for (const [name, address] of deployed) {
    const args = [contractId(name), address, numberToHex(0, { size: 20 })]
    await send(rpc, Controller, artifacts.controller, 'setContractInfo', args)
  }
  await send(rpc, Controller, artifacts.controller, 'unpause', [])
  await applySettings(rpc)
}

/** Puts the code with these rules behind the TicketBroker's proxy; what the proxy holds stays. */
export async function installTicketBroker(rpc: DevnetRpc, rules: DevnetRules): Promise<void> {
  const args = [contractId('TicketBrokerTarget'), ticketBrokerTargets[rules], numberToHex(0, { size: 20 })]
  await send(rpc, devnetContracts.Controller, artifacts.controller, 'setContractInfo', args)
}

/** Mainnet's settings, but for a full active set until the orchestrators have bonded. */
async function applySettings(rpc: DevnetRpc): Promise<void> {
  const { TicketBroker, BondingManager, RoundsManager, LivepeerToken, Minter } = devnetContracts
  await send(rpc, TicketBroker, artifacts.ticketBroker, 'setUnlockPeriod', [2n])
  await send(rpc, TicketBroker, artifacts.ticketBroker, 'setTicketValidityPeriod', [2n])
  await send(rpc, BondingManager, artifacts.bondingManager, 'setUnbondingPeriod', [7n])
  await send(rpc, BondingManager, artifacts.bondingManager, 'setNumActiveTranscoders', [activeOrchestrators])
  await send(rpc, RoundsManager, artifacts.roundsManager, 'setRoundLength', [5760n])
  const minterRole = keccak256(stringToHex('MINTER_ROLE'))
  await send(rpc, LivepeerToken, artifacts.token, 'grantRole', [minterRole, devnetDeployer.address])
  for (const { address } of devnetAccounts) {
    await send(rpc, LivepeerToken, artifacts.token, 'mint', [address, parseEther('10000')])
  }
  await send(rpc, LivepeerToken, artifacts.token, 'grantRole', [minterRole, Minter])
}

/** The code that deploys a contract which answers every call with one number. */
function oneWordContract(word: bigint): Hex {
  const runtime = concatHex(['0x7f', numberToHex(word, { size: 32 }), '0x60005260206000f3'])
  return concatHex(['0x6029', '0x80', '0x6009', '0x3d393df3', runtime])
}

function contractId(name: string): Hex {
  return keccak256(stringToHex(name))
}
