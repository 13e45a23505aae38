import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Hex } from 'viem'

import { decodeEntry, encodeEntry } from '../../../src/lib/tx/journal-entry.ts'
import type { JournalEntry } from '../../../src/lib/tx/journal-entry.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'

const from = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

function makeEntry(changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    version: 1,
    chainKey: '31337-0011223344556677',
    chainId: 31_337,
    network: 'devnet',
    from,
    nonce: 3,
    operation: 'deposit',
    requestKey: '["deposit"]',
    call: { to: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9', data: '0x6caa736b', value: 10n ** 17n },
    attempts: [
      {
        hash: `0x${'ab'.repeat(32)}`,
        signed: '0x02ff',
        gas: 100_000n,
        maxFeePerGas: 20_000_000n,
        maxPriorityFeePerGas: 0n,
        signedAt: '2026-01-02T03:04:05.678Z',
      },
    ],
    state: 'pending',
    reported: false,
    ...changes,
  }
}

describe('the journal', () => {
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-journal-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('can be read while another process closes entries', async () => {
    const journal = openJournal(folder)
    const entries = Array.from({ length: 30 }, (_, nonce) => makeEntry({ nonce }))
    for (const entry of entries) await journal.write(entry)
    const close = async () => {
      for (const entry of entries) await journal.write({ ...entry, state: 'final', reported: true })
    }
    let isClosing = true
    const closing = close().finally(() => (isClosing = false))
    while (isClosing) {
      const open = await journal.open(makeEntry().chainKey, from)
      assert.ok(open.length <= 30)
    }
    await closing
    assert.deepEqual(await journal.open(makeEntry().chainKey, from), [])
  })

  it('reads back what it has written, whatever the amounts', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        fc.nat(),
        fc.string(),
        (value, nonce, requestKey) => {
          const entry = makeEntry({
            call: { ...makeEntry().call, value },
            nonce,
            requestKey: `[${requestKey}`,
          })
          assert.deepEqual(decodeEntry(encodeEntry(entry), 'file'), entry)
        },
      ),
    )
  })

  it('keeps what is open apart from what is closed', async () => {
    const journal = openJournal(folder)
    const entry = makeEntry()
    await journal.write(entry)
    assert.deepEqual(await journal.open(entry.chainKey, from), [entry])
    const final = { ...entry, state: 'final' } as const
    await journal.write(final)
    assert.deepEqual(await journal.open(entry.chainKey, from), [final])
    await journal.write({ ...final, reported: true })
    assert.deepEqual(await journal.open(entry.chainKey, from), [])
    assert.deepEqual(await journal.all(), [{ ...final, reported: true }])
  })

  it('keeps chains and accounts apart', async () => {
    const journal = openJournal(folder)
    await journal.write(makeEntry())
    assert.deepEqual(await journal.open('31337-ffffffffffffffff', from), [])
    assert.deepEqual(
      await journal.open(makeEntry().chainKey, '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'),
      [],
    )
  })

  it('lists the newest first', async () => {
    const journal = openJournal(folder)
    const [attempt] = makeEntry().attempts
    const at = (signedAt: string, hash: Hex, nonce: number) =>
      makeEntry({ nonce, attempts: [{ ...attempt, signedAt, hash }] })
    await journal.write(at('2026-01-01T00:00:00.000Z', `0x${'01'.repeat(32)}`, 1))
    await journal.write(at('2026-03-01T00:00:00.000Z', `0x${'03'.repeat(32)}`, 3))
    await journal.write(at('2026-02-01T00:00:00.000Z', `0x${'02'.repeat(32)}`, 2))
    assert.deepEqual(
      (await journal.all()).map(({ nonce }) => nonce),
      [3, 2, 1],
    )
  })

  it('is readable by its owner alone', async () => {
    const journal = openJournal(folder)
    const entry = makeEntry()
    await journal.write(entry)
    const shelf = join(folder, 'journal', entry.chainKey, from.toLowerCase(), 'open')
    const [file = ''] = await readdir(shelf)
    assert.equal((await stat(shelf)).mode & 0o777, 0o700)
    assert.equal((await stat(join(shelf, file))).mode & 0o777, 0o600)
  })

  for (const [name, damage] of [
    ['cut off', (text: string) => text.slice(0, 40)],
    ['empty', () => ''],
    ['of another version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['without attempts', (text: string) => text.replace(/"attempts": \[[^]*?\],\n/, '"attempts": [],\n')],
    ['with an amount that is a float', (text: string) => text.replace('"100000000000000000n"', '0.1')],
    ['with an unknown state', (text: string) => text.replace('"pending"', '"lost"')],
  ] as const) {
    it(`refuses a file that is ${name}, and names it`, async () => {
      const journal = openJournal(folder)
      const entry = makeEntry()
      await journal.write(entry)
      const shelf = join(folder, 'journal', entry.chainKey, from.toLowerCase(), 'open')
      const [name = ''] = await readdir(shelf)
      const file = join(shelf, name)
      const damaged = damage(encodeEntry(entry))
      assert.notEqual(damaged, encodeEntry(entry))
      await writeFile(file, damaged)
      await assert.rejects(journal.open(entry.chainKey, from), {
        code: 'JOURNAL_CORRUPT',
        exitCode: 4,
        message: `the journal file ${file} cannot be read`,
      })
    })
  }
})
