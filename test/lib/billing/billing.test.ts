import { deepEqual, equal, throws } from 'node:assert/strict'

import fc from 'fast-check'

import { billLive, newLiveMeter } from '../../../src/lib/billing/live-meter.ts'
import type { LiveType } from '../../../src/lib/billing/live-meter.ts'
import { transcodeDebit, transcodeEstimate, transcodePixels } from '../../../src/lib/billing/transcoding.ts'
import { creditAfter, numTickets } from '../../../src/lib/pm/credit.ts'
import { ceilRational, floorRational, multiplyRational, rational } from '../../../src/lib/pm/rational.ts'
import { vectors } from '../../helpers/vectors.ts'

describe('transcoding', () => {
  it('counts pixels and fees as go-livepeer does', () => {
    for (const { profiles, seconds, pixels } of vectors.transcodePixels) {
      const shapes = profiles.map(([width, height, fps]) => ({
        width: BigInt(width),
        height: BigInt(height),
        fps: rational(BigInt(fps)),
      }))
      equal(transcodePixels(shapes, rational(BigInt(seconds))), BigInt(pixels))
    }
    for (const { pixels, price, fee } of vectors.transcodeFee) {
      const { numerator, denominator } = transcodeEstimate(BigInt(pixels), rational(BigInt(price)))
      equal(`${String(numerator)}/${String(denominator)}`, fee)
    }
  })

  it('debits the pixels without the margin, and takes a passthrough rate for 60', () => {
    deepEqual(transcodeDebit(10n, rational(3n)), rational(30n))
    equal(transcodePixels([{ width: 2n, height: 3n }], rational(3n, 2n)), 2n * 3n * 60n * 2n)
    throws(() => transcodePixels([], rational(0n)), { code: 'DURATION_INVALID' })
  })
})

describe('live meter', () => {
  const bills = (type: LiveType, moments: readonly bigint[]) => {
    let state = billLive(newLiveMeter(type), rational(0n)).state
    return moments.map((ms) => {
      const billed = billLive(state, rational(ms, 1000n))
      state = billed.state
      return billed.bill
    })
  }

  it('pays as the vectors: 10 s up front, then the seconds; fixed once', () => {
    const ev = rational(35n)
    const first = billLive(newLiveMeter('live'), rational(0n))
    const fee = rational(first.bill * 3n)
    equal(numTickets({ credit: rational(0n), fee, ev }), 1n)
    const credit = creditAfter({ credit: rational(0n), fee, ev }, 1n)
    deepEqual(credit, rational(5n))
    const later = rational(billLive(first.state, rational(12n)).bill * 3n)
    equal(numTickets({ credit, fee: later, ev }), 1n)
    deepEqual(creditAfter({ credit, fee: later, ev }, 1n), rational(4n))
    equal(billLive(newLiveMeter('fixed'), rational(0n)).bill, 1n)
    deepEqual(bills('fixed', [5000n]), [0n])
    equal(billLive(newLiveMeter('lv2v'), rational(0n)).bill, 1_658_880_000n)
    throws(() => billLive(first.state, rational(-1n)), { code: 'DURATION_INVALID' })
  })

  it('loses and doubles no fraction, however often it bills', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 10n ** 7n), { minLength: 1 }), (times) => {
        const moments = times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        const whole = rational(moments.at(-1) ?? 0n, 1000n)
        const sum = (list: readonly bigint[]) => list.reduce((total, bill) => total + bill, 0n)
        equal(sum(bills('lv2v', moments)), floorRational(multiplyRational(whole, rational(27_648_000n))))
        equal(sum(bills('live', moments)), ceilRational(whole))
      }),
    )
  })
})
