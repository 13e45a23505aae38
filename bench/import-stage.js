/**
 * One stage of an import, or all of it, in a process of its own that runs what is built, without tsx: so that its time and
 * its memory are those of lp-pay. For bench/import.ts.
 *
 *   node bench/import-stage.js all|parse|validate|store FILE FOLDER
 *
 * Prints, as JSON, the tickets, the seconds, and the peak of the resident memory in MB.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { openStore } from '../dist/lib/store/open-store.js'
import { importTickets } from '../dist/lib/tickets/import-tickets.js'
import { openTicketSource } from '../dist/lib/tickets/sources/open-ticket-source.js'

const [stage, file, folder] = process.argv.slice(2)

async function timed(work) {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** A store that is infinitely fast. */
const noStore = {
  add: (tickets) => Promise.resolve(tickets.length),
  get: () => Promise.resolve(undefined),
  record: () => Promise.resolve(),
}

async function importAll(store) {
  const source = await openTicketSource({ path: file })
  const seconds = await timed(async () => {
    const report = await importTickets(source, store)
    if (report.new !== report.read) throw new Error(`not all are new: ${JSON.stringify(report)}`)
    tickets = report.read
  })
  await source.close()
  return seconds
}

/** Only what adding takes, in portions as of an import; any 32 bytes do for a hash. */
async function storeOnly(store) {
  const source = await openTicketSource({ path: file })
  let seconds = 0
  let portion = []
  const add = async () => {
    const added = portion
    portion = []
    seconds += await timed(() => store.add(added))
  }
  for await (const { items } of source.chunks()) {
    for (const { ticket } of items) {
      tickets++
      portion.push({ hash: `0x${createHash('sha256').update(ticket.sig).digest('hex')}`, ticket })
      if (portion.length === 4096) await add()
    }
  }
  await add()
  await source.close()
  return seconds
}

async function parseOnly() {
  const source = await openTicketSource({ path: file })
  const seconds = await timed(async () => {
    for await (const { items } of source.chunks()) tickets += items.length
  })
  await source.close()
  return seconds
}

async function withStore(work) {
  const store = await openStore(join(folder, 'tickets.sqlite'))
  const seconds = await work(store)
  await store.close()
  return seconds
}

const stages = {
  all: () => withStore(importAll),
  parse: parseOnly,
  validate: () => importAll(noStore),
  store: () => withStore(storeOnly),
}

let tickets = 0
const seconds = await stages[stage]()
const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6
process.stdout.write(JSON.stringify({ tickets, seconds, peakMb }))
