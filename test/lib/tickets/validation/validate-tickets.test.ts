import assert from 'node:assert/strict'
import fc from 'fast-check'
import { maxUint256, zeroAddress, zeroHash } from 'viem'
import type { Hex } from 'viem'

import { recipientRandHash } from '../../../../src/lib/pm/recipient-rand.ts'
import { recoverSender } from '../../../../src/lib/pm/recover-sender.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { isWinner } from '../../../../src/lib/pm/win.ts'
import { openValidator } from '../../../../src/lib/tickets/validation/open-validator.ts'
import type { Judgement } from '../../../../src/lib/tickets/validation/open-validator.ts'
import { validateTickets } from '../../../../src/lib/tickets/validation/validate-tickets.ts'
import type { Verdict } from '../../../../src/lib/tickets/validation/verdict.ts'
import { makeLoser, makeSignedTicket, makeWinner } from '../../../helpers/make-signed-ticket.ts'
import { anyBytes, anyTicket, anyUint256 } from '../../../helpers/make-ticket.ts'
import { vectors } from '../../../helpers/vectors.ts'

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const word = (value: bigint) => value.toString(16).padStart(64, '0')

/** The same judgement with the plain functions of lib/pm. */
function judgePlainly(ticket: SignedTicket): Judgement {
  const hash = ticketHash(ticket)
  const verdict = (): Verdict => {
    if (ticket.recipient === zeroAddress) return 'noRecipient'
    if (ticket.sender === zeroAddress) return 'noSender'
    if (recipientRandHash(ticket.recipientRand) !== ticket.recipientRandHash) return 'wrongRecipientRand'
    if (recoverSender(hash, ticket.sig)?.toLowerCase() !== ticket.sender.toLowerCase()) return 'badSignature'
    if (ticket.creationRound === 0n && ticket.creationRoundBlockHash === zeroHash) return 'noCreationRound'
    return isWinner(ticket) ? 'winner' : 'loser'
  }
  return { hash, verdict: verdict() }
}

async function verdictOf(ticket: SignedTicket): Promise<Verdict | undefined> {
  const [judgement] = await validateTickets([ticket])
  assert.deepEqual(judgement, judgePlainly(ticket))
  return judgement?.verdict
}

/** Signed as it should be; wins or loses by chance. */
const anySigned: fc.Arbitrary<SignedTicket> = fc
  .record({
    recipient: anyBytes(20),
    faceValue: anyUint256,
    senderNonce: anyUint256,
    recipientRand: anyUint256,
    creationRound: anyUint256,
    privateKey: fc.bigInt({ min: 1n, max: order - 1n }).map((key): Hex => `0x${word(key)}`),
    winProb: fc.oneof(anyUint256, fc.constantFrom(0n, 1n, maxUint256, maxUint256 / 2n)),
  })
  .map(makeSignedTicket)

/** One byte of one field is another. */
const anyMutated: fc.Arbitrary<SignedTicket> = fc
  .tuple(
    anySigned,
    fc.constantFrom('recipient', 'sender', 'recipientRandHash', 'creationRoundBlockHash', 'sig'),
    fc.nat(64),
    fc.integer({ min: 1, max: 255 }),
  )
  .map(([ticket, field, place, change]) => {
    const bytes = Buffer.from(ticket[field].slice(2), 'hex')
    const at = place % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ change
    return { ...ticket, [field]: `0x${bytes.toString('hex')}` }
  })

const anyGarbage: fc.Arbitrary<SignedTicket> = fc
  .tuple(anyTicket, anyBytes(65), anyUint256, fc.boolean(), fc.constantFrom('', '1b', '1c'))
  .map(([ticket, sig, recipientRand, fits, v]) => ({
    ...ticket,
    ...(fits ? { recipientRandHash: recipientRandHash(recipientRand) } : {}),
    sig: v === '' ? sig : `0x${sig.slice(2, 130)}${v}`,
    recipientRand,
  }))

