import assert from 'node:assert/strict'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { recipientRandHash } from '../../src/lib/pm/recipient-rand.ts'
import { recoverSender } from '../../src/lib/pm/recover-sender.ts'
import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import { isWinner } from '../../src/lib/pm/win.ts'
import { makeLoser, makeSignedTicket, makeWinner, senderOf } from './make-signed-ticket.ts'

describe('makeSignedTicket', () => {
  it('is signed by its sender and fits its random number', () => {
    for (const { privateKey, address } of devnetAccounts) {
      assert.equal(senderOf(privateKey), address)
      const ticket = makeSignedTicket({ privateKey, recipientRand: 77n })
      assert.equal(recoverSender(ticketHash(ticket), ticket.sig), address)
      assert.equal(ticket.sender, address)
      assert.equal(ticket.recipientRandHash, recipientRandHash(77n))
    }
  })

  it('wins or loses as asked', () => {
    const winProb = 2n ** 253n
    assert.equal(isWinner(makeWinner({ winProb })), true)
    assert.equal(isWinner(makeLoser()), false)
    assert.equal(makeWinner({ senderNonce: 5n }).senderNonce, 5n)
  })
})
