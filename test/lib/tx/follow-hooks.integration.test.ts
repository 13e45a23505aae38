import assert from 'node:assert/strict'

import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { runOperation } from '../../../src/lib/tx/run-operation.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

const receiptMethod = 'eth_getTransactionReceipt'

describe('what is told while a transaction is followed', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: SenderFixture
  let told: string[]

  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeSenderFixture(proxy.url)
    told = []
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  it('is the block once, however many confirmations it waits for', async () => {
    const waiting = deposit(2)
    await untilTold('mined')
    await chain.rpc('evm_mine')
    await waiting
    assert.deepEqual(told, ['mined'])
  })

  it('is a reorganisation, and the block after it', async () => {
    const waiting = deposit(2)
    await untilTold('mined')
    await chain.rpc('anvil_reorg', [1, []])
    await untilTold('mined', 'taken back', 'mined')
    await chain.rpc('evm_mine')
    await waiting
    assert.deepEqual(told, ['mined', 'taken back', 'mined'])
  })

  it('is no reorganisation when a node has forgotten the receipt of a block that it still has', async () => {
    proxy.inject({ method: receiptMethod, nth: 2, times: 3, do: { kind: 'replaceResult', with: () => null } })
    const waiting = deposit(2)
    await proxy.seen(receiptMethod, 5)
    await chain.rpc('evm_mine')
    await waiting
    assert.deepEqual(told, ['mined'])
  })

  it('is no reorganisation when a node has not come as far as the block', async () => {
    const waiting = deposit(2)
    await untilTold('mined')
    const undo = proxy.inject({ do: { kind: 'lag', blocks: 1 } })
    const seen = proxy.count(receiptMethod)
    await proxy.seen(receiptMethod, seen + 3)
    undo()
    await chain.rpc('evm_mine')
    await waiting
    assert.deepEqual(told, ['mined'])
  })

  async function deposit(confirmations: number): Promise<void> {
    const { connection, options } = fixture
    const funding = { kind: 'add', depositWei: 10n ** 17n, reserveWei: 0n } as const
    const operation = fundOperation(connection, { name: 'deposit', funding, from: gateway.address })
    const { kind } = await runOperation(operation, {
      ...options,
      confirmations,
      onMined: ({ succeeded }) => {
        told.push(succeeded ? 'mined' : 'reverted')
        return Promise.resolve()
      },
      onTakenBack: () => {
        told.push('taken back')
        return Promise.resolve()
      },
    })
    assert.equal(kind, 'final')
  }

  async function untilTold(...expected: string[]): Promise<void> {
    await until(() => told.length >= expected.length)
    assert.deepEqual(told, expected)
  }
})
