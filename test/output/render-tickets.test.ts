import assert from 'node:assert/strict'

import { maxWinProb } from '../../src/lib/pm/win-prob.ts'
import { describeTicket } from '../../src/lib/store/describe-ticket.ts'
import type { TicketStats } from '../../src/lib/store/ticket-stats.ts'
import { oneIn, percent } from '../../src/output/amounts.ts'
import { renderTicketStats } from '../../src/output/render-ticket-stats.ts'
import {
  renderForgettable,
  renderForgotten,
  renderTicket,
  renderTickets,
  renderTicketsAsCsv,
} from '../../src/output/render-tickets.ts'
import { makeStoredTicket } from '../helpers/make-stored-ticket.ts'
import type { StoredChanges } from '../helpers/make-stored-ticket.ts'

const hostile = '=HYPERLINK("x")\u001b[2J\u202e,\nnext'
const transactionHash = `0x${'ee'.repeat(32)}` as const

function makeList(...changes: readonly StoredChanges[]) {
  return {
    store: '/s',
    more: false,
    tickets: changes.map((change) => describeTicket(makeStoredTicket(change))),
  }
}

describe('renderTickets', () => {
  it('shows one ticket a line', () => {
    const list = makeList({}, { state: 'final', paidWei: 10n ** 15n, reason: hostile })
    const [pending = '', final = ''] = list.tickets.map(({ hash }) => hash.slice(0, 14))
    const sender = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    assert.deepEqual(renderTickets(list).split('\n'), [
      'ticket          state    face value  paid       round  sender                                      reason',
      `${pending}  pending  0.0012 ETH  -          1001   ${sender}`,
      `${final}  final    0.0012 ETH  0.001 ETH  1001   ${sender}  =HYPERLINK("x"), next`,
    ])
    assert.equal(renderTickets(makeList()), 'no tickets')
  })

  it('writes CSV that no spreadsheet runs', () => {
    const [head, row, ...more] = renderTicketsAsCsv(makeList({ reason: hostile, transactionHash })).split(
      '\n',
    )
    assert.equal(
      head,
      'hash,state,reason,sender,recipient,faceValueWei,paidWei,feeWei,creationRound,winProb,senderNonce,transactionHash,addedAt',
    )
    assert.match(row ?? '', /^0x[0-9a-f]{64},pending,"'=HYPERLINK\(""x""\), next",0x/)
    assert.deepEqual(more, [])
  })

  it('shows all of one ticket but the random number', () => {
    const text = renderTicket(
      describeTicket(makeStoredTicket({ reason: hostile, ticket: { recipientRand: 987_654n } })),
    )
    assert.match(text, /^reason +=HYPERLINK\("x"\), next$/m)
    assert.match(text, /^wins +1 in 1$/m)
    assert.ok(!text.includes('987654'))
  })
})

describe('renderForgettable', () => {
  it('says what would be lost', () => {
    const hashes = [transactionHash, transactionHash]
    const pending = { tickets: 1, faceValueWei: 10n ** 15n }
    assert.equal(
      renderForgettable({ hashes, faceValueWei: 3n * 10n ** 15n, pending }),
      'forgets 2 tickets with a face value of 0.003 ETH; 1 pending ticket of 0.001 ETH will never be redeemed',
    )
    assert.equal(
      renderForgettable({ hashes, faceValueWei: 1n, pending: { tickets: 0, faceValueWei: 0n } }),
      'forgets 2 tickets with a face value of 0.000000000000000001 ETH; none of them can be redeemed any more',
    )
  })

  it('says what was done', () => {
    assert.equal(
      renderForgotten({ store: '/s', forgotten: 1, faceValueWei: 10n ** 18n, kept: 2 }),
      'forgotten: 1 ticket, 1 ETH; kept: 2 tickets, taken by a redeemer meanwhile',
    )
    assert.equal(
      renderForgotten({ store: '/s', forgotten: 0, faceValueWei: 0n, kept: 0 }),
      'nothing to do: no such tickets',
    )
  })
})

describe('renderTicketStats', () => {
  const none = { tickets: 0, faceValueWei: 0n }
  const nothing = {
    pending: none,
    deferred: none,
    submitted: none,
    redeemed: { ...none, paidWei: 0n },
    usedElsewhere: none,
    expired: none,
    rejected: none,
    forgotten: none,
    feeWei: 0n,
    efficiencyBasisPoints: null,
  }

  it('shows a row for each sender, the total, and no column without need', () => {
    const one = {
      ...nothing,
      pending: { tickets: 1200, faceValueWei: 10n ** 18n },
      redeemed: { tickets: 2, faceValueWei: 10n ** 16n, paidWei: 9n * 10n ** 15n },
      feeWei: 10n ** 15n,
      efficiencyBasisPoints: 8000n,
    }
    const other = { ...nothing, expired: { tickets: 1, faceValueWei: 1n * 10n ** 15n } }
    const stats: TicketStats = {
      store: '/s',
      senders: [
        { sender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', ...one },
        { sender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', ...other },
      ],
      total: { ...one, expired: other.expired },
    }
    assert.deepEqual(renderTicketStats(stats).split('\n'), [
      'sender                                      pending        redeemed      paid       gas        efficiency  expired',
      '0x70997970C51812dc3A010C7d01b50e0d17dc79C8  1,200 (1 ETH)  2 (0.01 ETH)  0.009 ETH  0.001 ETH  80 %        -',
      '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC  -              -             -          -          -           1 (0.001 ETH)',
      'total                                       1,200 (1 ETH)  2 (0.01 ETH)  0.009 ETH  0.001 ETH  80 %        1 (0.001 ETH)',
    ])
  })

  it('says that there are none', () => {
    assert.equal(renderTicketStats({ store: '/s', senders: [], total: nothing }), 'no tickets')
  })
})

describe('amounts', () => {
  it('are parts of a hundred', () => {
    assert.deepEqual([10_000n, 7450n, 5n, 0n, -1n, -12_345n].map(percent), [
      '100 %',
      '74.5 %',
      '0.05 %',
      '0 %',
      '-0.01 %',
      '-123.45 %',
    ])
  })

  it('are odds', () => {
    const odds = (divisor: bigint) => oneIn(maxWinProb / divisor)
    assert.deepEqual(
      [odds(1n), odds(2n), odds(150_000n), oneIn((maxWinProb * 2n) / 3n)],
      ['1 in 1', '1 in 2', '1 in 150,000', '1 in 1.5'],
    )
    assert.deepEqual([oneIn(0n), oneIn(1n), oneIn(maxWinProb - 1n)], ['never', '1 in about 10^77', '1 in 1'])
  })
})
