/**
 * Writes winning tickets as NDJSON: a few senders, each with many nonces for one recipientRand, as gateways make them. A
 * program of its own, so that several can sign at once. For bench/import.ts.
 *
 *   make-ticket-lines.ts FILE FIRST COUNT
 */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { ticketToJson } from '../src/lib/tickets/ticket-to-json.ts'
import { makeSignedTicket, senderOf } from '../test/helpers/make-signed-ticket.ts'

const [file = '', first = '0', count = '0'] = process.argv.slice(2)
const noncesPerRand = 600
const senders = Array.from({ length: 16 }, (_, index) => {
  const privateKey = `0x${(index + 1).toString(16).padStart(2, '0').repeat(32)}` as const
  return { privateKey, sender: senderOf(privateKey) }
})

function* lines(): Iterable<string> {
  for (let index = Number(first); index < Number(first) + Number(count); index++) {
    const session = Math.floor(index / noncesPerRand)
    const ticket = makeSignedTicket({
      ...senders[session % senders.length],
      recipientRand: 2n ** 255n + BigInt(session),
      senderNonce: BigInt(index % noncesPerRand) + 1n,
      creationRound: 4000n + BigInt(session % 8),
    })
    yield `${JSON.stringify(ticketToJson(ticket))}\n`
  }
}

await pipeline(Readable.from(lines()), createWriteStream(file))
