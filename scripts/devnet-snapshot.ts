// Builds the devnet's states, one for each generation of rules, from the contracts in @livepeer/sdk: node --import tsx scripts/devnet-snapshot.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { numberToHex, parseEther } from 'viem'
import type { Address } from 'viem'

import { devnetAccounts } from '../src/lib/devnet/accounts.ts'
import { endProcess, launchAnvil } from '../src/lib/devnet/anvil-process.ts'
import { findAnvil } from '../src/lib/devnet/anvil.ts'
import { findFreePort } from '../src/lib/devnet/free-port.ts'
import { connectDevnet } from '../src/lib/devnet/json-rpc.ts'
import type { DevnetRpc } from '../src/lib/devnet/json-rpc.ts'
import { devnetContracts } from '../src/lib/devnet/network.ts'
import { warpToRound } from '../src/lib/devnet/rounds.ts'
import { devnetRules } from '../src/lib/devnet/rules.ts'
import { artifacts } from './devnet/artifacts.ts'
import type { Artifact } from './devnet/artifacts.ts'
import { deployContracts, installTicketBroker } from './devnet/deploy-contracts.ts'
import { dumpState, trim, writeSnapshot } from './devnet/state.ts'
import { read, send } from './devnet/transact.ts'

/** The orchestrators bond in this round and are active in the next, in which the devnet begins. */
const bondingRound = 1000n
/** In the order in which they bond: the last finds no place in an active set of three. */
const stakes = [
  ['orchestrator-1', parseEther('3000')],
  ['orchestrator-2', parseEther('2000')],
  ['orchestrator-3', parseEther('1000')],
  ['orchestrator-inactive', parseEther('100')],
] as const

await main()

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lp-pay-snapshot-'))
  const port = await findFreePort()
  const anvil = await launchAnvil({
    anvilPath: findAnvil({ searchFrom: import.meta.dirname }),
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

function addressOf(name: (typeof stakes)[number][0]): Address {
  const account = devnetAccounts.find((one) => one.name === name)
  if (account === undefined) throw new Error(`there is no account ${name}`)
  return account.address
}
