import assert from 'node:assert/strict'
import fc from 'fast-check'

import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { readContract } from '../../../src/lib/contracts/read-contract.ts'
import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { devnetRules } from '../../../src/lib/devnet/rules.ts'
import { payout } from '../../../src/lib/pm/payout.ts'
import { receiveChecks } from '../../../src/lib/pm/receive-ticket.ts'
import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { encodeRedemption, toContractTicket } from '../../../src/lib/redemption/onchain/encode.ts'
import { readSender } from '../../../src/lib/sender/read-sender.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { anyTicket, makeTicket } from '../../helpers/make-ticket.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { fund, transact } from '../sender/on-chain.ts'
import { redeemWinner, signWinner } from './redeem-winner.ts'

const orchestrator = devnetAccounts[3].address

for (const rules of devnetRules) {
  describe(`the payment maths beside the contract of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    let fixture: SenderFixture
    beforeEach(async () => {
      fixture = await makeSenderFixture(chain.rpcUrl)
    })
    afterEach(() => fixture.close())

    it('agrees on the hash of any ticket, with auxData and without', async () => {
      const { rpc, contracts } = fixture.connection
      const agrees = async (ticket: ReturnType<typeof makeTicket>) => {
        const hash = await readContract(rpc, {
          address: contracts.TicketBroker,
          abi: ticketBrokerAbi,
          functionName: 'getTicketHash',
          args: [toContractTicket({ ...ticket, sig: '0x', recipientRand: 0n })],
        })
        assert.equal(ticketHash(ticket), hash)
      }
      await agrees(makeTicket({ creationRound: 0n, creationRoundBlockHash: `0x${'00'.repeat(32)}` }))
      await fc.assert(fc.asyncProperty(anyTicket, agrees), { numRuns: 50 })
    })

    it('finds nothing against a ticket that the contract redeems', async () => {
      const ticket = await signWinner(chain, orchestrator, parseWei('0.01'), 5n)
      await fund(chain, parseWei('0.01'), 0n)
      const { to, data } = encodeRedemption(devnetContracts.TicketBroker, [ticket])
      await transact(chain, gateway.address, to, data)
      const failed = receiveChecks(ticket, { recipient: orchestrator }).filter(
        ({ outcome }) => outcome === 'failed',
      )
      assert.deepEqual(failed, [])
    })

    // Pool of 3. The last is burned for less under either generation of rules: the whole reserve would cover it.
    for (const [deposit, reserve, face] of [
      ['0.05', '0.3', '0.04'],
      ['0.05', '0.3', '0.05'],
      ['0.05', '0.3', '0.12'],
      ['0', '0.3', '0.1'],
      ['0.02', '0.3', '0.25'],
    ] as const) {
      it(`agrees on what ${face} ETH are paid from a deposit of ${deposit} and a reserve of ${reserve}`, async () => {
        await fund(chain, parseWei(deposit, { allowZero: true }), parseWei(reserve))
        const before = await readSender(fixture.connection, gateway.address)
        const { rpc, contracts } = fixture.connection
        const claimableReserveWei = await readContract(rpc, {
          address: contracts.TicketBroker,
          abi: ticketBrokerAbi,
          functionName: 'claimableReserve',
          args: [gateway.address, orchestrator],
        })
        const expected = payout(parseWei(face), { depositWei: before.depositWei, claimableReserveWei })
        await redeemWinner(chain, orchestrator, parseWei(face), 9n)
        const after = await readSender(fixture.connection, gateway.address)
        assert.equal(before.depositWei - after.depositWei, expected.fromDepositWei)
        assert.equal(before.reserveWei - after.reserveWei, expected.fromReserveWei)
      })
    }
  })
}
