import { useTestDevnet } from '../../helpers/devnet.ts'
import type { TestDevnet } from '../../helpers/devnet.ts'
import { devnetRules, mainnetRules } from '../../../src/lib/devnet/rules.ts'
import type { DevnetRules } from '../../../src/lib/devnet/rules.ts'
import { assertAgreement, makeRedemptionFixture } from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'

/** What a scenario finds: a devnet as at the start, and a redeemer with an empty store. */
export interface Stage {
  readonly chain: TestDevnet
  readonly fixture: RedemptionFixture
  readonly rules: DevnetRules
}

export type Scenario = (title: string, play: (stage: Stage) => Promise<void>) => void

/**
 * Plays scenarios on a devnet of each generation of the contracts. After each of them the chain and the store must
 * agree, and no ticket may have been redeemed for less than its face value.
 */
export function onBothRules(title: string, describeScenarios: (scenario: Scenario) => void): void {
  for (const rules of devnetRules) {
    describe(`${title}, under the rules of ${rules}${rules === mainnetRules ? " (mainnet's)" : ''}`, () => {
      const chain = useTestDevnet({ rules })
      describeScenarios((name, play) => {
        it(name, async () => {
          const fixture = await makeRedemptionFixture(chain.rpcUrl)
          try {
            await play({ chain, fixture, rules })
            await assertAgreement(chain, fixture.store)
          } finally {
            await fixture.close()
          }
        })
      })
    })
  }
}
