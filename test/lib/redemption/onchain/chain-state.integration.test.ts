import assert from 'node:assert/strict'
import { encodeFunctionData, keccak256, parseAbi, toHex } from 'viem'
import type { Address } from 'viem'

import { quantityField } from '../../../../src/lib/chain/quantity.ts'
import { devnetAccounts } from '../../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { devnetRules } from '../../../../src/lib/devnet/rules.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { readRedemptionChain } from '../../../../src/lib/redemption/onchain/chain-state.ts'
import { claimableKey } from '../../../../src/lib/redemption/plan/claimable-key.ts'
import type { NewTicket } from '../../../../src/lib/store/ticket-store.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture, otherGateway } from '../../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../../helpers/sender-fixture.ts'
import { beginRoundUninitialised, fund, pause, transact, unlock } from '../../sender/on-chain.ts'
import { sendRedemption } from '../send-redemption.ts'
import { makeWinners, readCreation } from '../winners.ts'

const milli = 10n ** 15n
const [, , , first, second, , inactive] = devnetAccounts

const toNew = (ticket: SignedTicket): NewTicket => ({ hash: ticketHash(ticket), ticket })
const key = (address: Address) => address.toLowerCase()

for (const rules of devnetRules) {
  describe(`what a redemption depends on, by the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    let proxy: FaultProxy
    let fixture: SenderFixture
    beforeEach(async () => {
      proxy = await startFaultProxy(chain.rpcUrl)
      fixture = await makeSenderFixture(proxy.url)
    })
    afterEach(async () => {
      await fixture.close()
      await proxy.stop()
    })

    const read = (tickets: readonly SignedTicket[]) =>
      readRedemptionChain(fixture.connection, tickets.map(toNew))

    it('is read in two round trips', async () => {
      await fund(chain, 5n * milli, 30n * milli)
      await fund(chain, 7n * milli, 0n, otherGateway.address)
      await unlock(chain, otherGateway.address)
      const { creationRound, creationRoundBlockHash } = await readCreation(chain)
      const winners = await makeWinners(chain, 5, (index) => ({
        faceValue: milli,
        privateKey: (index < 3 ? gateway : otherGateway).privateKey,
        recipient: ([first, second, inactive][index % 3] ?? assert.fail()).address,
      }))
      const [paid] = winners
      await sendRedemption(chain, [paid ?? assert.fail()], 1_000_000n)
      const older = winners.map((ticket) => ({ ...ticket, creationRound: creationRound - 2n }))

      const { rpc } = fixture.connection
      const before = rpc.roundTrips
      const { gas, blockNumber, ...state } = await read([...winners, ...older.slice(0, 1)])
      assert.equal(rpc.roundTrips - before, 2)
      assert.equal(blockNumber, BigInt((await chain.rpc('eth_blockNumber')) as string))
      assert.deepEqual(state, {
        paused: false,
        currentRound: creationRound,
        roundInitialized: true,
        lastInitializedRound: creationRound,
        ticketValidityPeriod: 2n,
        senders: new Map([
          [key(gateway.address), { depositWei: 4n * milli, withdrawRound: 0n }],
          [key(otherGateway.address), { depositWei: 7n * milli, withdrawRound: creationRound + 2n }],
        ]),
        recipients: new Map([
          [key(first.address), { active: true, paidThisRound: true }],
          [key(second.address), { active: true, paidThisRound: false }],
          [key(inactive.address), { active: false, paidThisRound: false }],
        ]),
        claimable: new Map([
          [claimableKey(gateway.address, first.address), 10n * milli],
          [claimableKey(gateway.address, second.address), 10n * milli],
          [claimableKey(gateway.address, inactive.address), 0n],
          [claimableKey(otherGateway.address, first.address), 0n],
          [claimableKey(otherGateway.address, second.address), 0n],
        ]),
        used: new Set([ticketHash(paid ?? assert.fail())]),
        roundBlockHashes: new Map([[creationRound, creationRoundBlockHash]]),
      })
      // Where the node's gas price is not above the base fee there is no tip.
      const block = await chain.rpc('eth_getBlockByNumber', ['latest', false])
      assert.deepEqual(gas, {
        executionWei: quantityField(block, 'baseFeePerGas'),
        dataGasPerTicket: 0n,
      })
    })

    it('follows the rounds', async () => {
      await fund(chain, 5n * milli, 30n * milli)
      const [ticket] = await makeWinners(chain, 1, () => ({ faceValue: milli, recipient: first.address }))
      assert.ok(ticket !== undefined)
      await sendRedemption(chain, [ticket], 1_000_000n)
      const round = await chain.advance(1)
      const later = await read([ticket])
      assert.deepEqual([later.currentRound, later.roundInitialized], [round, true])
      assert.equal(later.recipients.get(key(first.address))?.paidThisRound, false)
      await beginRoundUninitialised(chain)
      const { currentRound, roundInitialized, lastInitializedRound, roundBlockHashes } = await read([
        ticket,
        { ...ticket, creationRound: round },
        { ...ticket, creationRound: round + 1n },
      ])
      assert.deepEqual(
        [currentRound, roundInitialized, lastInitializedRound, [...roundBlockHashes.keys()]],
        [round + 1n, false, round, [round - 1n, round]],
      )
    })

    it('knows that nothing can be claimed where the pool has grown after a slice was claimed', async () => {
      await fund(chain, 0n, 30n * milli)
      const [paid, other] = await makeWinners(chain, 2, (index) => ({
        faceValue: 10n * milli,
        recipient: (index === 0 ? first : second).address,
      }))
      assert.ok(paid !== undefined && other !== undefined)
      await sendRedemption(chain, [paid], 1_000_000n)
      const join = encodeFunctionData({
        abi: parseAbi(['function transcoder(uint256 rewardCut, uint256 feeShare)']),
        args: [100_000n, 50_000n],
      })
      await transact(chain, inactive.address, devnetContracts.BondingManager, join)
      const { claimable } = await read([paid, other])
      assert.deepEqual([...claimable.values()], [0n, (75n * milli) / 10n])
    })

    it('says whether the protocol is paused now, not when it was connected', async () => {
      assert.equal((await read([])).paused, false)
      await pause(chain)
      assert.equal((await read([])).paused, true)
    })

    it('is that of one block, whatever happens meanwhile', async () => {
      await fund(chain, 5n * milli, 0n)
      const tickets = await makeWinners(chain, 1)
      proxy.inject({ method: 'eth_call', do: { kind: 'delay', ms: 200 } })
      const calls = proxy.count('eth_call')
      const reading = read(tickets)
      await proxy.seen('eth_call', calls + 1)
      await fund(chain, 1n, 0n)
      const { senders, blockNumber } = await reading
      assert.equal(senders.get(key(gateway.address))?.depositWei, 5n * milli)
      assert.equal(blockNumber + 1n, BigInt((await chain.rpc('eth_blockNumber')) as string))
    })

    it('is asked for again when a node does not know the block yet', async () => {
      await fund(chain, 5n * milli, 0n)
      const tickets = await makeWinners(chain, 1)
      proxy.inject({
        method: 'eth_call',
        times: 3,
        do: { kind: 'jsonRpcError', code: -32000, message: 'header not found' },
      })
      const { senders } = await read(tickets)
      assert.equal(senders.get(key(gateway.address))?.depositWei, 5n * milli)
    })
  })
}

describe('what many redemptions depend on', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: SenderFixture
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeSenderFixture(proxy.url)
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  it('takes few calls of bounded size', async () => {
    await fund(chain, 50n * milli, 30n * milli)
    const paid = await makeWinners(chain, 3, () => ({ faceValue: milli }))
    await sendRedemption(chain, paid, 3_000_000n)
    const [winner] = paid
    assert.ok(winner !== undefined)
    const tickets = Array.from({ length: 6000 }, (_, index): NewTicket => {
      const hash = keccak256(toHex(index))
      const sender = `0x${keccak256(toHex(index % 600)).slice(-40)}` as const
      return { hash, ticket: { ...winner, sender, creationRound: BigInt(index % 3) } }
    })
    const all = [...tickets.slice(0, 3000), ...paid.map(toNew), ...tickets.slice(3000)]
    const { rpc } = fixture.connection
    const before = rpc.roundTrips
    const chainState = await readRedemptionChain(fixture.connection, all)
    assert.equal(rpc.roundTrips - before, 3)
    assert.deepEqual(chainState.used, new Set(paid.map(ticketHash)))
    assert.equal(chainState.senders.size, 601)
    assert.equal(chainState.claimable.size, 601)
    assert.equal(chainState.senders.get(key(gateway.address))?.depositWei, 47n * milli)
    assert.equal(proxy.count('eth_call') < 30, true)
    for (const { calls } of proxy.requests) assert.ok(JSON.stringify(calls).length < 1_000_000)
  })
})
