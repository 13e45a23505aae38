import assert from 'node:assert/strict'

import { maxUint256 } from 'viem'

import { devnetAccounts } from '../../../../src/lib/devnet/accounts.ts'
import { UsageError } from '../../../../src/lib/errors.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import { encodeRedemption } from '../../../../src/lib/redemption/onchain/encode.ts'
import { decodeText } from '../../../../src/lib/tickets/decode/decode-text.ts'
import { encodePayment } from '../../../../src/lib/tickets/decode/encode-payment.ts'
import { ticketToJson } from '../../../../src/lib/tickets/ticket-to-json.ts'
import { toTicketLine } from '../../../../src/lib/tickets/ticket-lines.ts'
import { renderDecoded } from '../../../../src/output/render-decoded.ts'
import { makeLoser, makeWinner } from '../../../helpers/make-signed-ticket.ts'

const gateway = devnetAccounts[1].address
const winner = makeWinner({ faceValue: 10n ** 15n, winProb: maxUint256 / 1000n })
const loser = makeLoser()
const { recipientRand: _, ...sent } = winner
const payment = encodePayment({
  sender: gateway,
  params: { ...winner, seed: 9n, expirationBlock: 77n },
  tickets: [sent],
  expectedPrice: { pricePerUnit: 1200n, pixelsPerUnit: 1n },
})

function failure(text: string): string {
  try {
    decodeText(text)
  } catch (error) {
    assert.ok(error instanceof UsageError)
    return error.code
  }
  return assert.fail('it was decoded')
}

describe('decodeText', () => {
  it('reads tickets in JSON, however they are laid out', () => {
    const json = [winner, loser].map(ticketToJson)
    for (const text of [
      JSON.stringify(json),
      JSON.stringify(json, null, 2),
      toTicketLine(winner) + toTicketLine(loser),
    ]) {
      const { kind, tickets } = decodeText(text)
      assert.equal(kind, 'tickets')
      assert.deepEqual(
        tickets.map(({ hash, wins, signer }) => [hash, wins, signer]),
        [
          [ticketHash(winner), true, gateway],
          [ticketHash(loser), false, gateway],
        ],
      )
    }
    assert.equal(decodeText(JSON.stringify(json[0], null, 2)).tickets[0]?.evWei, 10n ** 12n - 1n)
  })

  it('reads the header of a payment, with or without its name', () => {
    for (const text of [payment, `Livepeer-Payment: ${payment}\r\n`]) {
      const report = decodeText(text)
      assert.deepEqual(report.payment, {
        sender: gateway,
        seed: 9n,
        expirationBlock: 77n,
        expectedPrice: { pricePerUnit: 1200n, pixelsPerUnit: 1n },
      })
      assert.deepEqual(
        report.tickets.map(({ hash, wins, recipientRand }) => [hash, wins, recipientRand]),
        [[ticketHash(winner), null, null]],
      )
    }
  })

  it('reads the calldata of a redemption', () => {
    const { data } = encodeRedemption(gateway, [winner, loser])
    const report = decodeText(data)
    assert.deepEqual(
      [report.kind, report.functionName, report.payment],
      ['redemption', 'batchRedeemWinningTickets', null],
    )
    assert.deepEqual(
      report.tickets.map(({ hash, wins }) => [hash, wins]),
      [
        [ticketHash(winner), true],
        [ticketHash(loser), false],
      ],
    )
  })

  it('names the signer of what another has signed, and refuses nothing for it', () => {
    const [ticket] = decodeText(toTicketLine({ ...winner, faceValue: 1n })).tickets
    assert.notEqual(ticket?.signer, gateway)
    assert.equal(
      decodeText(toTicketLine({ ...winner, sig: `0x${'00'.repeat(65)}` })).tickets[0]?.signer,
      null,
    )
  })

  it('says what a text is not', () => {
    assert.equal(failure(''), 'TICKETS_FORMAT_UNKNOWN')
    assert.equal(failure('ticket.json'), 'TICKETS_FORMAT_UNKNOWN')
    assert.equal(failure('{"a":1'), 'TICKET_INVALID')
    assert.equal(failure('{"a":1}\n{"a":1,"a":2}'), 'TICKET_INVALID')
    assert.equal(failure('[7]'), 'TICKET_INVALID')
    assert.equal(failure('{}'), 'TICKET_FIELD_INVALID')
    assert.equal(failure('0x1234'), 'CALLDATA_INVALID')
    assert.equal(failure('AAAA'), 'PAYMENT_INVALID')
  })
})

describe('renderDecoded', () => {
  it('shows a ticket in full', () => {
    const lines = renderDecoded(decodeText(toTicketLine(winner))).split('\n')
    assert.equal(lines[0], '1 ticket')
    for (const line of [
      `ticket      ${ticketHash(winner)}`,
      `signed by   ${gateway}`,
      'face value  0.001 ETH',
      'wins        1 in 1,000: it won',
      'ev          999.999999999 gwei',
    ]) {
      assert.ok(lines.includes(line), lines.join('\n'))
    }
  })

  it('shows many one a line', () => {
    const text = renderDecoded(decodeText(toTicketLine(winner).repeat(4)))
    assert.equal(text.split('\n').length, 7)
  })

  it('shows what a payment says', () => {
    const text = renderDecoded(decodeText(payment))
    assert.match(text, /^expires +L1 block 77$/m)
    assert.match(text, /^price +1,200 wei a pixel$/m)
    assert.match(text, /^wins +1 in 1,000: only the recipient can tell$/m)
  })
})
