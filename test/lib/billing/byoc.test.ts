import { deepEqual, equal, throws } from 'node:assert/strict'

import { debitFee, emptyAccount } from '../../../src/lib/billing/account.ts'
import { byocAccepts, byocDebited, byocPrice, fillByoc } from '../../../src/lib/billing/byoc.ts'
import { rational } from '../../../src/lib/pm/rational.ts'

describe('BYOC', () => {
  it('has a price for a second, whose scaling of 0 is 1', () => {
    deepEqual([byocPrice(7n, 0n), byocPrice(7n, 2n)], [rational(7n), rational(7n, 2n)])
    throws(() => byocPrice(-1n, 1n), { code: 'PRICE_INVALID' })
    throws(() => byocPrice(1n, -1n), { code: 'PRICE_INVALID' })
  })

  it('fills a balance up to two minutes, and begins with one', () => {
    const terms = { weiPerSecond: rational(3n), ev: rational(50n) }
    equal(byocAccepts(emptyAccount, terms.weiPerSecond), false)
    const filled = fillByoc(emptyAccount, terms)
    equal(filled.numTickets, 8n)
    equal(fillByoc(filled.account, terms).numTickets, 0n)
    const minute = debitFee(filled.account, rational(400n - 180n))
    equal(byocAccepts(minute, terms.weiPerSecond), true)
    equal(byocAccepts(debitFee(minute, rational(1n)), terms.weiPerSecond), false)
    equal(fillByoc(minute, terms).numTickets, 4n)
  })

  it('needs no ticket for its own sake while the balance lasts', () => {
    const account = { credit: rational(360n), tickets: 1n }
    deepEqual(fillByoc(account, { weiPerSecond: rational(3n), ev: rational(1000n) }), {
      account,
      numTickets: 0n,
    })
  })

  it('sends at most 600 tickets', () => {
    const fill = (weiPerSecond: bigint) =>
      fillByoc(emptyAccount, { weiPerSecond: rational(weiPerSecond), ev: rational(1n) })
    equal(fill(5n).numTickets, 600n)
    throws(() => fill(6n), { code: 'TICKETS_TOO_MANY' })
  })

  it('debits five seconds at once, and what is left at the end, rounded up', () => {
    const debits = [0n, 4999n, 5000n, 14_999n].map((ms) => byocDebited(rational(ms, 1000n), 'running'))
    deepEqual(debits, [0n, 0n, 5n, 10n])
    equal(byocDebited(rational(14_001n, 1000n), 'ended'), 15n)
    throws(() => byocDebited(rational(-1n), 'ended'), { code: 'DURATION_INVALID' })
  })
})
