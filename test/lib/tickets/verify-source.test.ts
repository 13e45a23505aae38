import assert from 'node:assert/strict'

import { LpPayError } from '../../../src/lib/errors.ts'
import { openTicketSource } from '../../../src/lib/tickets/sources/open-ticket-source.ts'
import { toTicketLine } from '../../../src/lib/tickets/ticket-lines.ts'
import { failedVerification, verifySource } from '../../../src/lib/tickets/verify-source.ts'
import { makeLoser, makeWinner } from '../../helpers/make-signed-ticket.ts'

// eslint-disable-next-line @typescript-eslint/require-await -- standard input is asynchronous
async function* bytes(text: string) {
  yield Buffer.from(text)
}

async function verify(text: string) {
  return verifySource(await openTicketSource({ stream: bytes(text) }))
}

describe('verifySource', () => {
  it('passes winners', async () => {
    const report = await verify(toTicketLine(makeWinner()) + toTicketLine(makeWinner({ senderNonce: 7n })))
    assert.deepEqual(
      report.tickets.map(({ passed }) => passed),
      [true, true],
    )
    assert.equal(failedVerification(report), undefined)
  })

  it('fails losers and what is no ticket, each in its place', async () => {
    const report = await verify(`${toTicketLine(makeWinner())}{"sender":1}\n${toTicketLine(makeLoser())}`)
    assert.deepEqual(report.unreadable, [
      { place: { kind: 'line', number: 2 }, reason: 'recipient is missing' },
    ])
    const { code, exitCode, message } = failedVerification(report) ?? {}
    assert.deepEqual(
      [code, exitCode, message],
      ['TICKET_NOT_WINNING', 11, '2 of 3 tickets are no valid winners'],
    )
  })

  it('explains a hundred and no more', async () => {
    const report = await verify(toTicketLine(makeWinner()).repeat(101))
    assert.equal(report.tickets.length, 100)
    assert.equal(report.more, true)
  })

  it('refuses a source without tickets', async () => {
    await assert.rejects(
      async () => verify('[]'),
      (error) => error instanceof LpPayError && error.code === 'TICKETS_MISSING',
    )
  })
})
