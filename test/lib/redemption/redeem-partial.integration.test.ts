import assert from 'node:assert/strict'

import { devnetRules } from '../../../src/lib/devnet/rules.ts'
import { defaultPlanOptions } from '../../../src/lib/redemption/plan/plan-redemption.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { makeRedemptionFixture, redemptionsOnChain } from '../../helpers/redemption-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { makeWinners } from './winners.ts'

for (const rules of devnetRules) {
  describe(`a ticket that can be paid in part, under the rules of ${rules}`, () => {
    const chain = useTestDevnet({ rules })

    it('is spent only when that is asked for, and the report says what it paid', async () => {
      const fixture = await makeRedemptionFixture(chain.rpcUrl)
      try {
        // The whole reserve would do, the recipient's third of it does not.
        await fund(chain, parseWei('0.02'), parseWei('0.3'))
        await fixture.add(await makeWinners(chain, 1, () => ({ faceValue: parseWei('0.2') })))
        assert.equal((await fixture.redeem()).result.outcome, 'nothingToDo')
        assert.equal((await redemptionsOnChain(chain)).length, 0)
        const planOptions = { ...defaultPlanOptions, includePartial: true }
        const { result } = await fixture.redeem({}, { planOptions })
        const paidWei = parseWei('0.12')
        assert.deepEqual(
          [result.totals.redeemedTickets, result.totals.shortPaidTickets, result.totals.paidWei],
          [1, 1, paidWei],
        )
        const [ticket] = await fixture.tickets()
        assert.deepEqual(
          [ticket?.state, ticket?.paidWei, ticket?.reason],
          ['final', paidWei, 'paid short by 0.08 ETH'],
        )
        assert.deepEqual(
          (await redemptionsOnChain(chain)).map((redemption) => redemption.paidWei),
          [paidWei],
        )
      } finally {
        await fixture.close()
      }
    })
  })
}
