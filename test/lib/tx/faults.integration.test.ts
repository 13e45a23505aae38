import assert from 'node:assert/strict'

import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'
import { LpPayError, exitCodes } from '../../../src/lib/errors.ts'
import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { unlockOperation } from '../../../src/lib/sender/operations/unlock.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { send } from '../../../src/lib/tx/send.ts'
import type { SendResult } from '../../../src/lib/sender/operations/sender-operation.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import type { Step } from '../../../src/lib/tx/steps.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

/** Without it anvil offers a tip of its own, which may be more than the most that it would pay. */
const gasPrice = '0x77359400'
/** Selector of Controller.pause() */
const pause = '0x8456cb59'
const tenth = 10n ** 17n
const sendMethod = 'eth_sendRawTransaction'
const receiptMethod = 'eth_getTransactionReceipt'

describe('the transaction lifecycle behind a faulty RPC', () => {
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

  for (const fault of ['dropReply', 'truncate'] as const) {
    it(`reports what was mined when the answer to the broadcast is lost (${fault})`, async () => {
      proxy.inject({ method: sendMethod, do: { kind: fault } })
      assert.equal((await deposit()).outcome, 'sent')
      assert.equal(proxy.count(sendMethod), 1)
      assert.equal(await depositOnChain(), tenth)
    })
  }

  for (const fault of [
    { kind: 'reset' },
    { kind: 'status', status: 429 },
    { kind: 'status', status: 502 },
    { kind: 'html' },
  ] as const) {
    it(`sends the same bytes again when the broadcast never arrived (${JSON.stringify(fault)})`, async () => {
      proxy.inject({ method: sendMethod, times: 1, do: fault })
      const first = openJournal(fixture.dataFolder)
      assert.equal((await deposit()).outcome, 'sent')
      const [entry] = await first.all()
      assert.equal(entry?.attempts.length, 1)
      assert.equal(proxy.forwarded(sendMethod), 1)
      assert.equal(await depositOnChain(), tenth)
    })
  }

  it('takes "already known" for a success still to be seen', async () => {
    proxy.inject({
      method: sendMethod,
      do: { kind: 'jsonRpcError', code: -32000, message: 'already known', when: 'after' },
    })
    assert.equal((await deposit()).outcome, 'sent')
    assert.equal(await depositOnChain(), tenth)
  })

  it('takes "nonce too low" for a success only because its own hash was mined', async () => {
    proxy.inject({
      method: sendMethod,
      do: { kind: 'jsonRpcError', code: -32000, message: 'nonce too low', when: 'after' },
    })
    assert.equal((await deposit()).outcome, 'sent')
    assert.equal(await depositOnChain(), tenth)
  })

  it('says that another transaction used the nonce', async () => {
    proxy.inject({ method: sendMethod, do: { kind: 'jsonRpcError', code: -32000, message: 'nonce too low' } })
    const onStep = async (step: Step) => {
      if (step.name === 'broadcast') await useUpNonce()
    }
    await fails(
      deposit({ onStep: (step) => void onStep(step) }),
      'TRANSACTION_SUPERSEDED',
      exitCodes.precondition,
    )
    assert.equal(await depositOnChain(), 0n)
  })

  it('sends the same bytes again after "nonce too high"', async () => {
    proxy.inject({
      method: sendMethod,
      times: 1,
      do: { kind: 'jsonRpcError', code: -32000, message: 'nonce too high' },
    })
    assert.equal((await deposit()).outcome, 'sent')
    assert.equal(await depositOnChain(), tenth)
  })

  for (const message of [
    'max fee per gas less than block base fee',
    'insufficient funds for gas * price + value',
  ]) {
    it(`is free to try again after the node has refused: ${message}`, async () => {
      proxy.inject({ method: sendMethod, times: 1, do: { kind: 'jsonRpcError', code: -32000, message } })
      await fails(deposit(), 'TRANSACTION_REFUSED', exitCodes.precondition)
      assert.equal((await deposit()).outcome, 'sent')
      assert.equal(await depositOnChain(), tenth)
    })
  }

  it('does not know, says so, and finds out when it is repeated', async () => {
    proxy.inject({ method: [receiptMethod], do: { kind: 'hang' } })
    await fails(deposit({ timeoutMs: 300 }), 'TRANSACTION_UNKNOWN', exitCodes.unknown)
    proxy.clear()
    assert.equal((await deposit()).outcome, 'sentByEarlierRun')
    assert.equal(proxy.forwarded(sendMethod), 1)
    assert.equal(await depositOnChain(), tenth)
  })

  it('does not know after an interruption while it waits', async () => {
    proxy.inject({ method: [receiptMethod], do: { kind: 'hang' } })
    const interruption = new AbortController()
    void proxy.seen(receiptMethod).then(() => {
      interruption.abort()
    })
    await fails(deposit({ signal: interruption.signal }), 'TRANSACTION_UNKNOWN', exitCodes.unknown)
    proxy.clear()
    assert.equal((await deposit()).outcome, 'sentByEarlierRun')
  })

  it('sends nothing after an interruption before the signature', async () => {
    const interruption = new AbortController()
    interruption.abort()
    await fails(deposit({ signal: interruption.signal }), 'INTERRUPTED', exitCodes.declined)
    assert.equal(proxy.count(sendMethod), 0)
    assert.deepEqual(await openJournal(fixture.dataFolder).all(), [])
  })

  it('says that the transaction reverted on chain', async () => {
    await deposit()
    const confirm = async () => {
      await chain.rpc('eth_sendTransaction', [
        { from: devnetDeployer.address, to: devnet.controller, data: pause, gasPrice },
      ])
    }
    const unlock = unlockOperation(fixture.connection, gateway.address)
    const sending = send(unlock, { ...fixture.options, confirm })
    await fails(sending, 'TRANSACTION_REVERTED', exitCodes.reverted)
    const [entry] = await openJournal(fixture.dataFolder).all()
    assert.deepEqual([entry?.state, entry?.reported], ['reverted', true])
  })

  it('says what the simulation says when it reverts, and sends nothing', async () => {
    await deposit()
    const unlock = unlockOperation(fixture.connection, gateway.address)
    await send(unlock, fixture.options).then(({ reported }) => reported())
    const state = { ...(await readSender(fixture.connection, gateway.address)), withdrawRound: 0n }
    const blind = { ...unlock, requestKey: 'blind', plan: () => unlock.plan(state) }
    const sent = proxy.count(sendMethod)
    await fails(send(blind, fixture.options), 'SIMULATION_REVERTED', exitCodes.simulationReverted)
    assert.equal(proxy.count(sendMethod), sent)
  })

  it('waits for the confirmations that are asked for', async () => {
    const seen: number[] = []
    const waiting = deposit({
      confirmations: 3,
      onStep: (step) => {
        if (step.name === 'confirmations' && step.seen !== seen.at(-1)) seen.push(step.seen)
      },
    })
    await until(() => seen.includes(1))
    await chain.rpc('evm_mine')
    await until(() => seen.includes(2))
    await chain.rpc('evm_mine')
    assert.equal((await waiting).outcome, 'sent')
    assert.deepEqual(seen.slice(0, 2), [1, 2])
  })

  it('takes a success back when a reorganisation does, and sends the same bytes again', async () => {
    let mined = false
    const waiting = deposit({
      confirmations: 2,
      onStep: (step) => {
        mined ||= step.name === 'confirmations'
      },
    })
    await until(() => mined)
    await chain.rpc('anvil_reorg', [1, []])
    assert.equal(await depositOnChain(), 0n)
    await until(async () => (await depositOnChain()) === tenth)
    await chain.rpc('evm_mine')
    assert.equal((await waiting).outcome, 'sent')
    const [entry] = await openJournal(fixture.dataFolder).all()
    assert.equal(entry?.attempts.length, 1)
  })

  it('does not take a node that lags for a reorganisation', async () => {
    proxy.inject({
      method: [receiptMethod],
      nth: 2,
      times: 2,
      do: { kind: 'replaceResult', with: () => null },
    })
    const waiting = deposit({ confirmations: 2 })
    await proxy.seen(receiptMethod, 4)
    await chain.rpc('evm_mine')
    assert.equal((await waiting).outcome, 'sent')
    assert.equal(await depositOnChain(), tenth)
    assert.equal(await chain.rpc('eth_getTransactionCount', [gateway.address, 'latest']), '0x1')
  })

  it('refuses when the state changes between the plan and the sending', async () => {
    const other = await makeSenderFixture(chain.rpcUrl)
    const topUp = fundOperation(fixture.connection, {
      name: 'deposit',
      funding: { kind: 'topUp', part: 'deposit', toWei: tenth },
      from: gateway.address,
    })
    const confirm = async () => {
      await send(depositOperation(other, tenth / 2n), other.options)
    }
    await fails(send(topUp, { ...fixture.options, confirm }), 'PLAN_CHANGED', exitCodes.precondition)
    assert.equal(await depositOnChain(), tenth / 2n)
    await other.close()
  })

  it('settles what another request left before it sends its own', async () => {
    proxy.inject({ method: [receiptMethod], do: { kind: 'hang' } })
    await fails(deposit({ timeoutMs: 300 }), 'TRANSACTION_UNKNOWN', exitCodes.unknown)
    proxy.clear()
    const { result } = await send(depositOperation(fixture, tenth * 2n), fixture.options)
    assert.equal(result.outcome, 'sent')
    assert.equal(await depositOnChain(), tenth * 3n)
  })

  function depositOperation({ connection }: SenderFixture, depositWei: bigint) {
    return fundOperation(connection, {
      name: 'deposit',
      funding: { kind: 'add', depositWei, reserveWei: 0n },
      from: gateway.address,
    })
  }

  async function deposit(changes: Partial<SenderFixture['options']> = {}): Promise<SendResult> {
    const operation = depositOperation(fixture, tenth)
    const { result, reported } = await send(operation, { ...fixture.options, ...changes })
    await reported()
    return result
  }

  async function depositOnChain(): Promise<bigint> {
    return (await readSender(fixture.connection, gateway.address)).depositWei
  }

  async function useUpNonce(): Promise<void> {
    await chain.rpc('eth_sendTransaction', [
      { from: gateway.address, to: gateway.address, value: '0x1', gasPrice },
    ])
  }
})

async function fails(promise: Promise<unknown>, code: string, exitCode: number): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof LpPayError, String(error))
    assert.deepEqual([error.code, error.exitCode], [code, exitCode])
    return true
  })
}
