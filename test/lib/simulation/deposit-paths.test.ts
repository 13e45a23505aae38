import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import { seededRandom } from '../../../src/lib/probability/random-source.ts'
import { simulateDeposit } from '../../../src/lib/simulation/deposit-paths.ts'
import type { PathsRequest } from '../../../src/lib/simulation/deposit-paths.ts'
import { winnersWithin } from '../../../src/lib/simulation/winners.ts'
import { makeClasses } from './make-classes.ts'

const faceValueWei = 1_200_000_000_000_000n

function makeRequest(seed: bigint, overrides: Partial<PathsRequest> = {}): PathsRequest {
  return {
    classes: makeClasses(),
    depositWei: 250n * faceValueWei,
    hours: 24n,
    trials: 1000,
    random: seededRandom(seed),
    ...overrides,
  }
}

describe('simulateDeposit', () => {
  const mixed = makeClasses({ faceValueWei: 12_345_678_901_234_567n }, { streams: rational(50n) })
  for (const [name, classes, depositWei] of [
    ['one face value', makeClasses(), 250n * faceValueWei],
    ['mixed face values', mixed, 480_000_000_000_000_000n],
  ] as const) {
    it(`agrees with the exact answer in 99 of 100 seeds: ${name}`, async () => {
      const winners = winnersWithin(classes, 24n)
      const exact = winners.survival(depositWei)
      const median = winners.quantile(0.5)
      let [dryHeld, medianHeld] = [0, 0]
      for (let seed = 1n; seed <= 100n; seed++) {
        const { dry, bands } = await simulateDeposit(
          makeRequest(seed, { classes, depositWei, trials: 400, probabilities: [0.5] }),
        )
        const interval = dry.at(-1)?.interval
        assert.ok(interval !== undefined)
        if (interval.low <= exact.high && exact.low <= interval.high) dryHeld++
        const [low = 0n, high = 0n] = [bands[0]?.lowWei.at(-1), bands[0]?.highWei.at(-1)]
        if (low <= depositWei - median.low && depositWei - median.high <= high) medianHeld++
      }
      assert.ok(dryHeld >= 99 && medianHeld >= 99, `${dryHeld} and ${medianHeld} of 100`)
    })
  }

  it('is the same for the same seed', async () => {
    assert.deepEqual(await simulateDeposit(makeRequest(5n)), await simulateDeposit(makeRequest(5n)))
    assert.notDeepEqual(await simulateDeposit(makeRequest(5n)), await simulateDeposit(makeRequest(6n)))
  })

  it('gives bands that begin at the deposit, fall, and stand in order', async () => {
    const { bands, hours, unitWei } = await simulateDeposit(makeRequest(1n))
    assert.equal(hours.length, 25)
    assert.equal(unitWei, faceValueWei)
    for (const [index, { depositWei, lowWei, highWei }] of bands.entries()) {
      assert.equal(depositWei[0], 250n * faceValueWei)
      for (const [step, wei] of depositWei.entries()) {
        assert.ok(step === 0 || wei <= (depositWei[step - 1] ?? 0n))
        assert.ok((lowWei[step] ?? 0n) <= wei && wei <= (highWei[step] ?? 0n))
        assert.ok(wei >= (bands[index - 1]?.depositWei[step] ?? 0n))
      }
    }
  })

  it('tells what is known when it is stopped: the first trials of the same run', async () => {
    const stop = new AbortController()
    const seen: number[] = []
    const stopped = await simulateDeposit(
      makeRequest(9n, {
        signal: stop.signal,
        onProgress(done, trials) {
          seen.push(done)
          assert.equal(trials, 1000)
          if (done >= 500) stop.abort()
        },
      }),
    )
    assert.deepEqual(seen, [250, 500])
    assert.deepEqual([stopped.trials, stopped.isComplete], [500, false])
    const short = await simulateDeposit(makeRequest(9n, { trials: 500 }))
    assert.deepEqual(stopped, { ...short, isComplete: false })
  })

  it('looks at 720 steps of a longer horizon', async () => {
    const { hours } = await simulateDeposit(makeRequest(1n, { hours: 8_766_000n, trials: 10 }))
    assert.ok(hours.length <= 722)
    assert.equal(hours.at(-1), 8_766_000n)
  })

  it('refuses what takes too much', async () => {
    await assert.rejects(simulateDeposit(makeRequest(1n, { trials: 10 ** 9 })), {
      name: 'UsageError',
      code: 'TRIALS_INVALID',
      message: 'the trials of so many steps are from 1 to 699050',
    })
    for (const wrong of [Number.NaN, -1, 2]) {
      const refused = { code: 'PROBABILITY_INVALID' }
      await assert.rejects(simulateDeposit(makeRequest(1n, { probabilities: [wrong], trials: 1 })), refused)
    }
    await assert.rejects(simulateDeposit(makeRequest(1n, { trials: 0 })), { code: 'TRIALS_INVALID' })
    await assert.rejects(simulateDeposit(makeRequest(1n, { depositWei: -1n })), { code: 'DEPOSIT_INVALID' })
    await assert.rejects(simulateDeposit(makeRequest(1n, { hours: 0n })), { code: 'HORIZON_INVALID' })
  })
})
