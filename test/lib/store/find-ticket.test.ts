import assert from 'node:assert/strict'

import { LpPayError } from '../../../src/lib/errors.ts'
import { findTicket, isTicketName } from '../../../src/lib/store/find-ticket.ts'
import { useStore } from './sqlite-fixture.ts'

describe('findTicket', () => {
  const fixture = useStore()

  async function failure(name: string) {
    try {
      await findTicket(fixture.store, name)
    } catch (error) {
      assert.ok(error instanceof LpPayError)
      return { code: error.code, exitCode: error.exitCode, message: error.message }
    }
    return assert.fail('it was found')
  }

  it('finds a ticket by its hash, or the beginning of it', async () => {
    const [hash = '0x'] = await fixture.add({ senderNonce: 1n }, { senderNonce: 2n })
    for (const name of [hash, hash.slice(0, 12), `0x${hash.slice(2, 20).toUpperCase()}`]) {
      assert.equal((await findTicket(fixture.store, name)).hash, hash)
    }
  })

  it('refuses a beginning that two tickets have', async () => {
    const nonces = Array.from({ length: 8000 }, (_, nonce) => ({ senderNonce: BigInt(nonce) }))
    const hashes = await fixture.add(...nonces)
    const seen = new Set<string>()
    const twice = hashes.map((hash) => hash.slice(0, 8)).find((start) => seen.has(start) || !seen.add(start))
    if (twice === undefined) assert.fail('no two hashes begin alike')
    assert.deepEqual(await failure(twice), {
      code: 'TICKET_AMBIGUOUS',
      exitCode: 2,
      message: `${twice} is the beginning of more than one ticket`,
    })
  })

  it('finds nothing else, and repeats nothing that is no hash', async () => {
    await fixture.add({})
    assert.deepEqual(await failure('0x123456'), {
      code: 'TICKET_NOT_FOUND',
      exitCode: 2,
      message: 'the store has no ticket 0x123456',
    })
    assert.equal((await failure(`0x${'12'.repeat(32)}`)).message, 'the store has no ticket of that name')
    for (const name of ['0x', '0x12345', 'SECRET', `0x${'12'.repeat(33)}`, '']) {
      assert.equal(isTicketName(name), false)
      assert.equal((await failure(name)).message, 'the store has no ticket of that name')
    }
  })
})
