import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from '../../../src/lib/contracts/connect.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { gateway } from '../../helpers/sender-fixture.ts'
import { useProgram } from '../../helpers/run-program.ts'

const tenth = 10n ** 17n

/** Where the deposit dies, and whether its bytes were on disk by then, so that the repetition must settle them. */
const deaths: readonly (readonly [step: string, left: 'nothing' | 'bytes'])[] = [
  ['read', 'nothing'],
  ['simulate', 'nothing'],
  ['confirm', 'nothing'],
  ['lock', 'nothing'],
  ['readAgain', 'nothing'],
  ['sign', 'nothing'],
  ['journal', 'nothing'],
  ['broadcast', 'bytes'],
  ['wait', 'bytes'],
  ['confirmations', 'bytes'],
  ['settled', 'bytes'],
  ['report', 'bytes'],
  ['acknowledge', 'bytes'],
]

describe('a deposit killed at any step and repeated', () => {
  const chain = useTestDevnet()
  const program = useProgram(join(import.meta.dirname, '..', '..', 'helpers', 'crashing-deposit.ts'))
  let dataFolder = ''

  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'lp-pay-data-'))
  })
  afterEach(() => rm(dataFolder, { recursive: true, force: true }))

  for (const [step, left] of deaths) {
    it(`funds once when it dies before "${step}"`, async () => {
      assert.deepEqual(await run(step), { signal: 'SIGKILL', stdout: step === 'acknowledge' ? 'sent\n' : '' })
      const outcome = left === 'bytes' ? 'sentByEarlierRun' : 'sent'
      assert.deepEqual(await run('never'), { signal: null, stdout: `${outcome}\n` })
      assert.equal(await deposit(), tenth)
      assert.deepEqual(
        (await openJournal(dataFolder).all()).map(({ state, reported }) => [state, reported]),
        [['final', true]],
      )
    })
  }

  it('funds once when it dies over and over, each time a step later', async () => {
    for (const step of [
      'journal',
      'broadcast',
      'settle',
      'broadcastAgain',
      'confirmations',
      'report',
      'acknowledge',
    ]) {
      assert.equal((await run(step)).signal, 'SIGKILL', `was not killed before ${step}`)
    }
    assert.deepEqual(await run('never'), { signal: null, stdout: 'sentByEarlierRun\n' })
    assert.equal(await deposit(), tenth)
  })

  it('funds twice when it is run twice to its end', async () => {
    assert.equal((await run('never')).stdout, 'sent\n')
    assert.equal((await run('never')).stdout, 'sent\n')
    assert.equal(await deposit(), 2n * tenth)
  })

  async function run(step: string): Promise<{ signal: NodeJS.Signals | null; stdout: string }> {
    const { signal, stdout, stderr } = await program.run(chain.rpcUrl, dataFolder, step)
    assert.equal(stderr, '')
    return { signal, stdout }
  }

  async function deposit(): Promise<bigint> {
    const connection = await connect({ network: devnet, urls: [chain.rpcUrl] })
    try {
      return (await readSender(connection, gateway.address)).depositWei
    } finally {
      connection.rpc.close()
    }
  }
})
