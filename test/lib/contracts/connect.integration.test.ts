import assert from 'node:assert/strict'

import { arbitrumOne } from '../../../src/lib/chain/network.ts'
import { connect } from '../../../src/lib/contracts/connect.ts'
import type { Connection, ConnectOptions } from '../../../src/lib/contracts/connect.ts'
import { devnet, devnetContracts } from '../../../src/lib/devnet/network.ts'
import { ConfigurationError, LpPayError } from '../../../src/lib/errors.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { startTestDevnet, useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { gateway, otherGateway } from '../../helpers/sender-fixture.ts'
import { fund, pause, rename, unlock } from '../sender/on-chain.ts'

describe('connect', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
  })
  afterEach(() => proxy.stop())

  async function connected<Result>(
    use: (connection: Connection) => Result | Promise<Result>,
    changes: Partial<ConnectOptions> = {},
  ): Promise<Result> {
    const connection = await connect({ network: devnet, urls: [proxy.url], ...changes })
    try {
      return await use(connection)
    } finally {
      connection.rpc.close()
    }
  }

  async function refusal(changes: Partial<ConnectOptions> = {}): Promise<LpPayError> {
    const failure = await connected(() => undefined, changes).catch((error: unknown) => error)
    assert.ok(failure instanceof LpPayError, String(failure))
    return failure
  }

  it('finds out everything about the chain in one round trip', async () => {
    await connected(({ contracts, paused, chainKey, rpc }) => {
      assert.deepEqual(contracts, devnet.knownContracts)
      assert.equal(paused, false)
      assert.equal(chainKey, `31337-${chain.genesisHash.slice(2, 18)}`)
      assert.equal(rpc.roundTrips, 1)
    })
    assert.equal(proxy.requests.length, 1)
  })

  it('reads a sender in one round trip more', async () => {
    await fund(chain, 5n, 7n)
    await unlock(chain)
    await connected(async (connection) => {
      const state = await readSender(connection, gateway.address)
      assert.equal(connection.rpc.roundTrips, 2)
      const { round, walletWei, gasPriceWei, ...rest } = state
      assert.deepEqual(rest, {
        address: gateway.address,
        depositWei: 5n,
        reserveWei: 7n,
        reserveClaimedInCurrentRoundWei: 0n,
        withdrawRound: 1003n,
        unlockPeriod: 2n,
        poolSize: 3n,
      })
      const { startBlock, l1Block, ...others } = round
      assert.deepEqual(others, { current: 1001n, initialized: true, lastInitialized: 1001n, length: 5760n })
      assert.equal(l1Block - startBlock, 2n)
      assert.equal(walletWei, BigInt(String(await chain.rpc('eth_getBalance', [gateway.address, 'latest']))))
      assert.equal(gasPriceWei, BigInt(String(await chain.rpc('eth_gasPrice'))))
    })
  })

  it('tells that the protocol is paused', async () => {
    await pause(chain)
    assert.equal(await connected(({ paused }) => paused), true)
  })

  it('takes a chain for the same in whatever case its hashes are written', async () => {
    const key = await connected(({ chainKey }) => chainKey)
    proxy.inject({
      method: 'eth_getBlockByNumber',
      do: { kind: 'replaceResult', with: () => ({ hash: `0x${chain.genesisHash.slice(2).toUpperCase()}` }) },
    })
    assert.equal(await connected(({ chainKey }) => chainKey), key)
  })

  it('takes two devnets for two chains', async () => {
    const other = await startTestDevnet()
    try {
      const keys = [
        await connected(({ chainKey }) => chainKey),
        await connected(({ chainKey }) => chainKey, { urls: [other.rpcUrl] }),
      ]
      assert.notEqual(keys[0], keys[1])
    } finally {
      await other.stop()
    }
  })

  it('refuses a Controller that names another contract than is known', async () => {
    for (const name of ['TicketBroker', 'BondingManager'] as const) {
      await rename(chain, name, otherGateway.address)
      const { code, exitCode, details } = await refusal()
      assert.deepEqual([code, exitCode], ['CONTRACT_MISMATCH', 4])
      assert.deepEqual(details, { contract: name, found: otherGateway.address, known: devnetContracts[name] })
      await rename(chain, name, devnetContracts[name])
    }
  })

  it('refuses a Controller that knows no such contract', async () => {
    await rename(chain, 'Minter', '0x0000000000000000000000000000000000000000')
    const { code, exitCode, details } = await refusal()
    assert.deepEqual([code, exitCode], ['CONTRACT_MISSING', 4])
    assert.deepEqual(details, { controller: devnet.controller, contract: 'Minter' })
  })

  it('refuses a Controller that is another contract, or none', async () => {
    const { knownContracts: _, ...unknown } = devnet
    for (const controller of [devnetContracts.LivepeerToken, devnetContracts.TicketBroker]) {
      const error = await refusal({ network: { ...unknown, name: 'mine', controller } })
      assert.ok(error instanceof ConfigurationError)
      assert.equal(error.code, 'CONTRACT_ANSWER_INVALID')
      assert.match(error.message, new RegExp(`^the contract at ${controller} does not answer `))
    }
    const { code } = await refusal({ network: { ...unknown, controller: otherGateway.address } })
    assert.equal(code, 'CONTROLLER_MISSING')
  })

  it('refuses a contract that is none: an address without code', async () => {
    const { knownContracts: _, ...network } = devnet
    await rename(chain, 'TicketBroker', otherGateway.address)
    const failing = connected((connection) => readSender(connection, gateway.address), { network })
    await assert.rejects(failing, {
      code: 'CONTRACT_ANSWER_INVALID',
      exitCode: 4,
      message: `the contract at ${otherGateway.address} does not answer getSenderInfo() as a Livepeer contract does`,
    })
  })

  it('refuses another chain', async () => {
    const { code, exitCode } = await refusal({ network: arbitrumOne })
    assert.deepEqual([code, exitCode], ['RPC_WRONG_CHAIN', 4])
  })

  it('refuses a node that does not know its block 0', async () => {
    const elsewhere = '0x../../../../../tmp/evil'
    for (const answer of [null, {}, { hash: 7 }, { hash: elsewhere }, { hash: '0x12' }]) {
      proxy.clear()
      proxy.inject({ method: 'eth_getBlockByNumber', do: { kind: 'replaceResult', with: () => answer } })
      const { code, exitCode, message } = await refusal()
      assert.deepEqual(
        [code, exitCode, message],
        ['RPC_MALFORMED', 9, 'the RPC does not know block 0 of its chain'],
      )
    }
  })
})
