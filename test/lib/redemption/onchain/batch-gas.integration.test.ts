import assert from 'node:assert/strict'
import { encodeAbiParameters, parseAbiParameters } from 'viem'

import { devnetAccounts } from '../../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { devnetRules } from '../../../../src/lib/devnet/rules.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { batchGasLimit, simulateBatch } from '../../../../src/lib/redemption/onchain/batch-gas.ts'
import { decodeRedemptions } from '../../../../src/lib/redemption/onchain/redemption-events.ts'
import { readRedemptionChain } from '../../../../src/lib/redemption/onchain/chain-state.ts'
import { simulateTickets } from '../../../../src/lib/redemption/probe/simulate.ts'
import type { TestDevnet } from '../../../helpers/devnet.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../../helpers/sender-fixture.ts'
import { fund } from '../../sender/on-chain.ts'
import { encodeAsBatch, nodesEstimate, sendCall, sendRedemption } from '../send-redemption.ts'
import { makeGateways, makeWinners } from '../winners.ts'

const broker = devnetContracts.TicketBroker
const milli = 10n ** 15n
const orchestrators = devnetAccounts.filter(({ name }) => /^orchestrator-\d$/.test(name))

/** What the tickets of a batch may have in common. */
const mixtures: Readonly<Record<string, (chain: TestDevnet, count: number) => Promise<SignedTicket[]>>> = {
  async 'of one sender'(chain, count) {
    await fund(chain, 100n * milli, milli)
    return makeWinners(chain, count, () => ({ faceValue: milli }))
  },
  async 'of as many senders'(chain, count) {
    const gateways = await makeGateways(chain, count, 10n * milli, milli)
    return makeWinners(chain, count, (index) => ({ faceValue: milli, ...senderAt(gateways, index) }))
  },
  async 'of as many senders, paid from reserves to several recipients'(chain, count) {
    const gateways = await makeGateways(chain, count, milli / 10n, 30n * milli)
    return makeWinners(chain, count, (index) => ({
      faceValue: milli,
      ...senderAt(gateways, index),
      recipient: (orchestrators[index % orchestrators.length] ?? assert.fail()).address,
    }))
  },
}

function senderAt(gateways: readonly { readonly privateKey: `0x${string}` }[], index: number) {
  return { privateKey: (gateways[index] ?? assert.fail()).privateKey }
}

