import assert from 'node:assert/strict'

import { seededRandom } from '../../../src/lib/probability/random-source.ts'
import { depositBands } from '../../../src/lib/simulation/deposit-bands.ts'
import { simulateDeposit } from '../../../src/lib/simulation/deposit-paths.ts'
import { runway } from '../../../src/lib/simulation/runway.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { makeClasses } from './make-classes.ts'

const depositWei = 250n * 1_200_000_000_000_000n

describe('depositBands', () => {
  const mixed = makeClasses({ faceValueWei: 12_345_678_901_234_567n }, { streams: rational(50n) })
  for (const [name, classes] of [
    ['one face value', makeClasses()],
    ['mixed face values', mixed],
  ] as const) {
    it(`lies where playing finds it: ${name}`, async () => {
      const exact = depositBands({ classes, depositWei, hours: 24n })
      const played = await simulateDeposit({
        classes,
        depositWei,
        hours: 24n,
        trials: 2000,
        random: seededRandom(11n),
      })
      for (const [index, { probability, leftWei }] of exact.bands.entries()) {
        const band = played.bands[index]
        assert.equal(band?.probability, probability)
        for (const [step, hour] of exact.hours.entries()) {
          const at = played.hours.indexOf(hour)
          const left = leftWei[step]
          assert.ok(left !== undefined && left.low <= left.high)
          assert.ok((band.lowWei[at] ?? 0n) <= left.high && left.low <= (band.highWei[at] ?? 0n))
        }
      }
    })
  }

  it('is dry as the runway is', () => {
    const request = { classes: makeClasses(), depositWei, floorWei: 10n ** 16n, hours: 48n }
    const { hours, dry } = depositBands(request)
    assert.deepEqual(
      runway({ ...request, risk: 0.01 }).curve,
      hours.map((hour, index) => ({ hour, dry: dry[index] })),
    )
  })

  it('looks at 49 points of a thousand years, and begins and ends with them', () => {
    const { hours } = depositBands({ classes: makeClasses(), depositWei, hours: 8_766_000n })
    assert.deepEqual([hours[0], hours.at(-1)], [0n, 8_766_000n])
    assert.ok(hours.length <= 50)
  })
})
