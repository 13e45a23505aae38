import assert from 'node:assert/strict'

import { maxUint256 } from 'viem'

import { localSigner } from '../../../src/lib/account/signer.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { recipientRandHash } from '../../../src/lib/pm/recipient-rand.ts'
import { recoverSender } from '../../../src/lib/pm/recover-sender.ts'
import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { isWinner } from '../../../src/lib/pm/win.ts'
import { createTickets } from '../../../src/lib/tickets/create-tickets.ts'
import type { TicketOrder } from '../../../src/lib/tickets/create-tickets.ts'

const [, gateway, , orchestrator] = devnetAccounts

function makeOrder(changes: Partial<TicketOrder> = {}): TicketOrder {
  return {
    recipient: orchestrator.address,
    sender: gateway.address,
    faceValue: 10n ** 15n,
    winProb: maxUint256,
    creationRound: 7n,
    creationRoundBlockHash: `0x${'ab'.repeat(32)}`,
    firstNonce: 1n,
    count: 3,
    winnersOnly: false,
    ...changes,
  }
}

async function failure(order: TicketOrder, signal?: AbortSignal) {
  try {
    await createTickets(order, await localSigner(gateway.privateKey), { ...(signal && { signal }) })
  } catch (error) {
    assert.ok(error instanceof LpPayError)
    return { code: error.code, exitCode: error.exitCode, details: error.details }
  }
  return assert.fail('they were created')
}

describe('createTickets', () => {
  it('signs tickets with one nonce after the other', async () => {
    const signer = await localSigner(gateway.privateKey)
    const { tickets, signed } = await createTickets(makeOrder({ firstNonce: 41n, recipientRand: 5n }), signer)
    assert.equal(signed, 3)
    assert.deepEqual(
      tickets.map(({ senderNonce }) => senderNonce),
      [41n, 42n, 43n],
    )
    for (const ticket of tickets) {
      assert.equal(recoverSender(ticketHash(ticket), ticket.sig), gateway.address)
      assert.equal(ticket.recipientRandHash, recipientRandHash(5n))
      assert.equal(ticket.recipientRand, 5n)
    }
  })

  it('keeps winners only, and goes on until there are enough', async () => {
    const signer = await localSigner(gateway.privateKey)
    let told = 0
    const { tickets, signed } = await createTickets(
      makeOrder({ winProb: maxUint256 / 4n, count: 5, winnersOnly: true }),
      signer,
      { onTicket: () => told++ },
    )
    assert.equal(tickets.length, 5)
    assert.equal(told, 5)
    assert.ok(tickets.every(isWinner))
    assert.ok(signed >= 5)
    assert.equal(tickets.at(-1)?.senderNonce, BigInt(signed))
  })

  it('chooses another random number each time', async () => {
    const signer = await localSigner(gateway.privateKey)
    const [one, other] = await Promise.all([
      createTickets(makeOrder(), signer),
      createTickets(makeOrder(), signer),
    ])
    assert.notEqual(one.tickets[0]?.recipientRand, other.tickets[0]?.recipientRand)
    assert.equal(new Set(one.tickets.map(({ recipientRand }) => recipientRand)).size, 1)
  })

  it('does not begin what would take for ever', async () => {
    assert.deepEqual(
      await failure(makeOrder({ winProb: maxUint256 / 1000n, count: 101, winnersOnly: true })),
      {
        code: 'TICKETS_TOO_MANY',
        exitCode: 2,
        details: { mostSignatures: 100_000n, expectedSignatures: 101_001n },
      },
    )
    assert.equal((await failure(makeOrder({ winProb: 0n, winnersOnly: true }))).code, 'TICKETS_TOO_MANY')
    assert.equal((await failure(makeOrder({ count: 100_001 }))).code, 'TICKETS_TOO_MANY')
  })

  it('stops when it is interrupted', async () => {
    const { code, exitCode } = await failure(makeOrder(), AbortSignal.abort())
    assert.deepEqual({ code, exitCode }, { code: 'INTERRUPTED', exitCode: 3 })
  })
})
