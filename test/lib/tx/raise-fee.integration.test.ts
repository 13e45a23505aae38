import assert from 'node:assert/strict'
import { numberToHex } from 'viem'
import type { Hex } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import type { JournalEntry } from '../../../src/lib/tx/journal-entry.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { findEntry, resumeEntry } from '../../../src/lib/tx/resume-entry.ts'
import { runOperation } from '../../../src/lib/tx/run-operation.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { startFaultProxy } from '../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

const tenth = 10n ** 17n
const gwei = 10n ** 9n
const sendMethod = 'eth_sendRawTransaction'

describe('a transaction that the fee market leaves behind', () => {
  let proxy: FaultProxy
  let fixture: SenderFixture

  // Before the devnet's own hook, which wants an empty pool.
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
    await chain.rpc('anvil_dropAllTransactions')
    await chain.rpc('evm_setAutomine', [true])
  })
  const chain = useTestDevnet()

  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeSenderFixture(proxy.url)
    await chain.rpc('evm_setAutomine', [false])
    // Anvil does not take a base fee back with the chain.
    await mineAt(gwei / 100n)
  })

  it('is replaced under the same nonce, as often as it takes, by what is told and on disk before it is sent', async () => {
    const signed: Hex[] = []
    const sending = deposit({ limitWei: 100n * gwei, onSigned: (hash) => void signed.push(hash) })
    await firstIsSent()
    await mineAt(gwei)
    await attemptsAre(2)
    await mineAt(10n * gwei)
    const { attempts } = await attemptsAre(3)
    await arrivesInPool(attempts[2]?.hash)
    await chain.rpc('evm_mine')
    assert.equal((await sending).kind, 'final')

    const entry = await onlyEntry()
    assert.equal(entry.state, 'final')
    assert.equal(entry.minedAs?.hash, attempts[2]?.hash)
    assert.deepEqual(
      signed,
      attempts.map(({ hash }) => hash),
    )
    for (const [index, attempt] of attempts.entries()) {
      const previous = attempts[index - 1]
      if (previous === undefined) continue
      assert.ok(attempt.maxFeePerGas * 10n >= previous.maxFeePerGas * 11n)
      assert.ok(attempt.maxPriorityFeePerGas > previous.maxPriorityFeePerGas)
      assert.equal(attempt.gas, previous.gas)
    }
    assert.ok((attempts[2]?.maxFeePerGas ?? 0n) >= 10n * gwei)
    assert.equal(await depositOnChain(), tenth)
  })

  it('is left alone while it offers enough', async () => {
    const sending = deposit({ limitWei: 100n * gwei })
    await firstIsSent()
    await proxy.seen('eth_gasPrice', 12)
    await chain.rpc('evm_mine')
    await sending
    assert.equal((await onlyEntry()).attempts.length, 1)
  })

  it('is never replaced above the limit, and is when the market comes back to it', async () => {
    const sending = deposit({ limitWei: 2n * gwei })
    await firstIsSent()
    await mineAt(5n * gwei)
    const asked = proxy.count('eth_gasPrice')
    await proxy.seen('eth_gasPrice', asked + 5)
    assert.equal((await onlyEntry()).attempts.length, 1)
    await mineAt((15n * gwei) / 10n)
    const { attempts } = await attemptsAre(2)
    assert.equal(attempts[1]?.maxFeePerGas, 2n * gwei)
    await arrivesInPool(attempts[1].hash)
    await chain.rpc('evm_mine')
    assert.equal((await sending).kind, 'final')
  })

  it('is settled by an older attempt when that is the one in the block', async () => {
    const sending = deposit({ limitWei: 100n * gwei })
    const { attempts } = await firstIsSent()
    proxy.inject({ method: sendMethod, do: { kind: 'reset' } })
    await mineAt(gwei)
    await attemptsAre(2)
    await proxy.seen(sendMethod, 2)
    await mineAt(1n)
    // Anvil has dropped what did not pay the base fee; another node has kept it.
    await chain.rpc('eth_sendRawTransaction', [attempts[0].signed])
    await chain.rpc('evm_mine')
    assert.equal((await sending).kind, 'final')
    assert.equal((await onlyEntry()).minedAs?.hash, attempts[0].hash)
    assert.equal(await depositOnChain(), tenth)
  })

  it('is sent again as it was where the account cannot pay for the replacement', async () => {
    const sending = deposit({ limitWei: 100n * gwei })
    const { attempts } = await firstIsSent()
    proxy.inject({
      method: sendMethod,
      times: 2,
      do: { kind: 'jsonRpcError', code: -32000, message: 'insufficient funds for gas * price + value' },
    })
    await mineAt(gwei)
    await attemptsAre(2)
    await mineAt(1n)
    await arrivesInPool(attempts[0].hash)
    await chain.rpc('evm_mine')
    assert.equal((await sending).kind, 'final')
    assert.equal((await onlyEntry()).minedAs?.hash, attempts[0].hash)
  })

  it('is not replaced when whoever is told of it refuses', async () => {
    let signatures = 0
    const sending = deposit({
      limitWei: 100n * gwei,
      onSigned: () => {
        if (++signatures > 1) throw new Error('the store is gone')
      },
    })
    const failing = assert.rejects(sending, { message: 'the store is gone' })
    await firstIsSent()
    await mineAt(gwei)
    await failing
    const { attempts, state } = await onlyEntry()
    assert.deepEqual([attempts.length, state], [1, 'pending'])
    assert.equal(proxy.forwarded(sendMethod), 1)
  })

  it('is replaced by nobody who knows an old state of it', async () => {
    const early = await afterTimeout()
    await resumeFails(early, gwei)
    await resumeFails(early, 2n * gwei)
    const { attempts } = await onlyEntry()
    assert.equal(attempts.length, 3)
    await chain.rpc('evm_mine')
    const { entry } = await resumeEntry(early, resumeOptions())
    assert.equal(entry.state, 'final')
    await assert.rejects(resumeEntry(early, resumeOptions()), {
      code: 'TRANSACTION_SETTLED',
      exitCode: 5,
      message: 'that transaction is settled: another process has settled it',
    })
  })

  function deposit(changes: { limitWei: bigint; onSigned?: (hash: Hex) => void }) {
    const { limitWei, onSigned } = changes
    return runOperation(depositOperation(), {
      ...fixture.options,
      raiseFee: { afterMs: 100, limitWei },
      onSigned: async ({ nonce, hash, signed }) => {
        assert.equal(nonce, 0)
        assert.match(signed, /^0x02/)
        const known = (await openJournal(fixture.dataFolder).all()).flatMap(({ attempts }) => attempts)
        assert.ok(known.every((attempt) => attempt.hash !== hash))
        onSigned?.(hash)
      },
    })
  }

  function depositOperation() {
    const funding = { kind: 'add', depositWei: tenth, reserveWei: 0n } as const
    return fundOperation(fixture.connection, { name: 'deposit', funding, from: gateway.address })
  }

  async function afterTimeout(): Promise<JournalEntry> {
    const sending = runOperation(depositOperation(), { ...fixture.options, timeoutMs: 100 })
    await assert.rejects(sending, { code: 'TRANSACTION_UNKNOWN' })
    return findEntry(fixture.dataFolder, (await onlyEntry()).attempts[0].hash)
  }

  async function resumeFails(entry: JournalEntry, limitWei: bigint): Promise<void> {
    const raiseFee = { signer: () => localSigner(gateway.privateKey), limitWei }
    await assert.rejects(resumeEntry(entry, { ...resumeOptions(), raiseFee, timeoutMs: 100 }), {
      code: 'TRANSACTION_UNKNOWN',
    })
  }

  function resumeOptions() {
    const { connection, dataFolder, confirmations, timeoutMs } = fixture.options
    return { connection, dataFolder, confirmations, timeoutMs }
  }

  async function onlyEntry(): Promise<JournalEntry> {
    const [entry, ...others] = await openJournal(fixture.dataFolder).all()
    assert.deepEqual(others, [])
    return entry ?? assert.fail()
  }

  /** Waits until the journal knows so many attempts. */
  async function attemptsAre(count: number): Promise<JournalEntry> {
    return until(async () => {
      const [entry] = await openJournal(fixture.dataFolder).all()
      assert.notEqual(entry?.state, 'refused')
      return entry?.attempts.length === count && entry
    })
  }

  async function firstIsSent(): Promise<JournalEntry> {
    const entry = await attemptsAre(1)
    await arrivesInPool(entry.attempts[0].hash)
    return entry
  }

  async function arrivesInPool(hash: Hex | undefined): Promise<void> {
    await until(async () => (await chain.rpc('eth_getTransactionByHash', [hash])) !== null)
  }

  /** A block at a base fee, into which only who pays it comes. */
  async function mineAt(baseFee: bigint): Promise<void> {
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', [numberToHex(baseFee)])
    await chain.rpc('evm_mine')
  }

  async function depositOnChain(): Promise<bigint> {
    return (await readSender(fixture.connection, gateway.address)).depositWei
  }
})
