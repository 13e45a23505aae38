import assert from 'node:assert/strict'

import { connect } from '../../../src/lib/contracts/connect.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { defaultPlanOptions } from '../../../src/lib/redemption/plan/plan-redemption.ts'
import type { RedeemContext } from '../../../src/lib/redemption/redeem-context.ts'
import type { RedeemResult } from '../../../src/lib/redemption/redeem-result.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { Fault, FaultProxy } from '../../helpers/fault-proxy.ts'
import {
  assertAgreement,
  interferingPayer,
  makeRedemptionFixture,
  payer,
  redemptionsOnChain,
} from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { makeGateways, makeWinners } from './winners.ts'

const tickets = 12
const faceValue = parseWei('0.01')
const inFours = { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 4 } }
const sendMethod = 'eth_sendRawTransaction'
const methods = ['eth_call', 'eth_getTransactionCount', sendMethod, 'eth_getTransactionReceipt']
/** A run may give up, but must not have to be repeated for ever. */
const mostRuns = 6
const rpcTimeoutMs = 700

/** What a node may do to any request. */
const requestFaults: readonly (readonly [name: string, fault: Fault])[] = [
  ['429', { kind: 'status', status: 429 }],
  ['503', { kind: 'status', status: 503 }],
  ['hangs', { kind: 'hang' }],
  ['hangs after it has acted', { kind: 'hang', when: 'after' }],
  ['resets the connection', { kind: 'reset' }],
  ['truncates its answer', { kind: 'truncate' }],
  ['answers with HTML', { kind: 'html' }],
  ['acts and drops its answer', { kind: 'dropReply' }],
  ['says 429 in a 200', { kind: 'jsonRpcError', code: -32005, message: 'rate limit exceeded' }],
  ['lags by a block', { kind: 'lag', blocks: 1 }],
]

/** What a node may say to a transaction, before it takes it or though it has taken it. */
const sendAnswers = [
  ['already known', 'after'],
  ['nonce too low', 'after'],
  ['nonce too high', 'before'],
  ['replacement transaction underpriced', 'before'],
  ['max fee per gas less than block base fee', 'before'],
  ['insufficient funds for gas * price + value', 'before'],
  ['transaction underpriced', 'after'],
  ['insufficient funds for gas * price + value', 'after'],
] as const