describe('validateTickets', () => {
  it('agrees with the plain functions, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anySigned, anyMutated, anyGarbage), { maxLength: 8 }),
        async (tickets) => {
          assert.deepEqual(await validateTickets(tickets), tickets.map(judgePlainly))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('knows winners from losers', async () => {
    assert.equal(await verdictOf(makeWinner({ winProb: maxUint256 / 3n })), 'winner')
    assert.equal(await verdictOf(makeLoser()), 'loser')
    assert.equal(await verdictOf(makeSignedTicket({ winProb: 0n })), 'loser')
  })

  it('knows what the contract refuses', async () => {
    const ticket = makeSignedTicket()
    assert.equal(await verdictOf(makeSignedTicket({ recipient: zeroAddress })), 'noRecipient')
    assert.equal(await verdictOf(makeSignedTicket({ sender: zeroAddress })), 'noSender')
    assert.equal(await verdictOf({ ...ticket, recipientRand: 1n }), 'wrongRecipientRand')
    assert.equal(await verdictOf({ ...ticket, faceValue: 1n }), 'badSignature')
    assert.equal(
      await verdictOf(makeSignedTicket({ creationRound: 0n, creationRoundBlockHash: zeroHash })),
      'noCreationRound',
    )
    assert.equal(await verdictOf(makeSignedTicket({ creationRound: 0n })), 'winner')
    assert.equal(await verdictOf(makeSignedTicket({ creationRoundBlockHash: zeroHash })), 'winner')
  })

  it('knows the malleable forms of a good signature', async () => {
    const ticket = makeSignedTicket()
    const r = ticket.sig.slice(2, 66)
    const s = ticket.sig.slice(66, 130)
    const v = ticket.sig.slice(130)
    const otherV = v === '1b' ? '1c' : '1b'
    const highS = word(order - BigInt(`0x${s}`))
    const forms = [
      `${r}${highS}${otherV}`,
      `${r}${highS}${v}`,
      `${r}${s}${otherV}`,
      `${r}${s}${v === '1b' ? '00' : '01'}`,
      `${r}${s}00`,
      `${r}${s}ff`,
      `${s}${r}${v}`,
    ]
    for (const form of forms) assert.equal(await verdictOf({ ...ticket, sig: `0x${form}` }), 'badSignature')
    for (const bad of [0n, order, order + 1n, maxUint256]) {
      assert.equal(await verdictOf({ ...ticket, sig: `0x${word(bad)}${s}${v}` }), 'badSignature')
      assert.equal(await verdictOf({ ...ticket, sig: `0x${r}${word(bad)}${v}` }), 'badSignature')
    }
  })

  it('gives the ticket hashes of the shared vectors', async () => {
    const tickets = vectors.ticketHash.map(({ ticket }) => ({
      ...ticket,
      faceValue: BigInt(ticket.faceValue),
      winProb: BigInt(ticket.winProb),
      senderNonce: BigInt(ticket.senderNonce),
      creationRound: BigInt(ticket.creationRound),
      sig: makeSignedTicket().sig,
      recipientRand: 0n,
    }))
    const hashes = (await validateTickets(tickets)).map(({ hash }) => hash)
    assert.deepEqual(
      hashes,
      vectors.ticketHash.map(({ hash }) => hash),
    )
  })

  it('gives nothing for nothing', async () => assert.deepEqual(await validateTickets([]), []))

  it('refuses a ticket that no codec has read', async () => {
    const error = { code: 'TICKET_FIELD_INVALID', message: 'sig is not 0x and 65 bytes of hex' }
    await assert.rejects(validateTickets([makeSignedTicket(), { ...makeSignedTicket(), sig: '0x00' }]), error)
  })
})

describe('validateTickets in threads', function () {
  this.timeout(120_000)
  const tickets = Array.from({ length: 3000 }, (_, index) => {
    const ticket = makeSignedTicket({ senderNonce: BigInt(index), winProb: maxUint256 / 2n })
    return index % 7 === 0 ? { ...ticket, faceValue: 1n } : ticket
  })

  it('says the same in the same order as without', async () => {
    const alone = await validateTickets(tickets, { threads: 1 })
    assert.deepEqual(alone.slice(0, 50), tickets.slice(0, 50).map(judgePlainly))
    assert.deepEqual(await validateTickets(tickets, { threads: 2 }), alone)
  })

  it('fails what is under way when it is closed', async () => {
    const validator = openValidator({ threads: 2 })
    const outcome = assert.rejects(validator.validate(tickets), { message: 'a validation thread has ended' })
    await validator.close()
    await outcome
    await assert.rejects(validator.validate(tickets), { message: 'a validation thread has ended' })
  })
})
