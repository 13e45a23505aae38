import assert from 'node:assert/strict'
import fc from 'fast-check'
import { encodeAbiParameters, encodeEventTopics, getAddress, parseAbiParameters } from 'viem'
import type { Address, Hex } from 'viem'

import { redemptionEventsAbi } from '../../../../src/lib/contracts/abi/ticket-broker-events.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { auxData } from '../../../../src/lib/pm/aux-data.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { decodeRedemptions } from '../../../../src/lib/redemption/onchain/redemption-events.ts'
import type { Log } from '../../../../src/lib/tx/receipt.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'

const broker = devnetContracts.TicketBroker
const abi = redemptionEventsAbi

function transfer({ sender, recipient }: SignedTicket, amount: bigint): Log {
  const topics = encodeEventTopics({ abi, eventName: 'WinningTicketTransfer', args: { sender, recipient } })
  return {
    address: broker,
    topics: topics as Hex[],
    data: encodeAbiParameters(parseAbiParameters('uint256'), [amount]),
  }
}

function redeemed(ticket: SignedTicket, address: Address = broker, aux = auxData(ticket)): Log {
  const { sender, recipient, faceValue, winProb, senderNonce, recipientRand } = ticket
  const topics = encodeEventTopics({ abi, eventName: 'WinningTicketRedeemed', args: { sender, recipient } })
  const data = encodeAbiParameters(parseAbiParameters('uint256, uint256, uint256, uint256, bytes'), [
    faceValue,
    winProb,
    senderNonce,
    recipientRand,
    aux,
  ])
  return { address, topics: topics as Hex[], data }
}

function seen(ticket: SignedTicket, paidWei: bigint) {
  const { sender, recipient, faceValue } = ticket
  return {
    hash: ticketHash(ticket),
    sender: getAddress(sender),
    recipient: getAddress(recipient),
    faceValueWei: faceValue,
    paidWei,
  }
}

const [first, second, third] = [1n, 2n, 3n].map((senderNonce) =>
  makeSignedTicket({ senderNonce, recipientRand: senderNonce * 7n }),
)
assert.ok(first !== undefined && second !== undefined && third !== undefined)

describe('decodeRedemptions', () => {
  it('knows a ticket by its event alone, and its amount by the transfer before', () => {
    assert.deepEqual(
      decodeRedemptions(broker, [
        transfer(first, 5n),
        redeemed(first),
        transfer(second, 3n),
        redeemed(second),
      ]),
      [seen(first, 5n), seen(second, 3n)],
    )
  })

  it('says that a ticket was used up for nothing', () => {
    const logs = [
      transfer(first, 5n),
      redeemed(first),
      redeemed(second),
      transfer(third, 1n),
      redeemed(third),
    ]
    assert.deepEqual(decodeRedemptions(broker, logs), [seen(first, 5n), seen(second, 0n), seen(third, 1n)])
  })

  it('takes no transfer for that of another pair', () => {
    const elsewhere = { ...second, recipient: devnetContracts.Minter }
    assert.deepEqual(decodeRedemptions(broker, [transfer(elsewhere, 9n), redeemed(first)]), [seen(first, 0n)])
  })

  it('passes over other contracts, other events and what is malformed', () => {
    const other = redeemed(second, devnetContracts.Minter)
    const unknown = { address: broker, topics: [ticketHash(first)], data: '0x' } as const
    const bare = { address: broker, topics: [], data: '0x' } as const
    const cut = { ...redeemed(second), data: redeemed(second).data.slice(0, 100) as Hex }
    const logs = [
      other,
      transfer(first, 5n),
      unknown,
      bare,
      redeemed(first),
      cut,
      redeemed(third, broker, '0x12'),
    ]
    assert.deepEqual(decodeRedemptions(broker, logs), [seen(first, 5n)])
    assert.deepEqual(decodeRedemptions(broker, []), [])
  })

  it('minds no case of an address', () => {
    const shouted = `0x${broker.slice(2).toUpperCase()}` as const
    assert.deepEqual(decodeRedemptions(shouted, [redeemed(first)]), [seen(first, 0n)])
  })

  it('finds whatever tickets there are', () => {
    const anyNonce = fc.bigInt({ min: 0n, max: 2n ** 64n })
    const many = fc.array(fc.record({ senderNonce: anyNonce, amount: fc.option(anyNonce) }), { maxLength: 8 })
    fc.assert(
      fc.property(many, (changes) => {
        const tickets = changes.map(({ senderNonce, amount }) => ({
          ticket: { ...first, senderNonce },
          amount,
        }))
        const logs = tickets.flatMap(({ ticket, amount }) =>
          amount === null ? [redeemed(ticket)] : [transfer(ticket, amount), redeemed(ticket)],
        )
        assert.deepEqual(
          decodeRedemptions(broker, logs),
          tickets.map(({ ticket, amount }) => seen(ticket, amount ?? 0n)),
        )
      }),
    )
  })
})
