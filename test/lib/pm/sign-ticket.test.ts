import assert from 'node:assert/strict'
import fc from 'fast-check'
import { recoverMessageAddress } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { recoverSender } from '../../../src/lib/pm/recover-sender.ts'
import { signTicket } from '../../../src/lib/pm/sign-ticket.ts'
import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { anyBytes, anyTicket, makeTicket } from '../../helpers/make-ticket.ts'
import { vectors } from '../../helpers/vectors.ts'

describe('signTicket', () => {
  it('gives a signature from which the signer is recovered, by us and by viem', async () => {
    await fc.assert(
      fc.asyncProperty(anyTicket, anyBytes(31), async (ticket, secret) => {
        const signer = await localSigner(`0x01${secret.slice(2)}`)
        const sig = await signTicket(ticket, signer)
        const hash = ticketHash(ticket)
        assert.equal(recoverSender(hash, sig), signer.address)
        assert.equal(await recoverMessageAddress({ message: { raw: hash }, signature: sig }), signer.address)
      }),
      { numRuns: 25 },
    )
  })

  it('refuses what the contract would refuse', async () => {
    const [good, high] = vectors.signature
    assert.ok(good !== undefined && high !== undefined)
    for (const [sig, why] of [
      [high.sig, 'its s is high'],
      [good.sig.slice(0, -2), 'it is not 65 bytes'],
      [`${good.sig.slice(0, -2)}01`, 'its v is neither 27 nor 28'],
    ] as const) {
      await assert.rejects(signTicket(makeTicket(), { signMessage: () => Promise.resolve(sig as '0x') }), {
        name: 'ConfigurationError',
        code: 'SIGNATURE_UNUSABLE',
        message: `the signer gave no signature for tickets: ${why}`,
      })
    }
  })

  it('asks the signer for nothing when a field does not fit', async () => {
    const signer = { signMessage: () => assert.fail('asked') }
    await assert.rejects(signTicket(makeTicket({ faceValue: -1n }), signer), { code: 'TICKET_FIELD_INVALID' })
  })
})
