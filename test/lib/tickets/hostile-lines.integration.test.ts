import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

import type { ImportReport } from '../../../src/lib/tickets/import-tickets.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { goodEvery, hostileLines } from './hostile-lines.ts'
import { mortal } from '../../helpers/mortal.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../../dist/lib/tickets/')).href

/** A program of its own, without tsx, so that the peak of its memory is that of the import. */
const program = `
  import { importTickets } from '${library}import-tickets.js'
  import { openRejectFile } from '${library}reject-file.js'
  import { openTicketSource } from '${library}sources/open-ticket-source.js'

  const known = new Map()
  const store = {
    add: async (tickets) => {
      const before = known.size
      for (const { hash, ticket } of tickets) known.set(hash, ticket)
      return known.size - before
    },
    get: async (hash) => known.get(hash),
    record: async () => {},
  }
  const rejects = openRejectFile(process.argv[1])
  const source = await openTicketSource({ stream: process.stdin }, { format: 'ndjson' })
  const report = await importTickets(source, store, { onReject: (reject) => rejects.write(reject) })
  await rejects.close()
  const { polluted = false } = {}
  console.log(JSON.stringify({ report, polluted, peakMiB: process.resourceUsage().maxRSS / 1024 }))
`

interface Outcome {
  readonly report: ImportReport
  readonly polluted: boolean
  readonly peakMiB: number
}

describe('a million hostile lines', function () {
  this.timeout(600_000)
  const folder = temporaryFolder()

  it('go by in flat memory, and hide no good ticket', async () => {
    const count = 1_000_000
    const rejectPath = join(folder.path, 'rejects.ndjson')
    const words = ['--input-type=module', '--eval', program, '--', rejectPath]
    const child = mortal(spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] }), 600_000)
    const [, stdout] = await Promise.all([
      pipeline(Readable.from(hostileLines(count)), child.stdin),
      text(child.stdout),
    ])
    const { report, polluted, peakMiB } = JSON.parse(stdout) as Outcome
    const good = count / goodEvery
    assert.deepEqual(report, {
      complete: true,
      read: count,
      new: 1,
      known: good - 1,
      invalid: count - good,
      losing: 0,
      expired: null,
    })
    assert.equal(polluted, false)
    assert.ok(peakMiB < 400, `${String(Math.round(peakMiB))} MiB`)

    let rejects = 0
    for await (const line of createInterface({ input: createReadStream(rejectPath) })) {
      rejects++
      assert.match(line, /^\{"line":\d+,"reason":"[\w ':,()^-]{1,200}"\}$/)
    }
    assert.equal(rejects, count - good)
  })
})
