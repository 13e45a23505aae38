import assert from 'node:assert/strict'
import { zeroAddress } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { maxSenderNonces, receiveChecks, receiveRefusal } from '../../../src/lib/pm/receive-ticket.ts'
import type { ReceiveContext } from '../../../src/lib/pm/receive-ticket.ts'
import { signTicket } from '../../../src/lib/pm/sign-ticket.ts'
import type { SignedTicket, Ticket } from '../../../src/lib/pm/ticket.ts'
import { makeTicket, recipientRand } from '../../helpers/make-ticket.ts'

const [, gateway, otherGateway, orchestrator, otherOrchestrator] = devnetAccounts

async function signed(changes: Partial<Ticket> = {}): Promise<SignedTicket> {
  const ticket = makeTicket(changes)
  const sig = await signTicket(ticket, await localSigner(gateway.privateKey))
  return { ...ticket, sig, recipientRand }
}

/** All that an orchestrator knows, and nothing against the ticket. */
const known: ReceiveContext = {
  recipient: orchestrator.address,
  senderUnlock: { withdrawRound: 0n, lastInitializedRound: 1001n },
  seenNonces: new Set(),
  params: { expirationBlock: 41n, lastL1Block: 40n },
}

describe('receiveChecks', () => {
  let ticket: SignedTicket
  before(async () => {
    ticket = await signed()
  })

  function refusal(changes: Partial<SignedTicket>, context: ReceiveContext = {}): string | undefined {
    return receiveRefusal(receiveChecks({ ...ticket, ...changes }, { ...known, ...context }))?.reason
  }

  it("are made in the orchestrator's order, and pass", () => {
    assert.deepEqual(receiveChecks(ticket, known), [
      { name: 'senderUnlock', outcome: 'passed', reason: 'the sender is not about to withdraw' },
      { name: 'recipient', outcome: 'passed', reason: `the recipient is ${orchestrator.address}` },
      { name: 'sender', outcome: 'passed', reason: 'the sender is not the zero address' },
      { name: 'recipientRand', outcome: 'passed', reason: 'recipientRandHash is the hash of recipientRand' },
      { name: 'signature', outcome: 'passed', reason: 'the sender signed the ticket' },
      { name: 'win', outcome: 'passed', reason: 'the hash of signature and recipientRand is below winProb' },
      { name: 'nonce', outcome: 'passed', reason: 'the nonce is new' },
      { name: 'paramsExpiry', outcome: 'passed', reason: 'its parameters hold until L1 block 41' },
    ])
    assert.equal(refusal({}), undefined)
  })

  it('are left undone where the ticket alone does not say', () => {
    const undone = receiveChecks(ticket).filter(({ outcome }) => outcome !== 'passed')
    assert.deepEqual(undone, [
      {
        name: 'senderUnlock',
        outcome: 'notChecked',
        reason: "the sender's withdraw round is not known",
      },
      { name: 'recipient', outcome: 'notChecked', reason: 'whose ticket it should be is not known' },
      { name: 'nonce', outcome: 'notChecked', reason: 'the nonces that came before are not known' },
      {
        name: 'paramsExpiry',
        outcome: 'notChecked',
        reason: 'the expiration block of its parameters is not known',
      },
    ])
  })

  it('refuse a sender from one round before its withdrawal on', () => {
    const unlocking = (withdrawRound: bigint) => ({
      senderUnlock: { withdrawRound, lastInitializedRound: 1001n },
    })
    const reason = `deposit and reserve for sender ${gateway.address} is set to unlock soon`
    assert.equal(refusal({}, unlocking(1002n)), reason)
    assert.equal(refusal({}, unlocking(1n)), reason)
    assert.equal(refusal({}, unlocking(1003n)), undefined)
  })

  it("refuse another's ticket", () => {
    assert.equal(refusal({}, { recipient: otherOrchestrator.address }), 'invalid ticket recipient')
    assert.equal(refusal({}, { recipient: orchestrator.address.toLowerCase() as '0x' }), undefined)
  })

  it('refuse the zero address', () => {
    assert.equal(refusal({ sender: zeroAddress }), 'invalid ticket sender')
  })

  it('refuse another random number than was committed to', () => {
    const reason = 'invalid recipientRand for ticket recipientRandHash'
    assert.equal(refusal({ recipientRand: recipientRand + 1n }), reason)
  })

  it('refuse a signature that is not the sender over this ticket, and say what it is', async () => {
    const why = 'invalid ticket signature: '
    const turned = await localSigner(otherGateway.privateKey)
    assert.equal(
      refusal({ sig: await signTicket(ticket, turned) }),
      `${why}it is of ${otherGateway.address} or over another ticket`,
    )
    assert.match(
      refusal({ senderNonce: 2n }) ?? '',
      /^invalid ticket signature: it is of 0x\w{40} or over another ticket$/,
    )
    assert.equal(refusal({ sig: '0x' }), `${why}it is not 65 bytes`)
    assert.equal(refusal({ sig: `${ticket.sig.slice(0, -2)}00` as '0x' }), `${why}its v is neither 27 nor 28`)
    assert.equal(refusal({ sig: `0x${'ff'.repeat(64)}1b` }), `${why}its s is high`)
    assert.equal(refusal({ sig: `0x${'00'.repeat(64)}1b` }), `${why}it is of no key`)
  })

  it('say that a ticket lost, which is no refusal', async () => {
    const lost = await signed({ winProb: 0n })
    const checks = receiveChecks(lost, known)
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome !== 'passed'),
      [{ name: 'win', outcome: 'failed', reason: 'ticket did not win' }],
    )
    assert.equal(receiveRefusal(checks), undefined)
  })

  it('refuse a nonce that came before, and too many of them', () => {
    const nonces = (count: number, first: bigint) =>
      new Set(Array.from({ length: count }, (_, index) => first + BigInt(index)))
    const of = `sender=${gateway.address} nonce=1`
    const seen = (set: Set<bigint>) => refusal({}, { seenNonces: set })
    assert.equal(seen(nonces(1, 1n)), `invalid ticket senderNonce: already seen ${of}`)
    assert.equal(seen(nonces(maxSenderNonces - 1, 2n)), undefined)
    assert.equal(seen(nonces(maxSenderNonces, 2n)), `invalid ticket senderNonce: too many values ${of}`)
    assert.equal(seen(nonces(maxSenderNonces, 1n)), `invalid ticket senderNonce: already seen ${of}`)
    assert.equal(maxSenderNonces, 600)
  })

  it('refuse parameters at their expiration block', () => {
    const at = (lastL1Block: bigint) => refusal({}, { params: { expirationBlock: 41n, lastL1Block } })
    assert.equal(at(40n), undefined)
    assert.equal(at(41n), 'TicketParams expired')
  })

  it('give the first reason of many', () => {
    const all: ReceiveContext = {
      recipient: otherOrchestrator.address,
      seenNonces: new Set([1n]),
      params: { expirationBlock: 1n, lastL1Block: 1n },
    }
    const checks = receiveChecks({ ...ticket, sig: '0x', recipientRand: 0n }, all)
    assert.equal(receiveRefusal(checks)?.name, 'recipient')
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
      ['recipient', 'recipientRand', 'signature', 'nonce', 'paramsExpiry'],
    )
  })

  it('throw for what is no ticket', () => {
    assert.throws(() => receiveChecks({ ...ticket, sender: '0x\u001B[2J' }, known), {
      code: 'TICKET_FIELD_INVALID',
      message: 'sender is not 0x and 20 bytes of hex',
    })
  })
})
