import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { LockHeldError } from '../../../src/lib/errors.ts'
import { lockAccount } from '../../../src/lib/tx/account-lock.ts'
import { mortal } from '../../helpers/mortal.ts'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const chainKey = '31337-0011223344556677'

describe('the lock of an account', () => {
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const lock = () => lockAccount(folder, chainKey, account, 'deposit')
  const files = async () => (await readdir(join(folder, 'locks', chainKey, account.toLowerCase()))).sort()

  it('names its holder to whoever comes second', async () => {
    await lock()
    await assert.rejects(lock(), (error) => {
      assert.ok(error instanceof LockHeldError)
      assert.equal(error.exitCode, 10)
      assert.match(
        error.message,
        new RegExp(`^process ${String(process.pid)} is sending from ${account} \\(deposit, since `),
      )
      return true
    })
  })

  it('is free again after its release, and leaves one small file', async () => {
    for (let round = 0; round < 5; round++) await (await lock()).release()
    assert.deepEqual(await files(), ['5'])
  })

  it('is apart for every account and every chain', async () => {
    await lock()
    await lockAccount(folder, '42161-0011223344556677', account, 'deposit')
    await lockAccount(folder, chainKey, '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', 'deposit')
  })

  it('passes to the next one when its holder was killed', async () => {
    const holder = hold(folder)
    await once(holder.stdout, 'data')
    await assert.rejects(lock(), LockHeldError)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await lock()
  })

  it('is not held by a later process with the same number', async () => {
    await lock()
    const file = join(folder, 'locks', chainKey, account.toLowerCase(), '1')
    const { hostname } = await import('node:os')
    await writeFile(
      file,
      JSON.stringify({ pid: process.pid, started: 'before', host: hostname(), doing: 'x', since: 'x' }),
    )
    await lock()
  })

  it('is held by a process of another host until a person says otherwise', async () => {
    await lock()
    const file = join(folder, 'locks', chainKey, account.toLowerCase(), '1')
    await writeFile(
      file,
      JSON.stringify({ pid: 1, started: 'x', host: 'elsewhere', doing: 'redeem', since: 'noon' }),
    )
    await assert.rejects(lock(), {
      message: `process 1 on elsewhere is sending from ${account} (redeem, since noon)`,
    })
  })

  it('goes to exactly one of many who find a dead holder at once', async () => {
    for (let round = 0; round < 10; round++) {
      const holder = hold(folder)
      await once(holder.stdout, 'data')
      holder.kill('SIGKILL')
      await once(holder, 'exit')
      const tries = await Promise.allSettled(Array.from({ length: 40 }, lock))
      const winners = tries.filter(({ status }) => status === 'fulfilled')
      assert.equal(winners.length, 1)
      for (const winner of winners) if (winner.status === 'fulfilled') await winner.value.release()
    }
  })
})

function hold(folder: string) {
  const file = JSON.stringify(
    join(import.meta.dirname, '..', '..', '..', 'src', 'lib', 'tx', 'account-lock.ts'),
  )
  const script = `
    const { lockAccount } = await import(${file})
    await lockAccount(${JSON.stringify(folder)}, '${chainKey}', '${account}', 'deposit')
    process.stdout.write('held')
    setInterval(() => undefined, 1000)
  `
  return mortal(
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
}
