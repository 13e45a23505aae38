import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { LpPayError } from '../../../src/lib/errors.ts'
import { failedImport, importSource, requireSourceOfChain } from '../../../src/lib/tickets/import-source.ts'
import type { ImportResult } from '../../../src/lib/tickets/import-source.ts'
import { openTicketSource } from '../../../src/lib/tickets/sources/open-ticket-source.ts'
import { toTicketLine } from '../../../src/lib/tickets/ticket-lines.ts'
import { makeWinner } from '../../helpers/make-signed-ticket.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { memoryStore } from './memory-store.ts'

const winner = toTicketLine(makeWinner())

describe('importSource', () => {
  const folder = temporaryFolder()

  async function importText(text: string, rejectFile?: string): Promise<ImportResult> {
    const path = join(folder.path, 'winners.ndjson')
    await writeFile(path, text)
    const source = await openTicketSource({ path }, { format: 'ndjson' })
    try {
      const store = { ...memoryStore(), location: '/store' }
      return await importSource(source, store, { name: path, rejectFile, threads: 1 })
    } finally {
      await source.close()
    }
  }

  it('writes what is not taken beside the source', async () => {
    const result = await importText(`${winner}nonsense\n`)
    const rejects = join(folder.path, 'winners.ndjson.rejects.ndjson')
    assert.deepEqual(result, {
      source: join(folder.path, 'winners.ndjson'),
      format: 'ndjson',
      store: '/store',
      complete: true,
      read: 2,
      new: 1,
      known: 0,
      invalid: 1,
      losing: 0,
      expired: null,
      rejects,
    })
    assert.equal(await readFile(rejects, 'utf8'), '{"line":2,"reason":"it is not JSON"}\n')
    assert.equal(failedImport(result), undefined)
  })

  it('writes no file when all is taken', async () => {
    assert.equal((await importText(winner)).rejects, null)
    assert.deepEqual(await readdir(folder.path), ['winners.ndjson'])
  })

  it('writes them where it is told', async () => {
    const elsewhere = join(folder.path, 'wrong')
    assert.equal((await importText('nonsense\n', elsewhere)).rejects, elsewhere)
    assert.deepEqual((await readdir(folder.path)).sort(), ['winners.ndjson', 'wrong'])
  })

  it('fails when nothing of much is a ticket, and not when there is nothing', async () => {
    const { code, exitCode } = failedImport(await importText('x\ny\n')) ?? {}
    assert.deepEqual([code, exitCode], ['TICKETS_INVALID', 11])
    assert.equal(failedImport(await importText('')), undefined)
  })

  it('is not complete when it was interrupted', async () => {
    const { code, exitCode } = failedImport({ ...(await importText(winner)), complete: false }) ?? {}
    assert.deepEqual([code, exitCode], ['INTERRUPTED', 3])
  })
})

describe('requireSourceOfChain', () => {
  const network = { name: 'devnet', chainId: 31_337 }

  it('takes what is of the chain, or does not say of which it is', () => {
    requireSourceOfChain({ chainId: 31_337n }, network)
    requireSourceOfChain({ chainId: undefined }, network)
  })

  it('refuses another chain', () => {
    assert.throws(
      () => requireSourceOfChain({ chainId: 42_161n }, network),
      (error) =>
        error instanceof LpPayError &&
        error.code === 'TICKETS_OF_OTHER_CHAIN' &&
        error.message === 'these tickets are of chain 42161, and devnet is chain 31337',
    )
  })
})
