import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'

import { layout, packTickets } from '../../../../src/lib/tickets/validation/packed-tickets.ts'
import { resultSize } from '../../../../src/lib/tickets/validation/validate-packed.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'

const dist = join(import.meta.dirname, '../../../../dist')
const tickets = Array.from({ length: 1500 }, (_, index) => makeSignedTicket({ senderNonce: BigInt(index) }))

/** What is built must find its worker where it is installed, without tsx. */
describe('validation threads of the build', function () {
  this.timeout(120_000)

  it('run from the bundle', async () => {
    const worker = new Worker(join(dist, 'validation-worker.cjs'), { execArgv: [] })
    const packed = packTickets(tickets)
    assert.equal(packed.length, tickets.length * layout.end)
    worker.postMessage(packed, [packed.buffer])
    const [results] = (await once(worker, 'message')) as [Uint8Array]
    await worker.terminate()
    assert.equal(results.length, tickets.length * resultSize)
    for (let at = 32; at < results.length; at += resultSize) assert.equal(results[at], 0)
  })

  it('run from the library, whatever node was started with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-'))
    const program = join(folder, 'validate.mjs')
    const url = pathToFileURL(join(dist, 'lib/tickets/validation/validate-tickets.js')).href
    const sample = JSON.stringify(tickets, (_, value: unknown) =>
      typeof value === 'bigint' ? `${value.toString()}n` : value,
    )
    await writeFile(
      program,
      `import { validateTickets } from ${JSON.stringify(url)}
       const revive = (_, value) => /^\\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value
       const judgements = await validateTickets(JSON.parse(${JSON.stringify(sample)}, revive), { threads: 2 })
       console.log(judgements.filter(({ verdict }) => verdict === 'winner').length)`,
    )
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-semi-space-size=4', program])
    await rm(folder, { recursive: true })
    assert.equal(stdout, '1500\n')
  })
})
