import assert from 'node:assert/strict'

import { hexToBigInt, keccak256, encodePacked } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { verifyTicket } from '../../../src/lib/tickets/verify-ticket.ts'
import { makeLoser, makeSignedTicket, makeWinner } from '../../helpers/make-signed-ticket.ts'

const [, gateway, , orchestrator] = devnetAccounts

const outcomes = (...args: Parameters<typeof verifyTicket>) =>
  Object.fromEntries(verifyTicket(...args).checks.map(({ name, outcome }) => [name, outcome]))

describe('verifyTicket', () => {
  it('passes a winner, and makes its win repeatable', () => {
    const ticket = makeWinner({ winProb: 2n ** 254n })
    const { passed, signer, draw, winProb, evWei } = verifyTicket(ticket)
    assert.ok(passed)
    assert.equal(signer, gateway.address)
    assert.equal(draw, keccak256(encodePacked(['bytes', 'uint256'], [ticket.sig, ticket.recipientRand])))
    assert.ok(hexToBigInt(draw) < winProb)
    assert.equal(evWei, ticket.faceValue / 4n)
  })

  it("makes the checks in the recipient's order, and the contract's last", () => {
    assert.deepEqual(outcomes(makeSignedTicket(), { recipient: orchestrator.address }), {
      senderUnlock: 'notChecked',
      recipient: 'passed',
      sender: 'passed',
      recipientRand: 'passed',
      signature: 'passed',
      win: 'passed',
      nonce: 'notChecked',
      paramsExpiry: 'notChecked',
      auxData: 'passed',
    })
  })

  it('fails a loser by its win alone', () => {
    const { passed, checks } = verifyTicket(makeLoser())
    assert.equal(passed, false)
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
      ['win'],
    )
  })

  it('names the signer of what another has signed', () => {
    const { passed, signer, checks } = verifyTicket({ ...makeSignedTicket(), faceValue: 1n })
    assert.equal(passed, false)
    assert.notEqual(signer, gateway.address)
    assert.match(checks.find(({ name }) => name === 'signature')?.reason ?? '', /^invalid ticket signature: /)
    assert.equal(verifyTicket({ ...makeSignedTicket(), sig: `0x${'00'.repeat(65)}` }).signer, null)
  })

  it('fails a ticket that the contract cannot place in a round', () => {
    const ticket = makeSignedTicket({
      creationRound: 0n,
      creationRoundBlockHash: `0x${'00'.repeat(32)}`,
    })
    assert.equal(outcomes(ticket)['auxData'], 'failed')
  })

  it('holds the recipient against the one that is named', () => {
    assert.equal(outcomes(makeSignedTicket(), { recipient: gateway.address })['recipient'], 'failed')
  })
})
