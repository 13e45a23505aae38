import assert from 'node:assert/strict'
import { encodeFunctionData } from 'viem'
import type { Hex } from 'viem'

import { ticketBrokerAbi } from '../../../../src/lib/contracts/abi/ticket-broker.ts'
import { auxData } from '../../../../src/lib/pm/aux-data.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { decodeRedemptionCalldata } from '../../../../src/lib/tickets/decode/decode-redemption-calldata.ts'
import { validateTickets } from '../../../../src/lib/tickets/validation/validate-tickets.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'

const tickets = [1n, 2n, 3n].map((senderNonce) => makeSignedTicket({ senderNonce }))
const [ticket] = tickets
assert.ok(ticket !== undefined)

const inContract = (one: SignedTicket, aux = auxData(one)) => ({ ...one, auxData: aux })
const single = (one: SignedTicket, aux?: Hex) =>
  encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName: 'redeemWinningTicket',
    args: [inContract(one, aux), one.sig, one.recipientRand],
  })
const batch = (sigs = tickets.length, rands = tickets.length) =>
  encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName: 'batchRedeemWinningTickets',
    args: [
      tickets.map((one) => inContract(one)),
      Array.from({ length: sigs }, () => ticket.sig),
      Array.from({ length: rands }, () => 5n),
    ],
  })

const refused = (why: string) => ({ code: 'CALLDATA_INVALID', message: `this is no redemption: ${why}` })

describe('decodeRedemptionCalldata', () => {
  it('reads the ticket of a single redemption', async () => {
    const { functionName, tickets: decoded } = decodeRedemptionCalldata(single(ticket))
    assert.equal(functionName, 'redeemWinningTicket')
    assert.deepEqual(decoded, [ticket])
    assert.equal((await validateTickets(decoded))[0]?.verdict, 'winner')
  })

  it('reads the tickets of a batch', () => {
    const data = encodeFunctionData({
      abi: ticketBrokerAbi,
      functionName: 'batchRedeemWinningTickets',
      args: [
        tickets.map((one) => inContract(one)),
        tickets.map(({ sig }) => sig),
        tickets.map(({ recipientRand }) => recipientRand),
      ],
    })
    assert.deepEqual(decodeRedemptionCalldata(data), { functionName: 'batchRedeemWinningTickets', tickets })
  })

  it('refuses what is no redemption', () => {
    const unlock = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'unlock' })
    assert.throws(() => decodeRedemptionCalldata(unlock), refused('it calls unlock'))
    const damaged = refused('the TicketBroker has no such function, or its arguments are damaged')
    for (const data of [
      '0x',
      '0x12345678',
      single(ticket).slice(0, 200),
      `${batch().slice(0, 10)}${'ff'.repeat(320)}`,
    ] as Hex[]) {
      assert.throws(() => decodeRedemptionCalldata(data), damaged)
    }
    assert.throws(() => decodeRedemptionCalldata('0x123'), refused('it is not 0x and bytes of hex'))
    assert.throws(
      () => decodeRedemptionCalldata(`0x${'00'.repeat(262_145)}`),
      refused('it is longer than 256 KiB'),
    )
  })

  it('refuses lists that are not equally long', () => {
    for (const data of [batch(2), batch(4), batch(3, 2), batch(3, 4)]) {
      assert.throws(() => decodeRedemptionCalldata(data), refused('its lists are not equally long'))
    }
  })

  it('names the ticket whose auxData the contract would refuse', () => {
    assert.throws(
      () => decodeRedemptionCalldata(single(ticket, '0x')),
      refused('the auxData of ticket 1 is not 64 bytes'),
    )
  })
})
