import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decodeFunctionData } from 'viem'

import { ticketBrokerAbi } from '../../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { auxData } from '../../../../src/lib/pm/aux-data.ts'
import { encodeRedemption } from '../../../../src/lib/redemption/onchain/encode.ts'
import { anyBytes, anyTicket, anyUint256 } from '../../../helpers/make-ticket.ts'

const broker = devnetContracts.TicketBroker

const anySignedTicket: fc.Arbitrary<SignedTicket> = fc
  .tuple(anyTicket, anyBytes(65), anyUint256)
  .map(([ticket, sig, recipientRand]) => ({ ...ticket, sig, recipientRand }))

function decoded(tickets: readonly SignedTicket[]) {
  const { to, data, value } = encodeRedemption(broker, tickets)
  assert.deepEqual([to, value], [broker, 0n])
  return decodeFunctionData({ abi: ticketBrokerAbi, data })
}

/** The addresses come back with a checksum. */
function seen(ticket: SignedTicket) {
  const { creationRound: _, creationRoundBlockHash: __, sig: ___, recipientRand: ____, ...others } = ticket
  return { ...others, auxData: auxData(ticket) }
}

function lowerCase<T extends { recipient: string; sender: string }>(ticket: T) {
  return {
    ...ticket,
    recipient: ticket.recipient.toLowerCase(),
    sender: ticket.sender.toLowerCase(),
  }
}

describe('encodeRedemption', () => {
  it('takes the single call for one ticket', () => {
    fc.assert(
      fc.property(anySignedTicket, (ticket) => {
        const { functionName, args } = decoded([ticket])
        assert.equal(functionName, 'redeemWinningTicket')
        assert.deepEqual(
          [lowerCase(args[0]), args[1], args[2]],
          [seen(ticket), ticket.sig, ticket.recipientRand],
        )
      }),
    )
  })

  it('takes the batch for more, in their order', () => {
    fc.assert(
      fc.property(fc.array(anySignedTicket, { minLength: 2, maxLength: 5 }), (tickets) => {
        const { functionName, args } = decoded(tickets)
        assert.equal(functionName, 'batchRedeemWinningTickets')
        const [contractTickets, sigs, rands] = args
        assert.deepEqual(contractTickets.map(lowerCase), tickets.map(seen))
        assert.deepEqual(
          sigs,
          tickets.map(({ sig }) => sig),
        )
        assert.deepEqual(
          rands,
          tickets.map(({ recipientRand }) => recipientRand),
        )
      }),
    )
  })

  it('minds no case of an address', () => {
    fc.assert(
      fc.property(anySignedTicket, (ticket) => {
        const shouted = `0x${ticket.sender.slice(2).toUpperCase()}` as const
        assert.deepEqual(
          encodeRedemption(broker, [{ ...ticket, sender: shouted }]),
          encodeRedemption(broker, [ticket]),
        )
      }),
    )
  })
})
