import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'

import { UnknownStateError } from '../../../../src/lib/errors.ts'
import { defaultPlanOptions } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { thisRedeemer } from '../../../../src/lib/redemption/redeemer.ts'
import { openJournal } from '../../../../src/lib/tx/journal.ts'
import { parseWei } from '../../../../src/lib/units/wei.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import {
  assertAgreement,
  interferingPayer,
  makeRedemptionFixture,
  otherPayer,
  payer,
} from '../../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../../helpers/redemption-fixture.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { fund, transact } from '../../sender/on-chain.ts'
import { makeWinners } from '../winners.ts'
import { until } from '../../../helpers/until.ts'
import { bounded } from '../../../helpers/mortal.ts'

const faceValue = parseWei('0.01')
const inTwos = { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 2 } }
const sendMethod = 'eth_sendRawTransaction'
const receiptMethod = 'eth_getTransactionReceipt'

describe('what an earlier redemption has left', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: RedemptionFixture

  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeRedemptionFixture(proxy.url)
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, 4, () => ({ faceValue })))
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  for (const fault of ['dropReply', 'truncate'] as const) {
    it(`is nothing when the answer to the broadcast was lost (${fault})`, async () => {
      proxy.inject({ method: sendMethod, do: { kind: fault } })
      const { result } = await fixture.redeem()
      assert.equal(result.totals.redeemedTickets, 4)
      assert.equal(proxy.count(sendMethod), 1)
      await agrees({ final: 4 })
    })
  }

  it('is reported as its own when its end was not known', async () => {
    const undo = proxy.inject({ method: receiptMethod, do: { kind: 'hang' } })
    await assert.rejects(fixture.redeem({ timeoutMs: 300 }), UnknownStateError)
    assert.deepEqual(await fixture.states(), { submitted: 4 })
    undo()
    const { result } = await fixture.redeem()
    assert.deepEqual(
      result.batches.map(({ outcome, byEarlierRun, tickets }) => [outcome, byEarlierRun, tickets.length]),
      [['final', true, 4]],
    )
    assert.equal(proxy.forwarded(sendMethod), 1)
    assert.deepEqual(
      (await openJournal(fixture.context.dataFolder).all()).map(({ state, reported }) => [state, reported]),
      [['final', true]],
    )
    await agrees({ final: 4 })
  })

  it('is still reported when the end of a later batch is not known', async () => {
    const payerWithTwo = interferingPayer((signature) => {
      if (signature === 2) proxy.inject({ method: receiptMethod, do: { kind: 'hang' } })
      return Promise.resolve()
    })
    const { result, failure } = await fixture.redeem({ payer: payerWithTwo, timeoutMs: 500 }, inTwos)
    assert.ok(failure instanceof UnknownStateError)
    assert.deepEqual(
      [result.outcome, result.totals.redeemedTickets, result.stopped?.code],
      ['stopped', 2, 'TRANSACTION_UNKNOWN'],
    )
    assert.deepEqual(
      result.staying.map(({ code, tickets }) => [code, tickets]),
      [['inFlight', 2]],
    )
    proxy.clear()
    await fixture.redeem()
    await agrees({ final: 4 })
  })

  it('is signed bytes that nobody has sent: they are sent, once', async () => {
    const signed = await signWithoutSending()
    assert.deepEqual(await openJournal(fixture.context.dataFolder).all(), [])
    assert.deepEqual(await fixture.states(), { submitted: 4 })
    const { result } = await fixture.redeem()
    assert.deepEqual(
      result.batches.map(({ byEarlierRun, transactionHash }) => [byEarlierRun, transactionHash]),
      [[true, signed]],
    )
    await agrees({ final: 4 })
  })

  it('is bytes whose nonce another transaction has used: their tickets are redeemed anew', async () => {
    const signed = await signWithoutSending()
    await transact(chain, payer.address, payer.address, '0x', 1n)
    const { result } = await fixture.redeem()
    assert.equal(result.batches.length, 1)
    assert.equal(result.batches[0]?.byEarlierRun, false)
    assert.notEqual(result.batches[0].transactionHash, signed)
    await agrees({ final: 4 })
  })

  it('is a transaction of another account, whose redeemer has ended', async () => {
    const other = await makeRedemptionFixture(chain.rpcUrl, {
      storeFile: fixture.storeFile,
      account: otherPayer,
    })
    await signWithoutSending(other, deadRedeemer())
    const { result } = await fixture.redeem()
    assert.deepEqual([result.batches.length, result.batches[0]?.byEarlierRun], [1, true])
    await agrees({ final: 4 })
    await other.close()
  })

  it('is left alone while its redeemer runs, and so is all that its tickets need', async () => {
    const other = await makeRedemptionFixture(chain.rpcUrl, {
      storeFile: fixture.storeFile,
      account: otherPayer,
    })
    await signWithoutSending(other, thisRedeemer())
    const { result } = await fixture.redeem({ holder: 'somebody else' })
    assert.deepEqual([result.outcome, result.batches.length], ['nothingToDo', 0])
    assert.deepEqual(
      result.staying.map(({ code, tickets }) => [code, tickets]),
      [['inFlight', 4]],
    )
    assert.deepEqual(await fixture.states(), { submitted: 4 })
    await other.close()
  })

  it('is a transaction that an older copy of the store knows nothing of', async () => {
    const undo = proxy.inject({ method: receiptMethod, do: { kind: 'hang' } })
    await assert.rejects(fixture.redeem({ timeoutMs: 300 }), UnknownStateError)
    undo()
    const { dataFolder } = fixture.context
    const copy = await makeRedemptionFixture(proxy.url)
    await copy.add((await fixture.tickets()).map(({ ticket }) => ticket))
    const { result } = await copy.redeem({ dataFolder })
    assert.deepEqual([result.batches.length, proxy.forwarded(sendMethod)], [0, 1])
    assert.deepEqual(await copy.states(), { final: 4 })
    assert.deepEqual(
      (await openJournal(dataFolder).all()).map(({ state, reported }) => [state, reported]),
      [['final', true]],
    )
    await copy.close()
    await fixture.redeem()
    await agrees({ final: 4 })
  })

  it('is a claim: given up when its redeemer has ended, respected while it runs', async () => {
    const tickets = (await fixture.tickets()).map(({ hash }) => hash)
    const account = otherPayer.address
    await fixture.store.claim({ id: 'dead', account, holder: deadRedeemer(), tickets: tickets.slice(0, 2) })
    await fixture.store.claim({ id: 'alive', account, holder: thisRedeemer(), tickets: tickets.slice(2) })
    const { result } = await fixture.redeem({ holder: 'somebody else' })
    assert.equal(result.totals.redeemedTickets, 2)
    assert.deepEqual(await fixture.states(), { final: 2, submitted: 2 })
    await fixture.store.giveUpClaim('alive')
    await fixture.redeem()
    await agrees({ final: 4 })
  })

  it('is a block that a reorganisation replaces: tickets are taken back and come again', async () => {
    const seen: string[] = []
    const waiting = fixture.redeem({
      confirmations: 2,
      onEvent: ({ event }) => seen.push(event),
    })
    await until(async () => (await fixture.states()).redeemed === 4)
    await chain.rpc('anvil_reorg', [1, []])
    await until(() => seen.filter((event) => event === 'mined').length === 2)
    await chain.rpc('evm_mine')
    const { result } = await waiting
    assert.equal(result.totals.redeemedTickets, 4)
    assert.deepEqual(
      seen.filter((event) => event !== 'planned'),
      ['sending', 'mined', 'takenBack', 'mined', 'settled'],
    )
    await agrees({ final: 4 })
  })

  it('is no reorganisation when the node lags', async () => {
    const seen: string[] = []
    const waiting = fixture.redeem({
      confirmations: 2,
      onEvent: ({ event }) => seen.push(event),
    })
    await until(async () => (await fixture.states()).redeemed === 4)
    const undo = proxy.inject({ do: { kind: 'lag', blocks: 1 } })
    await proxy.seen(receiptMethod, proxy.count(receiptMethod) + 4)
    assert.deepEqual(await fixture.states(), { redeemed: 4 })
    undo()
    await chain.rpc('evm_mine')
    await waiting
    assert.ok(!seen.includes('takenBack'))
    await agrees({ final: 4 })
  })

  it('is a transaction that a market has left behind: it is replaced, below what it pays', async () => {
    await chain.rpc('evm_setAutomine', [false])
    const steps: string[] = []
    const broadcasts = () => steps.filter((step) => step === 'broadcast').length
    const waiting = fixture.redeem({
      raiseFeeAfterMs: 300,
      onStep: ({ name }) => steps.push(name),
    })
    await until(() => steps.includes('wait'))
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', ['0x4a817c800'])
    await chain.rpc('evm_mine')
    await until(() => broadcasts() === 2)
    await until(async () => {
      await chain.rpc('evm_mine')
      return steps.includes('settled')
    })
    const { result } = await waiting
    await chain.rpc('evm_setAutomine', [true])
    assert.equal(result.totals.redeemedTickets, 4)
    assert.ok(result.totals.netWei > 0n)
    const [entry] = await openJournal(fixture.context.dataFolder).all()
    assert.equal(entry?.attempts.length, 2)
    await agrees({ final: 4 })
  })

  /** A redeemer that dies after its bytes are in the store and before they are in its journal. */
  async function signWithoutSending(by = fixture, holder = thisRedeemer()) {
    let hash = ''
    const store = {
      ...by.store,
      async recordAttempt(...attempt: Parameters<typeof by.store.recordAttempt>) {
        hash = attempt[2].hash
        await by.store.recordAttempt(...attempt)
        throw new Error('died')
      },
    }
    await assert.rejects(by.redeem({ store, holder }), /died/)
    return hash
  }

  async function agrees(states: object): Promise<void> {
    assert.deepEqual(await fixture.states(), states)
    assert.deepEqual(await fixture.store.submissions(), [])
    await assertAgreement(chain, fixture.store)
  }
})

function deadRedeemer(): string {
  const { pid } = spawnSync(process.execPath, ['-e', '0'], bounded)
  return `${hostname()}/${String(pid)}/long ago`
}