describe('a redemption in which', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: RedemptionFixture

  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeRedemptionFixture(proxy.url)
    const gateways = await makeGateways(chain, 3, parseWei('1'), 0n)
    await fixture.add(
      await makeWinners(chain, tickets, (index) => ({
        faceValue,
        privateKey: gateways[index % gateways.length]?.privateKey ?? '0x',
      })),
    )
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  for (const [name, fault] of requestFaults) {
    it(`the node ${name} now and then`, async () => {
      await withOwnConnection([proxy.url], async (connection) => {
        for (const method of methods) {
          // Once in the first batch, and twice in a row in the second one.
          proxy.inject({ method, nth: 2, times: 1, do: fault })
          proxy.inject({ method, nth: 5, times: 2, do: fault })
        }
        await redeemAndRepeat({ connection })
      })
    }).timeout(120_000)
  }

  for (const [message, when] of sendAnswers) {
    it(`the node says "${message}", ${when === 'after' ? 'though it has taken the transaction' : 'once'}`, async () => {
      const fault = { kind: 'jsonRpcError', code: -32000, message, when } as const
      proxy.inject({ method: sendMethod, nth: 2, times: 1, do: fault })
      await redeemAndRepeat()
    }).timeout(120_000)
  }

  it('the pool drops a transaction', async () => {
    await chain.rpc('evm_setAutomine', [false])
    let dropped = 0
    const waiting = fixture.redeem(
      {
        onStep: (step) => {
          if (step.name !== 'wait' || dropped++ > 0) return
          void chain
            .rpc('anvil_dropTransaction', [step.hash])
            .then(() => chain.rpc('evm_setAutomine', [true]))
        },
      },
      inFours,
    )
    const { result, failure } = await waiting
    assert.equal(failure, undefined)
    assert.equal(result.totals.redeemedTickets, tickets)
    await assertAllDone()
  })

  it('the fee rises beyond what the tickets bear, between the signature and the broadcast', async () => {
    const dear = '0x2e90edd000' // 200 gwei
    const rising = interferingPayer(async (signature) => {
      if (signature !== 2) return
      await chain.rpc('anvil_setNextBlockBaseFeePerGas', [dear])
      await chain.rpc('evm_mine')
      await chain.rpc('anvil_setNextBlockBaseFeePerGas', [dear])
    })
    const { result } = await fixture.redeem({ payer: rising }, inFours)
    assert.equal(result.totals.redeemedTickets, 4)
    await assertNothingOverstated(result)
    assert.deepEqual(await fixture.states(), { final: 4, pending: 8 })
    for (const { state, reason } of await fixture.tickets()) {
      if (state === 'pending') assert.match(reason ?? '', /gas|refused/)
    }
    assert.deepEqual(await fixture.store.submissions(), [])
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00'])
    await chain.rpc('evm_mine')
    await redeemAndRepeat()
  })

  it('the gas account is empty from the start', async () => {
    await chain.rpc('anvil_setBalance', [payer.address, '0x0'])
    await assert.rejects(fixture.redeem({}, inFours), { code: 'INSUFFICIENT_FUNDS' })
    assert.deepEqual(await fixture.states(), { pending: tickets })
    await assertWaitingForGas()
    assert.equal(proxy.count(sendMethod), 0)
    await chain.rpc('anvil_setBalance', [payer.address, '0xde0b6b3a7640000'])
    await redeemAndRepeat()
  })

  it('the gas account is emptied in the middle', async () => {
    const emptying = interferingPayer(async (signature) => {
      if (signature === 2) await chain.rpc('anvil_setBalance', [payer.address, '0x0'])
    })
    const { result, failure } = await fixture.redeem({ payer: emptying }, inFours)
    assert.equal(failure?.code, 'INSUFFICIENT_FUNDS')
    assert.deepEqual([result.outcome, result.totals.redeemedTickets], ['stopped', 4])
    assert.deepEqual(await fixture.states(), { final: 4, pending: 8 })
    await assertWaitingForGas()
    assert.deepEqual(await fixture.store.submissions(), [])
    await assertNothingOverstated(result)
    await chain.rpc('anvil_setBalance', [payer.address, '0xde0b6b3a7640000'])
    await redeemAndRepeat()
  })

  it('the node that takes over is of another chain', async () => {
    const other = await startFaultProxy(chain.rpcUrl)
    other.inject({ do: { kind: 'wrongChainId', chainId: 1 } })
    try {
      await withOwnConnection([proxy.url, other.url], async (connection) => {
        const failing = interferingPayer((signature) => {
          if (signature === 2) proxy.inject({ do: { kind: 'reset' } })
          return Promise.resolve()
        })
        const { result, failure } = await fixture.redeem(
          { connection, payer: failing, timeoutMs: 2000 },
          inFours,
        )
        assert.ok(failure instanceof LpPayError)
        assert.equal(result.totals.redeemedTickets, 4)
        assert.equal(other.forwarded(sendMethod), 0)
        await assertNothingOverstated(result)
        proxy.clear()
        await redeemAndRepeat({ connection })
        assert.equal(other.forwarded(sendMethod), 0)
      })
    } finally {
      await other.stop()
    }
  }).timeout(120_000)

  /** Runs until all is redeemed, and looks after every run whether anything is shown that is not so. */
  async function redeemAndRepeat(changes: Partial<RedeemContext> = {}): Promise<void> {
    const ends: string[] = []
    for (let run = 0; run < mostRuns && (await fixture.states()).final !== tickets; run++) {
      try {
        const { result, failure } = await fixture.redeem({ timeoutMs: 15_000, ...changes }, inFours)
        ends.push(failure?.code ?? result.outcome)
        await assertNothingOverstated(result)
      } catch (error) {
        if (!(error instanceof LpPayError)) throw error
        ends.push(error.code)
        await assertNothingOverstated()
      }
    }
    assert.equal((await fixture.states()).final, tickets, ends.join(', '))
    await assertAllDone()
  }

  /** What the store and the report show as redeemed is so on chain, and what is not keeps its place or a reason. */
  async function assertNothingOverstated(result?: RedeemResult): Promise<void> {
    const paid = new Map((await redemptionsOnChain(chain)).map(({ hash, paidWei }) => [hash, paidWei]))
    for (const { hash, state, paidWei } of await fixture.tickets()) {
      assert.ok(['pending', 'submitted', 'redeemed', 'final'].includes(state), `${hash} is ${state}`)
      if (state === 'final' || state === 'redeemed') assert.equal(paidWei, paid.get(hash))
    }
    const reported = result?.batches.flatMap((batch) => batch.tickets) ?? []
    for (const { hash, outcome, paidWei } of reported) {
      if (outcome === 'redeemed') assert.equal(paidWei, paid.get(hash))
    }
  }

  async function assertWaitingForGas(): Promise<void> {
    for (const { state, reason } of await fixture.tickets()) {
      if (state === 'pending') assert.match(reason ?? '', /more than the gas account has left$/)
    }
  }

  async function assertAllDone(): Promise<void> {
    assert.deepEqual(await fixture.states(), { final: tickets })
    assert.deepEqual(await fixture.store.submissions(), [])
    await assertAgreement(chain, fixture.store)
    assert.equal((await redemptionsOnChain(chain)).length, tickets)
    const journal = openJournal(fixture.context.dataFolder)
    assert.deepEqual(await journal.open(fixture.connection.chainKey, payer.address), [])
  }
})

/** With little patience, so that a node that hangs does not hold the test up. */
async function withOwnConnection(
  urls: readonly string[],
  use: (connection: RedeemContext['connection']) => Promise<void>,
): Promise<void> {
  const connection = await connect({ network: devnet, urls, timeoutMs: rpcTimeoutMs })
  try {
    await use(connection)
  } finally {
    connection.rpc.close()
  }
}
