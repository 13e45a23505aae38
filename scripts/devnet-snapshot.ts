// Builds the devnet's states, one for each generation of rules, from the contracts in @livepeer/sdk: node --import tsx scripts/devnet-snapshot.ts
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  concatHex,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  keccak256,
  numberToHex,
  parseEther,
  stringToHex,
  zeroHash,
} from 'viem'
import type { Abi, Address, Hex } from 'viem'

import { devnetAccounts, devnetDeployer } from '../src/lib/devnet/accounts.ts'
import { endProcess, launchAnvil } from '../src/lib/devnet/anvil-process.ts'
import { findAnvil } from '../src/lib/devnet/anvil.ts'
import { findFreePort } from '../src/lib/devnet/free-port.ts'
import { connectDevnet } from '../src/lib/devnet/json-rpc.ts'
import type { DevnetRpc } from '../src/lib/devnet/json-rpc.ts'
import { devnetContracts, ticketBrokerTargets } from '../src/lib/devnet/network.ts'
import { warpToRound } from '../src/lib/devnet/rounds.ts'
import { devnetRules, snapshotName } from '../src/lib/devnet/rules.ts'
import type { DevnetRules } from '../src/lib/devnet/rules.ts'
import { compileContract } from './compile-contract.ts'

const root = join(import.meta.dirname, '..')
const snapshotFolder = join(root, 'dist', 'devnet')

/** The orchestrators bond in this round and are active in the next, in which the devnet begins. */
const bondingRound = 1000n
/** In the order in which they bond: the last finds no place in an active set of three. */
const stakes = [
  ['orchestrator-1', parseEther('3000')],
  ['orchestrator-2', parseEther('2000')],
  ['orchestrator-3', parseEther('1000')],
  ['orchestrator-inactive', parseEther('100')],
] as const
const activeOrchestrators = 3n
const historyContract = '0x0000f90827f1c53a10cb7a02335b175320002935'

interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

