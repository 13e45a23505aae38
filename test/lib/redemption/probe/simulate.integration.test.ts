import assert from 'node:assert/strict'
import { numberToHex } from 'viem'

import type { Rpc } from '../../../../src/lib/chain/rpc.ts'
import type { Connection } from '../../../../src/lib/contracts/connect.ts'
import { devnetAccounts } from '../../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { devnetRules } from '../../../../src/lib/devnet/rules.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { simulateBatch } from '../../../../src/lib/redemption/onchain/batch-gas.ts'
import { intrinsicGas } from '../../../../src/lib/redemption/onchain/data-gas.ts'
import { encodeRedemption } from '../../../../src/lib/redemption/onchain/encode.ts'
import { decodeRedemptions } from '../../../../src/lib/redemption/onchain/redemption-events.ts'
import { simulateTickets } from '../../../../src/lib/redemption/probe/simulate.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'
import { gateway, makeSenderFixture } from '../../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../../helpers/sender-fixture.ts'
import { beginRoundUninitialised, fund, pause, unlock } from '../../sender/on-chain.ts'
import { sendRedemption } from '../send-redemption.ts'
import { makeGateways, makeWinners, readCreation } from '../winners.ts'

const broker = devnetContracts.TicketBroker
const milli = 10n ** 15n
const [, , , orchestrator, , , inactive] = devnetAccounts

