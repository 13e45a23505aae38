import assert from 'node:assert/strict'
import fc from 'fast-check'

import { creditAfter, numTickets } from '../../../src/lib/pm/credit.ts'
import {
  addRational,
  compareRational,
  multiplyRational,
  rational,
  subtractRational,
} from '../../../src/lib/pm/rational.ts'
import { vectors } from '../../helpers/vectors.ts'
import { parseRational } from './parse-rational.ts'

const amounts = fc.bigInt({ min: 1n, max: 10n ** 18n })
const positive = fc
  .tuple(amounts, amounts)
  .map(([numerator, denominator]) => rational(numerator, denominator))
const credits = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), amounts)
  .map(([numerator, denominator]) => rational(numerator, denominator))

describe('numTickets', () => {
  for (const { credit, minCredit, ev, tickets } of vectors.numTickets) {
    it(`is ${tickets} for ${minCredit} with a credit of ${credit} and an EV of ${ev}`, () => {
      const inputs = { credit: parseRational(credit), fee: parseRational(minCredit), ev: parseRational(ev) }
      assert.equal(numTickets(inputs), BigInt(tickets))
    })
  }

  it('asks for a credit of one ticket, however small the fee', () => {
    assert.equal(numTickets({ credit: rational(0n), fee: rational(1n), ev: rational(5n) }), 1n)
    assert.equal(numTickets({ credit: rational(4n), fee: rational(0n), ev: rational(5n) }), 1n)
    assert.equal(numTickets({ credit: rational(5n), fee: rational(0n), ev: rational(5n) }), 0n)
  })

  it('refuses an EV of zero, unless the credit covers the fee', () => {
    assert.equal(numTickets({ credit: rational(5n), fee: rational(5n), ev: rational(0n) }), 0n)
    assert.throws(() => numTickets({ credit: rational(4n), fee: rational(5n), ev: rational(0n) }), {
      name: 'PreconditionError',
      code: 'TICKET_EV_ZERO',
      message: 'no number of tickets of expected value 0 pays a fee',
    })
  })

  it('is enough for the fee and for one ticket, and one ticket less is not', () => {
    fc.assert(
      fc.property(credits, positive, positive, (credit, fee, ev) => {
        const tickets = numTickets({ credit, fee, ev })
        const paid = (count: bigint) => addRational(credit, multiplyRational(rational(count), ev))
        const enough = (count: bigint) =>
          compareRational(paid(count), fee) >= 0 && compareRational(paid(count), ev) >= 0
        assert.ok(enough(tickets))
        if (tickets > 0n) assert.ok(!enough(tickets - 1n))
      }),
    )
  })
})

describe('creditAfter', () => {
  it('is never below zero after enough tickets, and nothing is lost', () => {
    fc.assert(
      fc.property(credits, positive, positive, (credit, fee, ev) => {
        const tickets = numTickets({ credit, fee, ev })
        const after = creditAfter({ credit, fee, ev }, tickets)
        assert.ok(after.numerator >= 0n)
        const paid = multiplyRational(rational(tickets), ev)
        assert.deepEqual(subtractRational(addRational(credit, paid), addRational(fee, after)), rational(0n))
      }),
    )
  })
})
