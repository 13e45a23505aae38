import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import { maxWinProb, winProb } from '../../../src/lib/pm/win-prob.ts'
import { checkHorizon, ticketClasses, ticketsWithin } from '../../../src/lib/simulation/workload.ts'
import { makeClasses, makeStreams } from './make-classes.ts'

describe('ticketClasses', () => {
  it('counts tickets exactly', () => {
    const [streams] = makeClasses({ streams: rational(1n) })
    assert.ok(streams !== undefined)
    assert.deepEqual(streams.winProbability, rational(1n, 150_000n))
    assert.deepEqual(streams.ticketsPerHour, rational(119_439_360_000_000n, 8_000_000_000n))
    assert.equal(ticketsWithin(streams, 1n), 14_929n)
    assert.equal(ticketsWithin(streams, 100n), 1_492_992n)
  })

  it('takes the win probability of the tickets where it is given', () => {
    const prob = winProb(1_200_000_000_000_000n, 8_000_000_000n)
    const [streams] = makeClasses({ winProb: prob })
    assert.deepEqual(streams?.winProbability, rational(prob, maxWinProb))
  })

  it('leaves out what sends nothing', () => {
    const classes = makeClasses({}, { streams: rational(0n) }, { weiPerHour: rational(0n) })
    assert.equal(classes.length, 1)
  })

  it('refuses what is no workload', () => {
    const refused = [
      [{ streams: rational(0n) }, 'WORKLOAD_EMPTY', 'nothing is spent, so no ticket is ever sent'],
      [
        { streams: rational(-1n) },
        'WORKLOAD_INVALID',
        'a class of streams has fewer than no streams or a price below zero',
      ],
      [
        { weiPerHour: rational(-1n) },
        'WORKLOAD_INVALID',
        'a class of streams has fewer than no streams or a price below zero',
      ],
      [{ ticketEvWei: 0n }, 'WORKLOAD_INVALID', 'a class of streams has tickets that are worth nothing'],
      [{ faceValueWei: 0n }, 'WORKLOAD_INVALID', 'a class of streams has tickets that are worth nothing'],
      [{ winProb: 0n }, 'WORKLOAD_INVALID', 'a class of streams has tickets that are worth nothing'],
      [
        { name: 'hd', faceValueWei: 7n },
        'FACE_VALUE_BELOW_EV',
        'the class hd has a face value below its ticket EV',
      ],
    ] as const
    for (const [overrides, code, message] of refused) {
      assert.throws(() => ticketClasses([makeStreams(overrides)]), { name: 'UsageError', code, message })
    }
    const many = Array.from({ length: 101 }, () => makeStreams())
    assert.throws(() => ticketClasses(many), { code: 'WORKLOAD_TOO_LARGE' })
    assert.throws(() => ticketClasses([]), { code: 'WORKLOAD_EMPTY' })
  })
})

describe('checkHorizon', () => {
  it('takes 1 hour to 1,000 years', () => {
    assert.equal(checkHorizon(8_766_000n), 8_766_000n)
    for (const hours of [0n, -1n, 8_766_001n]) {
      assert.throws(() => checkHorizon(hours), {
        name: 'UsageError',
        code: 'HORIZON_INVALID',
        message: 'a horizon is from 1 hour to 1,000 years',
      })
    }
  })
})