for (const rules of devnetRules) {
  describe(`the gas limit of a redemption, by the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    let fixture: SenderFixture
    beforeEach(async () => {
      fixture = await makeSenderFixture(chain.rpcUrl)
    })
    afterEach(() => fixture.close())

    for (const count of [1, 2, 10]) {
      it(`is not what the node estimates: it drops one ticket of ${String(count)}, with status success`, async () => {
        const tickets = await afterFirstOfRound(count)
        const call = encodeAsBatch(tickets)
        const { succeeded, logs } = await sendCall(chain, call, await nodesEstimate(chain, call))
        assert.deepEqual([succeeded, decodeRedemptions(broker, logs).length], [true, count - 1])
      })
    }

    for (const [mixture, make] of Object.entries(mixtures)) {
      for (const count of [1, 2, 10, 50]) {
        it(`loses none of ${String(count)} ${mixture}`, async () => {
          const tickets = await make(chain, count)
          const { connection } = fixture
          const simulated = await simulateTickets(connection, gateway.address, tickets)
          const gas = await batchGasLimit(connection, gateway.address, tickets, simulated)
          const receipt = await sendRedemption(chain, tickets, gas.limit)
          assert.equal(receipt.succeeded, true)

          const redemptions = decodeRedemptions(broker, receipt.logs)
          assert.deepEqual(
            redemptions.map(({ hash, paidWei }) => [hash, paidWei]),
            simulated.map(({ hash, paidWei }) => [hash, paidWei]),
          )
          assert.ok(redemptions.every(({ paidWei, faceValueWei }) => paidWei === faceValueWei))
          assert.deepEqual(
            [gas.simulation.ok, [...gas.simulation.used], gas.simulation.paidWei],
            [true, simulated.map(({ hash }) => hash), milli * BigInt(count)],
          )
          // Refunds come off what is simulated: a deposit that runs dry gives a storage slot back.
          assert.ok(gas.estimate >= receipt.gasUsed)
          assert.ok(gas.estimate * 95n <= receipt.gasUsed * 100n, `${gas.estimate} for ${receipt.gasUsed}`)
        })
      }
    }

    it('is simulated as the chain then does it, whatever it is', async () => {
      const tickets = await afterFirstOfRound(3)
      const { connection } = fixture
      const simulated = await simulateTickets(connection, gateway.address, tickets)
      const { estimate } = await batchGasLimit(connection, gateway.address, tickets, simulated)
      const counts = new Set<number>()
      for (const percent of [30n, 50n, 70n, 90n, 96n, 97n, 98n, 99n, 100n, 101n, 102n, 150n]) {
        const limit = (estimate * percent) / 100n
        const { used, paidWei } = await simulateBatch(connection, gateway.address, tickets, limit)
        const before = await chain.snapshot()
        const { logs } = await sendRedemption(chain, tickets, limit)
        const redemptions = decodeRedemptions(broker, logs)
        await chain.revert(before)
        assert.deepEqual(
          [...used],
          redemptions.map(({ hash }) => hash),
          `at ${percent} %`,
        )
        assert.equal(paidWei, milli * BigInt(used.size))
        counts.add(used.size)
      }
      assert.deepEqual([...counts].sort(), [0, 2, 3])
    })

    it('may not even do for the beginning', async () => {
      const tickets = await afterFirstOfRound(2)
      for (const limit of [0n, 20_000n]) {
        const { used, ok } = await simulateBatch(fixture.connection, gateway.address, tickets, limit)
        assert.deepEqual([used.size, ok], [0, false])
      }
    })

    it('counts a ticket that fails, and does not wait for it to pass', async () => {
      await fund(chain, 100n * milli, 0n)
      const [first, used, last] = await makeWinners(chain, 3, () => ({ faceValue: milli }))
      assert.ok(first !== undefined && used !== undefined && last !== undefined)
      await sendRedemption(chain, [used], 1_000_000n)
      const tickets = [first, used, last]
      const { connection } = fixture
      const simulated = await simulateTickets(connection, gateway.address, tickets)
      const { limit, simulation } = await batchGasLimit(connection, gateway.address, tickets, simulated)
      assert.deepEqual([...simulation.used], [simulated[0]?.hash, simulated[2]?.hash])
      const { logs } = await sendRedemption(chain, tickets, limit)
      assert.deepEqual(
        decodeRedemptions(broker, logs).map(({ hash }) => hash),
        [...simulation.used],
      )
    })

    it('says why a transaction would revert as a whole', async () => {
      await fund(chain, 100n * milli, 0n)
      const [ticket] = await makeWinners(chain, 1, () => ({ faceValue: milli }))
      assert.ok(ticket !== undefined)
      await sendRedemption(chain, [ticket], 1_000_000n)
      const { connection } = fixture
      const { ok, reason, used } = await simulateBatch(connection, gateway.address, [ticket], 1_000_000n)
      assert.deepEqual([ok, reason, used.size], [false, 'ticket is used', 0])
    })

    /** Winners of one sender whose recipient has been paid in this round already, so that all cost alike. */
    async function afterFirstOfRound(count: number): Promise<SignedTicket[]> {
      await fund(chain, 100n * milli, 0n)
      const [first, ...others] = await makeWinners(chain, count + 1, () => ({ faceValue: milli }))
      await sendRedemption(chain, [first ?? assert.fail()], 1_000_000n)
      return others
    }
  })
}

describe('the gas limit of a redemption on Arbitrum', () => {
  const chain = useTestDevnet()
  const dataGas = 50_000n
  let proxy: FaultProxy
  let plain: SenderFixture
  let arbitrum: SenderFixture
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    plain = await makeSenderFixture(chain.rpcUrl)
    arbitrum = await makeSenderFixture(proxy.url)
    const answer = encodeAbiParameters(parseAbiParameters('uint64, uint256, uint256'), [dataGas, 1n, 1n])
    const nodeInterface = '0x00000000000000000000000000000000000000C8'
    proxy.inject({
      method: 'eth_call',
      do: {
        kind: 'replaceResult',
        with: (result, [call]) => ((call as { to: string }).to === nodeInterface ? answer : result),
      },
    })
  })
  afterEach(async () => {
    await plain.close()
    await arbitrum.close()
    await proxy.stop()
  })

  it('holds the gas for the data, with room for it to double', async () => {
    await fund(chain, 100n * milli, 0n)
    const tickets = await makeWinners(chain, 2, () => ({ faceValue: milli }))
    const simulated = await simulateTickets(plain.connection, gateway.address, tickets)
    const [without, withData] = await Promise.all(
      [plain, arbitrum].map(({ connection }) =>
        batchGasLimit(connection, gateway.address, tickets, simulated),
      ),
    )
    assert.ok(without !== undefined && withData !== undefined)
    assert.equal(withData.estimate, without.estimate + dataGas)
    assert.equal(withData.limit, without.limit + 2n * dataGas)
    assert.equal(withData.simulation.gas, withData.estimate)
    // The same limit leaves less to the contracts there.
    const short = without.estimate + 30_000n
    const used = async ({ connection }: SenderFixture) =>
      (await simulateBatch(connection, gateway.address, tickets, short)).used.size
    assert.deepEqual([await used(plain), await used(arbitrum)], [2, 1])
  })

  it('is planned for by ticket', async () => {
    const tickets = await makeWinners(chain, 4)
    const stored = tickets.map((ticket) => ({ hash: ticketHash(ticket), ticket }))
    const { gas } = await readRedemptionChain(arbitrum.connection, stored)
    assert.equal(gas.dataGasPerTicket, dataGas / 4n)
    assert.equal((await readRedemptionChain(arbitrum.connection, [])).gas.dataGasPerTicket, 0n)
  })
})
