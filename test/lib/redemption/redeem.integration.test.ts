import assert from 'node:assert/strict'
import { numberToHex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { PreconditionError } from '../../../src/lib/errors.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { defaultPlanOptions } from '../../../src/lib/redemption/plan/plan-redemption.ts'
import { previewRedemption } from '../../../src/lib/redemption/redeem.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { makeSignedTicket } from '../../helpers/make-signed-ticket.ts'
import { otherPayer, payer, redeemAll, redemptionsOnChain } from '../../helpers/redemption-fixture.ts'
import { makeRedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { onBothRules } from './scenario.ts'
import { makeWinners, readCreation } from './winners.ts'

const faceValue = parseWei('0.01')
const inactive = devnetAccounts[6].address

onBothRules('redeeming', (scenario) => {
  scenario('redeems 25 winners in one transaction, each once and in full', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), parseWei('0.3'))
    await fixture.add(await makeWinners(chain, 25, () => ({ faceValue })))
    const { result, failure } = await fixture.redeem()
    assert.equal(failure, undefined)
    const { redeemedTickets, shortPaidTickets, faceValueWei, paidWei } = result.totals
    assert.deepEqual(
      [result.outcome, result.batches.length, redeemedTickets, shortPaidTickets, faceValueWei, paidWei],
      ['redeemed', 1, 25, 0, parseWei('0.25'), parseWei('0.25')],
    )
    assert.deepEqual(await fixture.states(), { final: 25 })
    assert.equal((await redemptionsOnChain(chain)).length, 25)
    const fees = (await fixture.tickets()).reduce((all, { feeWei }) => all + feeWei, 0n)
    assert.equal(fees, result.totals.feeWei)
    assert.deepEqual((await fixture.redeem()).result.outcome, 'nothingToDo')
  })

  scenario('redeems batch after batch, and only what was chosen', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    const [first, ...others] = await fixture.add(await makeWinners(chain, 12, () => ({ faceValue })))
    const one = await fixture.redeem({}, { choice: { senders: [], hashes: [String(first).slice(0, 20)] } })
    assert.deepEqual(
      one.result.batches.map(({ tickets }) => tickets.map(({ hash }) => hash)),
      [[first]],
    )
    const { result } = await fixture.redeem(
      {},
      { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 4 } },
    )
    assert.deepEqual(
      result.batches.map(({ tickets }) => tickets.length),
      [4, 4, 3],
    )
    assert.equal(result.totals.redeemedTickets, others.length)
    await assert.rejects(fixture.redeem({}, { choice: { senders: [], hashes: [String(first)] } }), {
      code: 'TICKET_NOT_PENDING',
    })
    await assert.rejects(fixture.redeem({}, { choice: { senders: [], hashes: ['0x123456'] } }), {
      code: 'TICKET_NOT_FOUND',
    })
  })

  scenario('asks once with the whole plan, and sends nothing when declined', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 6, () => ({ faceValue })))
    const planOptions = { ...defaultPlanOptions, maxTicketsPerBatch: 3 }
    const asked: unknown[] = []
    const declined = fixture.redeem({}, { planOptions, confirm: () => Promise.reject(new Error('no')) })
    await assert.rejects(declined, /no/)
    assert.deepEqual(await fixture.states(), { pending: 6 })
    assert.deepEqual(await fixture.store.submissions(), [])
    const { result } = await fixture.redeem(
      {},
      {
        planOptions,
        holdToPreview: true,
        confirm: ({ plan, cost, account }) => {
          asked.push([plan.batches.length, plan.payoutWei, account])
          assert.ok(cost.expectedFeeWei < cost.maxCostWei)
          return Promise.resolve()
        },
      },
    )
    assert.deepEqual(asked, [[2, parseWei('0.06'), payer.address]])
    assert.equal(result.totals.redeemedTickets, 6)
  })

  scenario('shows the plan in a dry run without a key, and changes nothing', async ({ chain, fixture }) => {
    await fund(chain, parseWei('0.03'), 0n)
    const tickets = await makeWinners(chain, 5, () => ({ faceValue }))
    const wrong = makeSignedTicket({ ...(await readCreation(chain)), creationRound: 3n })
    await fixture.add([...tickets, wrong])
    const { payer: _nobody, ...context } = fixture.context
    const result = await previewRedemption(context, redeemAll)
    assert.deepEqual([result.outcome, result.account, result.plan?.batches.length], ['dryRun', null, 1])
    assert.equal(result.plan?.payoutWei, parseWei('0.03'))
    assert.deepEqual(
      result.staying.map(({ code, tickets: count }) => [code, count]),
      [['depositShort', 2]],
    )
    assert.deepEqual(
      result.ended.map(({ outcome }) => outcome),
      ['expired'],
    )
    assert.deepEqual(await fixture.states(), { pending: 6 })
  })

  scenario('lets no poison ticket block the others, and says what is wrong with each', async (stage) => {
    const { chain, fixture } = stage
    await fund(chain, parseWei('1'), 0n)
    const creation = await readCreation(chain)
    const good = await makeWinners(chain, 5, () => ({ faceValue }))
    const make = (changes: object) => makeSignedTicket({ ...creation, faceValue, ...changes })
    const bad: readonly (readonly [ticket: SignedTicket, state: string, reason: RegExp])[] = [
      [make({ senderNonce: 100n, creationRound: creation.creationRound - 2n }), 'expired', /^it could be/],
      [make({ senderNonce: 101n, creationRound: creation.creationRound + 1n }), 'pending', /has not begun/],
      [{ ...make({ senderNonce: 102n }), sig: good[0]?.sig ?? '0x' }, 'invalid', /invalid signature/],
      [{ ...make({ senderNonce: 103n }), recipientRand: 5n }, 'invalid', /recipientRand does not match/],
      [make({ senderNonce: 104n, winProb: 1n }), 'invalid', /did not win/],
      [make({ senderNonce: 105n, recipient: inactive }), 'pending', /active/],
      [make({ senderNonce: 106n, creationRoundBlockHash: `0x${'cd'.repeat(32)}` }), 'pending', /block hash/],
    ]
    await fixture.add([...bad.map(([ticket]) => ticket), ...good])
    const { result } = await fixture.redeem()
    assert.equal(result.totals.redeemedTickets, 5)
    assert.equal(result.batches.length, 1)
    for (const { hash, ticket, state, reason } of await fixture.tickets()) {
      const [, expected, why] = bad.find(([{ senderNonce }]) => senderNonce === ticket.senderNonce) ?? []
      if (expected === undefined) assert.equal(state, 'final', hash)
      else {
        assert.equal(state, expected, `${String(ticket.senderNonce)}: ${String(reason)}`)
        assert.match(reason ?? '', why ?? /never/)
      }
    }
    await chain.advance(1)
    await fixture.redeem()
    const wrongHash = (await fixture.tickets()).find(({ ticket }) => ticket.senderNonce === 106n)
    assert.equal(wrongHash?.state, 'invalid')
  })

  scenario('redeems as much as the gas account pays for, and says what is missing', async (stage) => {
    const { chain, fixture } = stage
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 6, (index) => ({ faceValue: faceValue * BigInt(index + 1) })))
    const request = { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 2 } }
    await setBalance(stage.chain, 1000n)
    await assert.rejects(fixture.redeem({}, request), (error) => {
      assert.ok(error instanceof PreconditionError)
      assert.equal(error.code, 'INSUFFICIENT_FUNDS')
      return true
    })
    let maxCostWei = 0n
    await setBalance(stage.chain, parseWei('1'))
    const confirm: typeof redeemAll.confirm = ({ cost }) => {
      maxCostWei = cost.batches[0]?.maxCostWei ?? 0n
      return Promise.reject(new Error('only looking'))
    }
    await assert.rejects(fixture.redeem({}, { ...request, confirm }), /only looking/)
    await setBalance(stage.chain, (maxCostWei * 11n) / 10n)
    const { result } = await fixture.redeem({}, request)
    assert.equal(result.totals.redeemedTickets, 2)
    assert.equal(result.totals.paidWei, faceValue * 11n)
    assert.ok(result.missingGasWei > 0n)
    assert.deepEqual(
      result.staying.map(({ code, tickets }) => [code, tickets]),
      [['gasAccountShort', 4]],
    )
    await setBalance(stage.chain, parseWei('1'))
    assert.equal((await fixture.redeem({}, request)).result.totals.redeemedTickets, 4)
  })

  scenario('does nothing when nothing pays, and says so', async ({ chain, fixture }) => {
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 2, () => ({ faceValue: 1000n })))
    const { result } = await fixture.redeem()
    assert.deepEqual([result.outcome, result.batches.length], ['nothingToDo', 0])
    const [ticket] = await fixture.tickets()
    assert.match(ticket?.reason ?? '', /gas/)
    assert.deepEqual(await fixture.states(), { pending: 2 })
  })

  scenario('knows its own redemptions after an old copy of the database was restored', async (stage) => {
    const { chain, fixture } = stage
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 3, () => ({ faceValue })))
    await fixture.redeem()
    const restored = await restoreOldCopy(chain.rpcUrl, await makeWinners(chain, 3, () => ({ faceValue })))
    // The same account, but the journal of another machine.
    const { result } = await restored.redeem()
    assert.deepEqual([result.outcome, result.batches.length], ['nothingToDo', 0])
    assert.deepEqual(await restored.states(), { final: 3 })
    assert.deepEqual(
      result.ended.map(({ outcome, paidWei }) => [outcome, paidWei]),
      [1, 2, 3].map(() => ['final', faceValue]),
    )
    await restored.close()
    const stranger = await restoreOldCopy(
      chain.rpcUrl,
      await makeWinners(chain, 3, () => ({ faceValue })),
      otherPayer,
    )
    await stranger.redeem()
    assert.deepEqual(await stranger.states(), { usedElsewhere: 3 })
    const [ticket] = await stranger.tickets()
    assert.equal(ticket?.paidWei, faceValue)
    assert.match(ticket?.transactionHash ?? '', /^0x[0-9a-f]{64}$/)
    await stranger.close()
  })

  async function restoreOldCopy(
    rpcUrl: string,
    tickets: readonly SignedTicket[],
    account: (typeof devnetAccounts)[number] = payer,
  ) {
    const fixture = await makeRedemptionFixture(rpcUrl, { account })
    await fixture.add(tickets)
    return fixture
  }

  async function setBalance(
    chain: { rpc: (method: string, params: unknown[]) => Promise<unknown> },
    wei: bigint,
  ) {
    await chain.rpc('anvil_setBalance', [payer.address, numberToHex(wei)])
  }
})