const artifacts = {
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

await main()

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lp-pay-snapshot-'))
  const port = await findFreePort()
  const anvil = await launchAnvil({
    anvilPath: findAnvil({ searchFrom: root }),
    port,
    folder,
    detached: false,
  })
  const rpc = connectDevnet(`http://127.0.0.1:${String(port)}`)
  try {
    await answers(rpc)
    await deployContracts(rpc)
    await registerOrchestrators(rpc)
    await enterRound(rpc, bondingRound + 1n)
    await check(rpc)
    for (const rules of devnetRules) {
      await installTicketBroker(rpc, rules)
      await resetBalances(rpc)
      writeSnapshot(rules, trim(await dumpState(rpc)))
    }
  } finally {
    rpc.close()
    await endProcess(anvil.identity)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answers(rpc: DevnetRpc): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await rpc.request('eth_chainId')
      return
    } catch (error) {
      if (attempt === 500) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

async function deployContracts(rpc: DevnetRpc): Promise<void> {
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

  for (const [name, address] of deployed) {
    const args = [contractId(name), address, numberToHex(0, { size: 20 })]
    await send(rpc, Controller, artifacts.controller, 'setContractInfo', args)
  }
  await send(rpc, Controller, artifacts.controller, 'unpause', [])
  await applySettings(rpc)
}

/** Puts the code with these rules behind the TicketBroker's proxy; what the proxy holds stays. */
async function installTicketBroker(rpc: DevnetRpc, rules: DevnetRules): Promise<void> {
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

async function registerOrchestrators(rpc: DevnetRpc): Promise<void> {
  const { BondingManager, LivepeerToken, ServiceRegistry } = devnetContracts
  const { bondingManager, token, serviceRegistry } = artifacts
  await enterRound(rpc, bondingRound)
  for (const [name, stake] of stakes) {
    const from = addressOf(name)
    await send(rpc, LivepeerToken, token, 'approve', [BondingManager, stake], from)
    await send(rpc, BondingManager, bondingManager, 'bond', [stake, from], from)
    await send(rpc, BondingManager, bondingManager, 'transcoder', [100_000n, 50_000n], from)
    await send(rpc, ServiceRegistry, serviceRegistry, 'setServiceURI', [`https://${name}.test:8935`], from)
  }
  await send(rpc, BondingManager, bondingManager, 'setNumActiveTranscoders', [100n])
}

async function enterRound(rpc: DevnetRpc, round: bigint): Promise<void> {
  // From block 0 on, because the snapshot's chain starts over at block 0.
  await warpToRound(rpc, round, 0n)
  await send(rpc, devnetContracts.RoundsManager, artifacts.roundsManager, 'initializeRound', [])
}

async function check(rpc: DevnetRpc): Promise<void> {
  const { RoundsManager, BondingManager } = devnetContracts
  const is = async (address: Address, code: Artifact, name: string, args: unknown[], expected: unknown) => {
    const found = await read(rpc, address, code, name, args)
    if (found !== expected)
      throw new Error(`${name}(${args.join()}) is ${String(found)}, not ${String(expected)}`)
  }
  await is(RoundsManager, artifacts.roundsManager, 'currentRound', [], bondingRound + 1n)
  await is(RoundsManager, artifacts.roundsManager, 'currentRoundInitialized', [], true)
  await is(BondingManager, artifacts.bondingManager, 'getTranscoderPoolMaxSize', [], 100n)
  for (const [name] of stakes) {
    const active = name !== 'orchestrator-inactive'
    await is(BondingManager, artifacts.bondingManager, 'isRegisteredTranscoder', [addressOf(name)], true)
    await is(BondingManager, artifacts.bondingManager, 'isActiveTranscoder', [addressOf(name)], active)
  }
}

async function resetBalances(rpc: DevnetRpc): Promise<void> {
  for (const { address } of devnetAccounts) {
    await rpc.request('anvil_setBalance', [address, numberToHex(parseEther('10000'))])
  }
}

interface State {
  readonly block: Readonly<Record<string, unknown>>
  readonly accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly blocks: readonly { readonly header: Readonly<Record<string, unknown>> }[]
}

async function dumpState(rpc: DevnetRpc): Promise<State> {
  const dump = (await rpc.request('anvil_dumpState')) as Hex
  return JSON.parse(gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString('utf8')) as State
}

/** Keeps what the contracts hold and makes it the state of block 0: nothing needs the blocks of the deployment. */
function trim(state: State): object {
  const genesis = state.blocks.find(({ header }) => header['number'] === '0x0')
  const history = state.accounts[historyContract]
  if (genesis === undefined) throw new Error('the dump lacks block 0')
  return {
    block: { ...state.block, number: '0x0', basefee: 1_000_000_000, prevrandao: zeroHash },
    accounts: { ...state.accounts, ...(history && { [historyContract]: { ...history, storage: {} } }) },
    best_block_number: 0,
    blocks: [genesis],
    transactions: [],
    historical_states: null,
  }
}

function writeSnapshot(rules: DevnetRules, state: object): void {
  mkdirSync(snapshotFolder, { recursive: true })
  const snapshotPath = join(snapshotFolder, snapshotName(rules))
  const temporary = `${snapshotPath}.${String(process.pid)}`
  writeFileSync(temporary, gzipSync(JSON.stringify(state), { level: 9 }))
  renameSync(temporary, snapshotPath)
}

async function deploy(rpc: DevnetRpc, name: string, data: Hex, expected?: Address): Promise<Address> {
  const { contractAddress } = await transact(rpc, name, { from: devnetDeployer.address, data })
  if (expected !== undefined && contractAddress?.toLowerCase() !== expected.toLowerCase()) {
    throw new Error(
      `${name} is at ${String(contractAddress)}, but src/lib/devnet/network.ts says ${expected}`,
    )
  }
  if (contractAddress === null) throw new Error(`${name} was not deployed`)
  return contractAddress
}

async function send(
  rpc: DevnetRpc,
  to: Address,
  { abi }: Artifact,
  functionName: string,
  args: readonly unknown[],
  from: Address = devnetDeployer.address,
): Promise<void> {
  await transact(rpc, functionName, { from, to, data: encodeFunctionData({ abi, functionName, args }) })
}

interface Receipt {
  readonly status: Hex
  readonly contractAddress: Address | null
}

async function transact(rpc: DevnetRpc, what: string, transaction: object): Promise<Receipt> {
  // Without a price anvil offers a tip of its own, which may be more than the most that it would pay.
  const priced = { ...transaction, gas: numberToHex(10_000_000), gasPrice: numberToHex(10n ** 9n) }
  const hash = await rpc.request('eth_sendTransaction', [priced])
  for (let attempt = 0; attempt < 2000; attempt++) {
    const receipt = (await rpc.request('eth_getTransactionReceipt', [hash])) as Receipt | null
    if (receipt?.status === '0x1') return receipt
    if (receipt !== null) throw new Error(`${what} reverted`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error(`${what} was not mined`)
}

async function read(
  rpc: DevnetRpc,
  to: Address,
  { abi }: Artifact,
  functionName: string,
  args: readonly unknown[],
): Promise<unknown> {
  const data = encodeFunctionData({ abi, functionName, args })
  const answer = (await rpc.request('eth_call', [{ to, data }, 'latest'])) as Hex
  return decodeFunctionResult({ abi, functionName, args, data: answer })
}

/** Puts the library's address where the compiler left its placeholder. */
function link({ abi, bytecode }: Artifact, library: Address): Artifact {
  const id = keccak256(stringToHex('contracts/libraries/SortedDoublyLL.sol:SortedDoublyLL')).slice(2, 36)
  return { abi, bytecode: bytecode.replaceAll(`__$${id}$__`, library.slice(2)) as Hex }
}

/** The code that deploys a contract which answers every call with one number. */
function oneWordContract(word: bigint): Hex {
  const runtime = concatHex(['0x7f', numberToHex(word, { size: 32 }), '0x60005260206000f3'])
  return concatHex(['0x6029', '0x80', '0x6009', '0x3d393df3', runtime])
}

function contractId(name: string): Hex {
  return keccak256(stringToHex(name))
}

function addressOf(name: (typeof stakes)[number][0]): Address {
  const account = devnetAccounts.find((one) => one.name === name)
  if (account === undefined) throw new Error(`there is no account ${name}`)
  return account.address
}
