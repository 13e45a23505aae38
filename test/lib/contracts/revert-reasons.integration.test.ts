import assert from 'node:assert/strict'
import { encodeFunctionData } from 'viem'

import { RpcResponseError } from '../../../src/lib/chain/rpc.ts'
import { ticketBrokerAbi } from '../../../src/lib/contracts/abi/ticket-broker.ts'
import { adviceFor, isRevert, revertReason } from '../../../src/lib/contracts/revert-reasons.ts'
import { devnetRules } from '../../../src/lib/devnet/rules.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { gateway, makeSenderFixture } from '../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../helpers/sender-fixture.ts'
import { fund, pause, unlock } from '../sender/on-chain.ts'

for (const rules of devnetRules) {
  describe(`the reasons that the TicketBroker gives by the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })
    let fixture: SenderFixture
    beforeEach(async () => {
      fixture = await makeSenderFixture(chain.rpcUrl)
    })
    afterEach(() => fixture.close())

    const locked = () => fund(chain, 1n, 1n)
    const unlocking = async () => {
      await locked()
      await unlock(chain)
    }
    const unlocked = async () => {
      await unlocking()
      await chain.advance(2)
    }
    const cases: readonly (readonly [
      functionName: 'unlock' | 'cancelUnlock' | 'withdraw' | 'fundDeposit',
      reach: () => Promise<void>,
      reason: string,
    ])[] = [
      ['unlock', () => Promise.resolve(), 'sender deposit and reserve are zero'],
      ['withdraw', () => Promise.resolve(), 'sender deposit and reserve are zero'],
      ['unlock', unlocking, 'unlock already initiated'],
      ['cancelUnlock', locked, 'no unlock request in progress'],
      ['withdraw', locked, 'no unlock request in progress'],
      ['withdraw', unlocking, 'account is locked'],
      ['fundDeposit', () => pause(chain), 'system is paused'],
    ]
    for (const [functionName, reach, reason] of cases) {
      it(`${functionName}: ${reason}`, async () => {
        await reach()
        const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName })
        const { rpc, contracts } = fixture.connection
        const call = { from: gateway.address, to: contracts.TicketBroker, data }
        await assert.rejects(rpc.request('eth_estimateGas', [call]), (error) => {
          assert.ok(error instanceof RpcResponseError)
          assert.equal(isRevert(error), true)
          assert.equal(revertReason(error), reason)
          assert.notEqual(adviceFor(reason), undefined)
          return true
        })
      })
    }

    it('gives none to who may', async () => {
      await unlocked()
      const data = encodeFunctionData({ abi: ticketBrokerAbi, functionName: 'withdraw' })
      const { rpc, contracts } = fixture.connection
      const call = { from: gateway.address, to: contracts.TicketBroker, data }
      assert.match(String(await rpc.request('eth_estimateGas', [call])), /^0x[0-9a-f]+$/)
    })
  })
}
