import assert from 'node:assert/strict'
import { Readable } from 'node:stream'

import { auditTickets, failedAudit } from '../../../src/lib/luck/audit-luck.ts'
import { mostGroups, tallyTickets } from '../../../src/lib/luck/tally-tickets.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { maxWinProb } from '../../../src/lib/pm/win-prob.ts'
import { isWinner } from '../../../src/lib/pm/win.ts'
import { openTicketSource } from '../../../src/lib/tickets/sources/open-ticket-source.ts'
import { toTicketLine } from '../../../src/lib/tickets/ticket-lines.ts'
import { makeSignedTicket } from '../../helpers/make-signed-ticket.ts'

const keyOf = (index: number) => `0x${(index + 1).toString(16).padStart(64, '0')}` as const
const makeTickets = (count: number, senders: number, winProb: bigint) =>
  Array.from({ length: count }, (_, index) =>
    makeSignedTicket({ privateKey: keyOf(index % senders), senderNonce: BigInt(index), winProb }),
  )

async function tally(text: string, by: 'sender' | 'recipient' = 'sender') {
  const source = await openTicketSource({ stream: Readable.from([Buffer.from(text)]) }, { format: 'ndjson' })
  return tallyTickets(source, { by, threads: 1 })
}

const linesOf = (tickets: readonly SignedTicket[]) => tickets.map(toTicketLine).join('')

describe('tallies of tickets', () => {
  const tickets = makeTickets(60, 3, maxWinProb / 4n)

  it('works out every win, by sender and by recipient', async () => {
    const bySender = await tally(linesOf(tickets))
    assert.equal(bySender.groups.size, 3)
    for (const [sender, kinds] of bySender.groups) {
      const own = tickets.filter((ticket) => ticket.sender === sender)
      assert.equal(kinds.tickets, 20n)
      assert.equal(kinds.winners, BigInt(own.filter(isWinner).length))
    }
    const byRecipient = await tally(linesOf(tickets), 'recipient')
    assert.deepEqual([...byRecipient.groups.keys()], [tickets[0]?.recipient])
  })

  it('counts a ticket once, and none that is not valid or no ticket at all', async () => {
    const [first, second] = tickets
    assert.ok(first !== undefined && second !== undefined)
    const forged = { ...first, senderNonce: 999n }
    const text = `${linesOf([first, second, first, forged])}{"__proto__":{}}\n\u0000\n`
    const { complete, read, passedOver, invalid, repeated, groups } = await tally(text)
    assert.deepEqual(
      { complete, read, passedOver, invalid, repeated },
      { complete: true, read: 6, passedOver: 0, invalid: 3, repeated: 1 },
    )
    assert.equal(
      [...groups.values()].reduce((sum, kinds) => sum + kinds.tickets, 0n),
      2n,
    )
  })

  it('refuses to judge winners alone', async () => {
    const winners = tickets.filter(isWinner)
    const tallies = await tally(linesOf(winners))
    assert.throws(() => auditTickets(tallies, { by: 'sender', level: 0.01 }), {
      code: 'AUDIT_ONLY_WINNERS',
      message: `all ${winners.length} tickets have won: the others are missing`,
    })
  })

  it('finds who keeps winners back', async () => {
    const [honest, stingy] = [makeTickets(400, 1, maxWinProb / 4n), makeTickets(400, 2, maxWinProb / 4n)]
    const kept = [
      ...honest,
      ...stingy.filter((ticket) => ticket.sender !== honest[0]?.sender && !isWinner(ticket)),
    ]
    const report = auditTickets(await tally(linesOf(kept)), { by: 'sender', level: 0.01 })
    assert.deepEqual(
      report.groups.map(({ finding }) => finding),
      ['plausible', 'tooUnlucky'],
    )
    const failure = failedAudit(report)
    assert.equal(failure?.code, 'LUCK_IMPLAUSIBLE')
    assert.equal(failure.message, '1 of 2 have luck that is hardly chance')
  })

  it('counts those beyond a thousand senders together', async () => {
    const many = makeTickets(mostGroups + 20, mostGroups + 20, maxWinProb / 4n)
    const { groups } = await tally(linesOf(many))
    assert.equal(groups.size, mostGroups + 1)
    assert.equal(groups.get('others')?.tickets, 20n)
  })
})
