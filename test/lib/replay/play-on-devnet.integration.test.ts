import assert from 'node:assert/strict'

import { devnetRules } from '../../../src/lib/devnet/rules.ts'
import { playOnDevnet } from '../../../src/lib/replay/play-on-devnet.ts'
import { buildSnapshots, projectFolder, snapshotFolder } from '../../helpers/devnet.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { makeProtocolOptions } from '../protocol/make-options.ts'

describe('the protocol, played and then on a devnet', () => {
  const folder = temporaryFolder()
  before(buildSnapshots)

  const play = (options: Parameters<typeof makeProtocolOptions>[0], signal = new AbortController().signal) =>
    playOnDevnet({
      ...{ options: makeProtocolOptions(options), seed: 7n, folder: folder.path, signal },
      ...{ snapshotFolder, searchFrom: projectFolder, hooks: {} },
    })

  for (const rules of devnetRules) {
    it(`comes to the same to the wei by the rules of ${rules}, races and short deposits included`, async () => {
      const { report, comparison } = await play({
        ...{ rules, senders: 4, tickets: 400, redemptionsPerRound: 1 },
        ...{ depositWei: 35n * 10n ** 14n, reserveWei: 55n * 10n ** 14n, ticketEvWei: 3n * 10n ** 14n },
      })
      const { differences, compared, complete, transactions, reverted } = comparison
      assert.deepEqual({ differences, complete }, { differences: [], complete: true })
      const redeemed = report.orchestrators.reduce((sum, one) => sum + one.redeemed, 0)
      assert.equal(compared, redeemed + report.refusedOnChain + 2 * 4 + 3)
      assert.ok(redeemed > 20 && transactions > 3 && reverted <= transactions)
      const shortWei = report.orchestrators.reduce((sum, one) => sum + one.shortWei, 0n)
      assert.ok(shortWei > 0n || report.refusedOnChain > 0, 'there was a race')
    })
  }

  it('has the same tickets on every devnet', async () => {
    const [once, again] = [await play({ tickets: 60 }), await play({ tickets: 60 })]
    assert.deepEqual(once.report, again.report)
    assert.deepEqual(once.comparison, again.comparison)
  })

  it('has no more orchestrators than the devnet', async () => {
    await assert.rejects(play({ orchestrators: 4, poolSize: 4n }), {
      code: 'DEVNET_ORCHESTRATORS',
      message: 'the devnet has 3 active orchestrators',
    })
  })
})
