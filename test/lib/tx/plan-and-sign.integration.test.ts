import assert from 'node:assert/strict'
import type { Hex } from 'viem'

import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import type { Operation, PlannedGas } from '../../../src/lib/tx/operation.ts'
import type { Preview } from '../../../src/lib/tx/preview.ts'
import { runOperation } from '../../../src/lib/tx/run-operation.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'

const tenth = 10n ** 17n
const sendMethod = 'eth_sendRawTransaction'

describe('what a plan and a signature bring to a transaction', () => {
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

  it('takes the gas of the plan, and asks no node for an estimate', async () => {
    const previews: Preview<unknown>[] = []
    const operation = withGas(deposit(), { estimate: 80_000n, limit: 123_456n })
    const confirm = (preview: Preview<unknown>) => Promise.resolve(void previews.push(preview))
    await runOperation(operation, { ...fixture.options, confirm })
    assert.equal(proxy.count('eth_estimateGas'), 0)
    const [entry] = await openJournal(fixture.dataFolder).all()
    assert.equal(entry?.attempts[0].gas, 123_456n)
    const [preview] = previews
    assert.ok(preview !== undefined)
    assert.deepEqual([preview.gasEstimate, preview.gasLimit], [80_000n, 123_456n])
    assert.equal(preview.maxCostWei, tenth + 123_456n * preview.maxFeePerGas)
    assert.equal(preview.expectedFeeWei % 80_000n, 0n)
    assert.equal(await depositOnChain(), tenth)
  })

  it('refuses a limit that the account cannot pay for', async () => {
    const operation = withGas(deposit(), { estimate: 80_000n, limit: 10n ** 20n })
    await assert.rejects(runOperation(operation, fixture.options), { code: 'INSUFFICIENT_FUNDS' })
  })

  it('takes an estimate that was not made for none, rather than for a revert', async () => {
    proxy.inject({
      method: 'eth_estimateGas',
      do: { kind: 'jsonRpcError', code: -32000, message: 'gas required exceeds allowance (50000)' },
    })
    await assert.rejects(runOperation(deposit(), fixture.options), {
      name: 'RpcResponseError',
      code: 'RPC_RESPONSE_ERROR',
      exitCode: 9,
      message: 'the RPC refused eth_estimateGas: gas required exceeds allowance (50000)',
    })
  })

  it('tells of signed bytes before they are on disk and before they are sent', async () => {
    const told: { nonce: number; hash: Hex; signed: Hex }[] = []
    const ended = await runOperation(deposit(), {
      ...fixture.options,
      onSigned: async (attempt) => {
        told.push(attempt)
        assert.deepEqual(await openJournal(fixture.dataFolder).all(), [])
        assert.equal(proxy.count(sendMethod), 0)
      },
    })
    assert.ok(ended.kind === 'final')
    const [{ hash, signed }] = ended.entry.attempts
    assert.deepEqual(told, [{ nonce: 0, hash, signed }])
  })

  it('sends nothing and keeps nothing when whoever is told of the bytes refuses', async () => {
    const onSigned = () => Promise.reject(new Error('the store is gone'))
    await assert.rejects(runOperation(deposit(), { ...fixture.options, onSigned }), {
      message: 'the store is gone',
    })
    assert.deepEqual(await openJournal(fixture.dataFolder).all(), [])
    assert.equal(proxy.count(sendMethod), 0)
    const { kind } = await runOperation(deposit(), fixture.options)
    assert.equal(kind, 'final')
    assert.equal(await depositOnChain(), tenth)
  })

  function deposit() {
    const funding = { kind: 'add', depositWei: tenth, reserveWei: 0n } as const
    return fundOperation(fixture.connection, { name: 'deposit', funding, from: gateway.address })
  }

  function withGas<State, Effect>(operation: Operation<State, Effect>, gas: PlannedGas) {
    return {
      ...operation,
      plan: (state: State) => {
        const plan = operation.plan(state)
        return plan && { ...plan, gas }
      },
    }
  }

  async function depositOnChain(): Promise<bigint> {
    return (await readSender(fixture.connection, gateway.address)).depositWei
  }
})
