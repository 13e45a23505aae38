import { deepEqual, equal, ok, throws } from 'node:assert/strict'

import fc from 'fast-check'

import { billJob } from '../../../src/lib/billing/bill-job.ts'
import type { BillableJob } from '../../../src/lib/billing/bill-job.ts'
import { countTickets } from '../../../src/lib/billing/count-tickets.ts'
import type { PaymentRun } from '../../../src/lib/billing/count-tickets.ts'
import { debitFee, emptyAccount, payFor } from '../../../src/lib/billing/account.ts'
import { billLive, newLiveMeter } from '../../../src/lib/billing/live-meter.ts'
import { multiplyRational, rational } from '../../../src/lib/pm/rational.ts'
import { parseShape } from '../../../src/lib/pricing/shape.ts'

const ratio = (most: bigint) =>
  fc
    .tuple(fc.bigInt({ min: 1n, max: most }), fc.bigInt({ min: 1n, max: 1000n }))
    .map(([numerator, denominator]) => rational(numerator, denominator))
const run: fc.Arbitrary<PaymentRun> = fc
  .record({
    count: fc.bigInt({ min: 0n, max: 30n }),
    fee: ratio(10n ** 6n),
    part: fc.bigInt({ min: 0n, max: 100n }),
  })
  .map(({ count, fee, part }) => ({ count, fee, debit: multiplyRational(fee, rational(part, 100n)) }))

describe('countTickets', () => {
  it('finds what going through every payment finds', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), ratio(10n ** 6n), (runs, ev) => {
        let [account, most, payments] = [emptyAccount, 0n, 0n]
        for (const { count, fee, debit } of runs) {
          for (let payment = 0n; payment < count; payment++) {
            const paid = payFor(account, { fee, ev, most: 10n ** 12n })
            account = debitFee(paid.account, debit)
            if (paid.numTickets > most) most = paid.numTickets
            payments++
          }
        }
        deepEqual(countTickets(runs, ev), { payments, tickets: account.tickets, most })
      }),
      { numRuns: 500 },
    )
  })

  it('takes no longer for a thousand years than for a day', () => {
    const fee = rational(7n)
    const { tickets } = countTickets([{ count: 10n ** 30n, fee, debit: fee }], rational(2n))
    equal(tickets, (7n * 10n ** 30n) / 2n)
  })

  it('refuses tickets that are worth nothing', () => {
    throws(() => countTickets([], rational(0n)), { code: 'TICKET_EV_ZERO' })
  })
})

describe('billJob', () => {
  const total = (job: BillableJob, part: 'reckoned' | 'debited' | 'taken') =>
    billJob(job)
      .map((bill) => multiplyRational(bill[part], rational(bill.count)))
      .reduce((sum, { numerator, denominator }) => {
        equal(denominator, 1n)
        return sum + numerator
      }, 0n)

  it('cuts a stream into segments, and takes the frames that there are', () => {
    const renditions = [parseShape('100x10@29.97')]
    const [whole, last] = billJob({ kind: 'transcoding', renditions, seconds: 5n, segmentSeconds: 2n })
    const margin = rational(2_296_835_809_958_953n, 2_251_799_813_685_248n)
    deepEqual(whole, {
      count: 2n,
      reckoned: multiplyRational(rational(1000n * 30n * 2n), margin),
      debited: rational(59_940n),
      taken: rational(59_940n),
    })
    deepEqual([last?.count, last?.taken], [1n, rational(29_970n)])
    equal(billJob({ kind: 'transcoding', renditions, seconds: 1n, segmentSeconds: 2n }).length, 1)
  })

  it('is what the meter bills of a live session, whatever the interval', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('lv2v' as const, 'live' as const, 'fixed' as const),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (type, seconds, interval) => {
          let { state, bill } = billLive(newLiveMeter(type), rational(0n))
          let billed = bill
          for (let now = interval; now <= seconds; now += interval) {
            ;({ state, bill } = billLive(state, rational(BigInt(now))))
            billed += bill
          }
          const job = {
            kind: 'live',
            type,
            seconds: BigInt(seconds),
            intervalSeconds: BigInt(interval),
          } as const
          equal(total(job, 'reckoned'), billed)
          equal(total(job, 'debited'), billed)
        },
      ),
    )
  })

  it('bills live video at 27,648,000 pixels a second, a minute of them ahead', () => {
    const job = { kind: 'live', type: 'lv2v', seconds: 3600n, intervalSeconds: 5n } as const
    equal(total(job, 'reckoned'), 27_648_000n * 3660n)
    equal(total(job, 'taken'), 27_648_000n * 3600n)
  })

  it('refuses what lasts no time, and renditions without frames', () => {
    const job = { kind: 'transcoding', renditions: [parseShape('720p')], segmentSeconds: 2n } as const
    throws(() => billJob({ ...job, seconds: 0n }), { code: 'DURATION_INVALID' })
    throws(() => billJob({ ...job, seconds: 1n }), { code: 'SHAPE_INVALID' })
    throws(() => billJob({ kind: 'live', type: 'live', seconds: 1n, intervalSeconds: 0n }), {
      code: 'DURATION_INVALID',
    })
  })

  it('never bills less for more of a job', () => {
    const pixels = fc.constantFrom('720p30', '1080p60', '320x240@29.97')
    fc.assert(
      fc.property(
        fc.array(pixels, { minLength: 1, maxLength: 4 }),
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.bigInt({ min: 0n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 10n }),
        (shapes, seconds, more, segmentSeconds) => {
          const taken = (length: bigint) => {
            const job = {
              kind: 'transcoding',
              renditions: shapes.map(parseShape),
              seconds: length,
              segmentSeconds,
            } as const
            return billJob(job).reduce(
              (sum, bill) => sum + (bill.taken.numerator * bill.count * 100n) / bill.taken.denominator,
              0n,
            )
          }
          ok(taken(seconds + more) >= taken(seconds))
        },
      ),
    )
  })
})
