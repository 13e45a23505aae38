import assert from 'node:assert/strict'

import { encodeFunctionData } from 'viem'

import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { defaultPlanOptions } from '../../../src/lib/redemption/plan/plan-redemption.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { interferingPayer, interferingStore } from '../../helpers/redemption-fixture.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { beginRoundUninitialised, fund, pause, transact, unlock } from '../sender/on-chain.ts'
import { onBothRules } from './scenario.ts'
import { sendRedemption } from './send-redemption.ts'
import { makeWinners } from './winners.ts'

const faceValue = parseWei('0.01')
const inFives = { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 5 } }
const plentyOfGas = 2_000_000n

onBothRules('what happens in the middle of a redemption', (scenario) => {
  scenario('somebody else redeems a ticket of the batch first', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    const tickets = await makeWinners(chain, 5, () => ({ faceValue }))
    const hashes = await fixture.add(tickets)
    const payer = interferingPayer(async () => {
      await sendRedemption(chain, tickets.slice(2, 3), plentyOfGas)
    })
    const { result } = await fixture.redeem({ payer })
    assert.deepEqual([result.batches.length, result.totals.redeemedTickets], [1, 4])
    const taken = await fixture.store.get(hashes[2] ?? '0x')
    assert.deepEqual([taken?.state, taken?.paidWei], ['usedElsewhere', faceValue])
    assert.notEqual(taken?.transactionHash, result.batches[0]?.transactionHash)
    const [batch] = result.batches
    assert.deepEqual(batch?.tickets.map(({ outcome }) => outcome).sort(), [
      'redeemed',
      'redeemed',
      'redeemed',
      'redeemed',
      'usedElsewhere',
    ])
  })

  scenario('the sender withdraws', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), parseWei('0.3'))
    await unlock(chain)
    await chain.advance(1)
    await fixture.add(await makeWinners(chain, 10, () => ({ faceValue })))
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim !== 2) return
      await chain.advance(1)
      const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'withdraw' })
      await transact(chain, gateway.address, devnetContracts.TicketBroker, data)
    })
    const { result, failure } = await fixture.redeem({ store }, inFives)
    assert.equal(failure, undefined)
    assert.equal(result.totals.redeemedTickets, 5)
    assert.deepEqual(await fixture.states(), { final: 5, pending: 5 })
    for (const { state, reason } of await fixture.tickets()) {
      if (state === 'pending') assert.match(reason ?? '', /deposit|unlock/)
    }
  })

  scenario('the reserve runs dry', async ({ chain, fixture }) => {
    // A slice of 0.1 for each of three orchestrators, and no deposit.
    await fund(chain, 0n, parseWei('0.3'))
    const tickets = await makeWinners(chain, 10, () => ({ faceValue }))
    const others = await makeWinners(chain, 4, (index) => ({ faceValue, senderNonce: BigInt(100 + index) }))
    await fixture.add(tickets)
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim === 2) await sendRedemption(chain, others, plentyOfGas)
    })
    const { result } = await fixture.redeem({ store }, inFives)
    assert.equal(result.totals.redeemedTickets, 6)
    assert.deepEqual(await fixture.states(), { final: 6, pending: 4 })
    const left = (await fixture.tickets()).filter(({ state }) => state === 'pending')
    for (const { reason } of left) assert.match(reason ?? '', /short/)
    await chain.advance(1)
    assert.equal((await fixture.redeem()).result.totals.redeemedTickets, 4)
  })

  scenario('a round ends, and with it the tickets of the one before', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    const old = await makeWinners(chain, 10, () => ({ faceValue }))
    await chain.advance(1)
    const fresh = await makeWinners(chain, 3, (index) => ({ faceValue, senderNonce: BigInt(50 + index) }))
    await fixture.add([...old, ...fresh])
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim === 2) await chain.advance(1)
    })
    const { result } = await fixture.redeem({ store }, inFives)
    assert.equal(result.totals.redeemedTickets, 8)
    assert.deepEqual(await fixture.states(), { final: 8, expired: 5 })
    assert.deepEqual(
      result.ended.map(({ outcome }) => outcome),
      Array.from({ length: 5 }, () => 'expired'),
    )
  })

  scenario('a round ends after the batch was signed', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    const old = await makeWinners(chain, 3, () => ({ faceValue }))
    await chain.advance(1)
    const fresh = await makeWinners(chain, 3, (index) => ({ faceValue, senderNonce: BigInt(50 + index) }))
    await fixture.add([...old, ...fresh])
    const payer = interferingPayer(async (signature) => {
      if (signature === 1) await chain.advance(1)
    })
    const { result } = await fixture.redeem({ payer })
    assert.equal(result.totals.redeemedTickets, 3)
    assert.deepEqual(await fixture.states(), { final: 3, expired: 3 })
  })

  scenario('a round begins that nobody initialises', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 10, () => ({ faceValue })))
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim === 2) await beginRoundUninitialised(chain)
    })
    const { result } = await fixture.redeem({ store }, inFives)
    assert.equal(result.totals.redeemedTickets, 5)
    assert.deepEqual(
      result.staying.map(({ code, tickets }) => [code, tickets]),
      [['roundNotInitialized', 5]],
    )
    assert.deepEqual(await fixture.states(), { final: 5, pending: 5 })
  })

  scenario('the batch reverts, and is halved rather than repeated', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 8, () => ({ faceValue })))
    const payer = interferingPayer(async (signature) => {
      if (signature === 1) await pause(chain)
    })
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim === 2) await unpause()
    })
    const { result, failure } = await fixture.redeem({ payer, store })
    assert.equal(failure, undefined)
    assert.deepEqual(
      result.batches.map(({ outcome, tickets }) => [outcome, tickets.length]),
      [
        ['reverted', 8],
        ['final', 4],
        ['final', 4],
      ],
    )
    assert.ok((result.batches[0]?.feeWei ?? 0n) > 0n)
    assert.equal(result.totals.redeemedTickets, 8)
    const fees = (await fixture.tickets()).reduce((all, { feeWei }) => all + feeWei, 0n)
    assert.equal(fees, result.totals.feeWei)

    async function unpause() {
      await transact(chain, devnetDeployer.address, devnetContracts.Controller, '0x3f4ba83a')
    }
  })

  scenario('gas rises above what was agreed to', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 10, () => ({ faceValue })))
    const store = interferingStore(fixture.store, async (claim) => {
      if (claim === 2) await chain.rpc('anvil_setNextBlockBaseFeePerGas', ['0x12a05f2000'])
      if (claim === 2) await chain.rpc('evm_mine')
    })
    const { result, failure } = await fixture.redeem({ store }, { ...inFives, holdToPreview: true })
    assert.equal(failure?.code, 'COST_ABOVE_PLAN')
    assert.deepEqual([result.outcome, result.totals.redeemedTickets], ['stopped', 5])
    assert.deepEqual(await fixture.states(), { final: 5, pending: 5 })
    assert.deepEqual(await fixture.store.submissions(), [])
  })
})
