import assert from 'node:assert/strict'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { fundOperation } from '../../../src/lib/sender/operations/fund.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { send } from '../../../src/lib/tx/send.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { findEntry, resumeEntry } from '../../../src/lib/tx/resume-entry.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { until } from '../../helpers/until.ts'

const tenth = 10n ** 17n
const gwei = 10n ** 9n

describe('a transaction whose fate is not known', () => {
  let fixture: SenderFixture

  // Before the devnet's own hook, which wants an empty pool.
  afterEach(async () => {
    await fixture.close()
    await chain.rpc('evm_setAutomine', [true])
    await chain.rpc('evm_mine')
  })
  const chain = useTestDevnet()

  beforeEach(async () => {
    fixture = await makeSenderFixture(chain.rpcUrl)
    await chain.rpc('evm_setAutomine', [false])
    await assert.rejects(deposit(), { code: 'TRANSACTION_UNKNOWN', exitCode: 8 })
  })
  it('is found by the beginning of its hash', async () => {
    const [entry] = await openJournal(fixture.dataFolder).all()
    const hash = entry?.attempts[0].hash ?? assert.fail()
    assert.deepEqual(await findEntry(fixture.dataFolder, hash.slice(0, 10)), entry)
    await assert.rejects(findEntry(fixture.dataFolder, '0x12345678'), {
      code: 'TRANSACTION_NOT_FOUND',
      exitCode: 2,
    })
  })

  it('is seen through', async () => {
    const [entry] = await openJournal(fixture.dataFolder).all()
    const resuming = resume(entry ?? assert.fail())
    await chain.rpc('evm_mine')
    assert.equal((await resuming).entry.state, 'final')
    assert.equal(await depositOnChain(), tenth)
    assert.deepEqual(
      await openJournal(fixture.dataFolder).open(fixture.connection.chainKey, gateway.address),
      [],
    )
  })

  it('is replaced at a higher fee under the same nonce, and settled by whichever is mined', async () => {
    const [entry] = await openJournal(fixture.dataFolder).all()
    const before = entry ?? assert.fail()
    const resuming = resume(before, 5n * gwei)
    await until(async () => (await openJournal(fixture.dataFolder).all())[0]?.attempts.length === 2)
    await until(async () => JSON.stringify(await chain.rpc('txpool_content')).includes('"0x0"'))
    await chain.rpc('evm_mine')
    const { entry: after } = await resuming
    assert.equal(after.state, 'final')
    assert.equal(after.attempts[1]?.maxFeePerGas, 5n * gwei)
    assert.equal(after.nonce, before.nonce)
    assert.equal(await depositOnChain(), tenth)
  })

  it('is not replaced above the limit', async () => {
    const [entry] = await openJournal(fixture.dataFolder).all()
    await assert.rejects(resume(entry ?? assert.fail(), 1n), { code: 'FEE_ABOVE_LIMIT', exitCode: 5 })
    assert.equal((await openJournal(fixture.dataFolder).all())[0]?.attempts.length, 1)
  })

  it('is not resumed on another chain, nor twice', async () => {
    const [entry] = await openJournal(fixture.dataFolder).all()
    const open = entry ?? assert.fail()
    await assert.rejects(resume({ ...open, chainKey: '31337-ffffffffffffffff' }), {
      code: 'TRANSACTION_OF_OTHER_CHAIN',
    })
    const resuming = resume(open)
    await chain.rpc('evm_mine')
    await assert.rejects(resume((await resuming).entry), { code: 'TRANSACTION_SETTLED' })
  })

  function resume(entry: Parameters<typeof resumeEntry>[0], limitWei?: bigint) {
    const { connection, dataFolder, confirmations, timeoutMs } = fixture.options
    return resumeEntry(entry, {
      connection,
      dataFolder,
      confirmations,
      timeoutMs,
      ...(limitWei !== undefined && {
        raiseFee: { signer: () => localSigner(gateway.privateKey), limitWei },
      }),
    })
  }

  function deposit() {
    const operation = fundOperation(fixture.connection, {
      name: 'deposit',
      funding: { kind: 'add', depositWei: tenth, reserveWei: 0n },
      from: gateway.address,
    })
    return send(operation, { ...fixture.options, timeoutMs: 100 })
  }

  async function depositOnChain() {
    return (await readSender(fixture.connection, gateway.address)).depositWei
  }
})