for (const rules of devnetRules) {
  describe(`the simulation of tickets, by the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    let fixture: SenderFixture
    beforeEach(async () => {
      fixture = await makeSenderFixture(chain.rpcUrl)
    })
    afterEach(() => fixture.close())

    const simulate = (tickets: readonly SignedTicket[]) =>
      simulateTickets(fixture.connection, gateway.address, tickets)

    /** What a ticket that is made now comes to. */
    async function outcomeOf(changes: Parameters<typeof makeSignedTicket>[0] = {}) {
      return simulateOne(makeSignedTicket({ ...(await readCreation(chain)), ...changes }))
    }

    async function simulateOne(ticket: SignedTicket) {
      const [simulation] = await simulate([ticket])
      const { hash, ok, reason, terminal } = simulation ?? assert.fail()
      assert.equal(hash, ticketHash(ticket))
      return [ok, reason, terminal]
    }

    it('agrees with what the chain then does, ticket by ticket', async () => {
      await fund(chain, 5n * milli, 30n * milli)
      // The fifth takes what is left of the deposit and of the reserve, the sixth of the reserve alone.
      const tickets = await makeWinners(chain, 6, () => ({ faceValue: (11n * milli) / 10n }))
      for (const simulation of await simulate(tickets)) {
        const ticket = tickets.find((one) => ticketHash(one) === simulation.hash) ?? assert.fail()
        const { logs, gasUsed, succeeded } = await sendRedemption(chain, [ticket], 1_000_000n)
        const [redemption] = decodeRedemptions(broker, logs)
        assert.deepEqual([simulation.ok, simulation.paidWei], [succeeded, redemption?.paidWei])
        const alone = gasUsed - intrinsicGas(encodeRedemption(broker, [ticket]).data)
        // What others have made warm in the same call is cold again in a transaction of its own.
        assert.ok(simulation.gas <= alone + 20_000n, `${simulation.gas} for ${alone}`)
      }
    })

    it('takes for one ticket the gas that the chain does', async () => {
      await fund(chain, 5n * milli, 0n)
      for (const ticket of await makeWinners(chain, 3, () => ({ faceValue: milli }))) {
        const [simulation] = await simulate([ticket])
        const { gasUsed } = await sendRedemption(chain, [ticket], 1_000_000n)
        const alone = gasUsed - intrinsicGas(encodeRedemption(broker, [ticket]).data)
        const { gas } = simulation ?? assert.fail()
        assert.ok(gas >= alone && gas < alone + 1000n, `${gas} for ${alone}`)
      }
    })

    it('sees the funds of a sender run dry', async () => {
      await fund(chain, 2n * milli, 0n)
      const tickets = await makeWinners(chain, 4, () => ({ faceValue: (3n * milli) / 2n }))
      const outcomes = (await simulate(tickets)).map(({ ok, paidWei }) => [ok, paidWei])
      const dry = [false, 0n]
      assert.deepEqual(
        outcomes,
        rules === '2022'
          ? [[true, (3n * milli) / 2n], [true, milli / 2n], dry, dry]
          : [[true, (3n * milli) / 2n], dry, dry, dry],
      )
    })

    it('sees that a ticket would be used up for less', async () => {
      await fund(chain, 0n, 3n * milli)
      const [ticket] = await makeWinners(chain, 1, () => ({ faceValue: 2n * milli }))
      const [simulation] = await simulate([ticket ?? assert.fail()])
      assert.deepEqual([simulation?.ok, simulation?.paidWei], [true, milli])
    })

    it('changes nothing', async () => {
      await fund(chain, 5n * milli, 0n)
      const tickets = await makeWinners(chain, 2, () => ({ faceValue: milli }))
      assert.deepEqual(await simulate(tickets), await simulate(tickets))
    })

    it('goes on behind tickets that fail', async () => {
      await fund(chain, 5n * milli, 0n)
      const [first, second] = await makeWinners(chain, 2, () => ({ faceValue: milli }))
      assert.ok(first !== undefined && second !== undefined)
      const poison = [{ ...first, sig: second.sig }, first, first, { ...second, recipientRand: 1n }, second]
      assert.deepEqual(
        (await simulate(poison)).map(({ ok, terminal }) => terminal ?? ok),
        ['invalid', true, 'usedElsewhere', 'invalid', true],
      )
    })

    it('names the ends of tickets', async () => {
      await fund(chain, 5n * milli, 0n)
      const { creationRound, creationRoundBlockHash } = await readCreation(chain)
      const mismatch = 'recipientRand does not match recipientRandHash'
      const badHash = 'ticket creationRoundBlockHash invalid for creationRound'
      const noHash = 'ticket creationRound does not have a block hash'
      const otherHash = `0x${'cd'.repeat(32)}` as const
      assert.deepEqual(await outcomeOf(), [true, undefined, undefined])
      assert.deepEqual(await outcomeOf({ winProb: 0n }), [false, 'ticket did not win', 'invalid'])
      assert.deepEqual(await outcomeOf({ recipientRandHash: otherHash }), [false, mismatch, 'invalid'])
      assert.deepEqual(await outcomeOf({ sender: orchestrator.address }), [
        false,
        'invalid signature over ticket hash',
        'invalid',
      ])
      assert.deepEqual(await outcomeOf({ creationRoundBlockHash: otherHash }), [false, badHash, 'invalid'])
      assert.deepEqual(await outcomeOf({ creationRound: 1n }), [false, noHash, 'invalid'])
      // A node that is behind will know it later.
      assert.deepEqual(await outcomeOf({ creationRound: creationRound + 1n }), [false, noHash, undefined])
      await chain.advance(2)
      assert.deepEqual(await outcomeOf({ creationRound, creationRoundBlockHash }), [
        false,
        'ticket is expired',
        'expired',
      ])
    })

    it('ends no ticket for what may pass', async () => {
      await fund(chain, milli, milli)
      const [, reason, terminal] = await outcomeOf({ recipient: inactive.address, faceValue: milli })
      assert.deepEqual(
        [reason, terminal],
        [rules === '2022' ? 'Panic(18)' : 'transcoder must be active', undefined],
      )
      await unlock(chain)
      await chain.advance(2)
      assert.deepEqual(await outcomeOf(), [false, 'sender is unlocked', undefined])
      await beginRoundUninitialised(chain)
      assert.deepEqual(await outcomeOf(), [false, 'current round is not initialized', undefined])
      await pause(chain)
      assert.deepEqual(await outcomeOf(), [false, 'system is paused', undefined])
    })

    it('takes more tickets than one call does, and none', async () => {
      const gateways = await makeGateways(chain, 3, 200n * milli, 0n)
      const tickets = await makeWinners(chain, 230, (index) => ({
        faceValue: milli,
        privateKey: (gateways[index % 3] ?? assert.fail()).privateKey,
      }))
      const { rpc } = fixture.connection
      const before = rpc.roundTrips
      const simulations = await simulate(tickets)
      assert.equal(rpc.roundTrips - before, 3)
      assert.deepEqual(
        simulations.map(({ hash, ok, paidWei }) => [hash, ok, paidWei]),
        tickets.map((ticket) => [ticketHash(ticket), true, milli]),
      )
      assert.deepEqual(await simulate([]), [])
    })
  })
}

describe('the simulation of tickets by a node of another kind', () => {
  const chain = useTestDevnet()
  let fixture: SenderFixture
  let proxy: FaultProxy
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeSenderFixture(proxy.url)
    await fund(chain, 50n * milli, 0n)
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  /** A node that lets a call use no more gas than this. */
  function allowing(gas: bigint): Connection {
    const { rpc } = fixture.connection
    const request: Rpc['request'] = (method, params = []) => {
      const [call, ...others] = params
      return rpc.request(method, [{ ...(call as object), gas: numberToHex(gas) }, ...others])
    }
    return { ...fixture.connection, rpc: { ...rpc, request } }
  }

  it('takes several calls where a call may use less gas', async () => {
    const tickets = await makeWinners(chain, 20, () => ({ faceValue: milli }))
    const simulations = await simulateTickets(allowing(3_000_000n), gateway.address, tickets)
    assert.deepEqual(
      simulations.map(({ hash, ok, paidWei }) => [hash, ok, paidWei]),
      tickets.map((ticket) => [ticketHash(ticket), true, milli]),
    )
    assert.ok(proxy.requests.length > 2)
  })

  it('says that a call may use too little gas', async () => {
    const tickets = await makeWinners(chain, 2, () => ({ faceValue: milli }))
    const tooLittle = { name: 'RpcUnavailableError', code: 'RPC_GAS_CAP', exitCode: 9 }
    await assert.rejects(simulateTickets(allowing(900_000n), gateway.address, tickets), tooLittle)
    const batch = simulateBatch(allowing(1_000_000n), gateway.address, tickets, 2_000_000n)
    await assert.rejects(batch, tooLittle)
  })

  it('says that the answer is none', async () => {
    const tickets = await makeWinners(chain, 1)
    proxy.inject({ method: 'eth_call', do: { kind: 'replaceResult', with: () => '0x1234' } })
    const malformed = { name: 'RpcUnavailableError', code: 'RPC_MALFORMED', exitCode: 9 }
    const { connection } = fixture
    await assert.rejects(simulateBatch(connection, gateway.address, tickets, 1_000_000n), malformed)
  })

  for (const [what, fault] of [
    ['refuses it', { kind: 'jsonRpcError', code: -32602, message: 'too many arguments, want at most 2' }],
    ['passes over it', { kind: 'replaceResult', with: () => '0x' }],
  ] as const) {
    it(`says that the node takes no state override, which ${what}`, async () => {
      const tickets = await makeWinners(chain, 1)
      proxy.inject({ method: 'eth_call', times: 1, do: fault })
      await assert.rejects(simulateTickets(fixture.connection, gateway.address, tickets), {
        name: 'RpcUnavailableError',
        code: 'RPC_WITHOUT_OVERRIDE',
        exitCode: 9,
        nextSteps: ['use another RPC: --rpc-url URL'],
      })
    })
  }
})
