import assert from 'node:assert/strict'

import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'

import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import type { StoredTicket } from '../../../src/lib/store/ticket-store.ts'
import { exportFormats, exportTickets } from '../../../src/lib/tickets/export-tickets.ts'
import type { ExportFormat } from '../../../src/lib/tickets/export-tickets.ts'
import { parseTicket } from '../../../src/lib/tickets/parse-ticket.ts'
import { makeStoredTicket } from '../../helpers/make-stored-ticket.ts'
import { anyBytes, anyTicket, anyUint256 } from '../../helpers/make-ticket.ts'

async function exported(tickets: readonly StoredTicket[], format: ExportFormat): Promise<string> {
  let text = ''
  // eslint-disable-next-line @typescript-eslint/require-await -- the store's list is asynchronous
  const list = (async function* () {
    yield* tickets
  })()
  for await (const chunk of exportTickets(list, format)) text += chunk
  return text
}

const readers: Readonly<Record<ExportFormat, (text: string) => unknown[]>> = {
  ndjson: (text) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
  json: (text) => JSON.parse(text) as unknown[],
  csv: (text) => parseCsv(text, { columns: true }),
}

/** Addresses come back with their checksum. */
function comparable(ticket: SignedTicket): SignedTicket {
  const { recipient, sender } = ticket
  return {
    ...ticket,
    recipient: `0x${recipient.slice(2).toLowerCase()}`,
    sender: `0x${sender.slice(2).toLowerCase()}`,
  }
}

describe('exportTickets', () => {
  const anyStored = fc
    .record({ ticket: anyTicket, sig: anyBytes(65), recipientRand: anyUint256 })
    .map(({ ticket, sig, recipientRand }) => makeStoredTicket({ ticket: { ...ticket, sig, recipientRand } }))

  for (const format of exportFormats) {
    it(`writes ${format} that reads back the same`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStored, { maxLength: 5 }), async (tickets) => {
          const back = readers[format](await exported(tickets, format)).map(parseTicket)
          assert.deepEqual(
            back.map(comparable),
            tickets.map(({ ticket }) => comparable(ticket)),
          )
        }),
        { numRuns: 30 },
      )
    })
  }

  it('says what became of a ticket', async () => {
    const stored = makeStoredTicket({
      state: 'final',
      reason: '=cmd|\u001b[31mx,\n"y"',
      paidWei: 7n,
      feeWei: 3n,
      transactionHash: `0x${'ee'.repeat(32)}`,
    })
    const text = await exported([stored, makeStoredTicket()], 'csv')
    const [first, second] = parseCsv(text, { columns: true })
    assert.deepEqual(Object.entries(first ?? {}).slice(10), [
      ['hash', stored.hash],
      ['state', 'final'],
      ['reason', `'=cmd|x, "y"`],
      ['paidWei', '7'],
      ['feeWei', '3'],
      ['transactionHash', `0x${'ee'.repeat(32)}`],
      ['addedAt', '2026-08-01T12:00:00.000Z'],
    ])
    assert.equal((second as { paidWei: string } | undefined)?.paidWei, '')
    const [line = ''] = (await exported([makeStoredTicket()], 'ndjson')).split('\n')
    assert.ok(!line.includes('reason'))
  })

  it('writes no more than it must of nothing', async () => {
    assert.equal(await exported([], 'ndjson'), '')
    assert.deepEqual(JSON.parse(await exported([], 'json')), [])
    assert.equal((await exported([], 'csv')).split('\n').length, 2)
  })
})
