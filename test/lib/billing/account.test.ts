import { deepEqual, equal, ok, throws } from 'node:assert/strict'

import fc from 'fast-check'

import { covers, creditTickets, debitFee, emptyAccount, payFor } from '../../../src/lib/billing/account.ts'
import { billLive, newLiveMeter } from '../../../src/lib/billing/live-meter.ts'
import {
  addRational,
  compareRational,
  multiplyRational,
  rational,
  subtractRational,
} from '../../../src/lib/pm/rational.ts'
import type { Rational } from '../../../src/lib/pm/rational.ts'
import { vectors } from '../../helpers/vectors.ts'

const wei = (most: bigint) =>
  fc
    .tuple(fc.bigInt({ min: 1n, max: most }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
    .map(([numerator, denominator]) => rational(numerator, denominator))

describe('a payment account', () => {
  for (const vector of vectors.livePayments) {
    it(`pays a session of type ${vector.type} as go-livepeer's signer does`, () => {
      const ev = rational(BigInt(vector.ev))
      const price = rational(BigInt(vector.pricePerSecond ?? vector.price ?? '0'))
      const pay = (account: typeof emptyAccount, units: bigint) => {
        const fee = multiplyRational(rational(units), price)
        const paid = payFor(account, { fee, ev })
        return { account: debitFee(paid.account, fee), tickets: paid.numTickets }
      }
      const first = billLive(newLiveMeter(vector.type), rational(0n))
      const begun = pay(emptyAccount, first.bill)
      equal(begun.tickets, BigInt(vector.firstTickets))
      deepEqual(begun.account.credit, rational(BigInt(vector.balance)))
      if (vector.after12sTickets === undefined) return
      const later = pay(begun.account, billLive(first.state, rational(12n)).bill)
      equal(later.tickets, BigInt(vector.after12sTickets))
      deepEqual(later.account.credit, rational(BigInt(vector.balanceAfter12s ?? '-1')))
      equal(later.account.tickets, 2n)
    })
  }

  it('sends no payment of more than 100 tickets', () => {
    const ev = rational(1n)
    equal(payFor(emptyAccount, { fee: rational(100n), ev }).numTickets, 100n)
    throws(() => payFor(emptyAccount, { fee: rational(101n), ev }), {
      name: 'PreconditionError',
      code: 'TICKETS_TOO_MANY',
      message: 'numTickets 101 exceeds maximum of 100',
    })
  })

  it('loses no credit: what was paid is what was debited and what is left, on both sides alike', () => {
    fc.assert(
      fc.property(fc.array(wei(10n ** 9n), { maxLength: 30 }), wei(10n ** 9n), (fees, ev) => {
        let [gateway, orchestrator, debited]: [typeof emptyAccount, typeof emptyAccount, Rational] = [
          emptyAccount,
          emptyAccount,
          rational(0n),
        ]
        for (const fee of fees) {
          const paid = payFor(gateway, { fee, ev, most: 10n ** 18n })
          orchestrator = creditTickets(orchestrator, paid.numTickets, ev)
          ok(covers(orchestrator, ev), 'an orchestrator wants a ticket ahead')
          ok(covers(orchestrator, fee), 'insufficient balance')
          gateway = debitFee(paid.account, fee)
          orchestrator = debitFee(orchestrator, fee)
          debited = addRational(debited, fee)
        }
        deepEqual(gateway, orchestrator)
        const worth = multiplyRational(rational(gateway.tickets), ev)
        deepEqual(subtractRational(worth, debited), gateway.credit)
        ok(gateway.credit.numerator >= 0n)
        if (fees.length > 0) ok(compareRational(gateway.credit, addRational(ev, ev)) < 0)
      }),
    )
  })

  it('sends no fewer tickets for a larger price', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 }),
        wei(10n ** 6n),
        wei(10n ** 6n),
        wei(10n ** 9n),
        (units, price, more, ev) => {
          const sent = (each: Rational) =>
            units.reduce((account, unit) => {
              const fee = multiplyRational(rational(unit), each)
              return debitFee(payFor(account, { fee, ev, most: 10n ** 30n }).account, fee)
            }, emptyAccount).tickets
          ok(sent(addRational(price, more)) >= sent(price))
        },
      ),
    )
  })
})
