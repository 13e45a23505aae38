import assert from 'node:assert/strict'
import fc from 'fast-check'

import { ceilRational, rational } from '../../../src/lib/pm/rational.ts'
import { adviseFaceValue, adviseTicketEv } from '../../../src/lib/simulation/advise.ts'

const gwei = 10n ** 9n

describe('adviseTicketEv', () => {
  it('makes two tickets of a live payment', () => {
    // 5 seconds at 3.50 USD an hour and 2,500 USD for an ETH.
    const payment = rational(35n * 5n * 10n ** 18n, 10n * 3600n * 2500n)
    const advice = adviseTicketEv({ paymentWei: payment })
    assert.deepEqual(advice, {
      leastWei: 648_148_148_149n,
      mostWei: 1_944_444_444_444n,
      suggestedWei: 980_000_000_000n,
      leastBy: 'threeTickets',
      mostBy: 'oneTicket',
      tickets: 2n,
    })
  })

  it('makes 1 to 3 tickets of every payment that the limits allow, and says which limit does not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (paymentWei) => {
        const { suggestedWei, tickets, mostBy } = adviseTicketEv({ paymentWei: rational(paymentWei) })
        if (suggestedWei === undefined || tickets === undefined) {
          assert.ok(mostBy === 'maxTicketEv' || mostBy === 'maxTotalEv')
          return
        }
        assert.equal(tickets, ceilRational(rational(paymentWei, suggestedWei)))
        assert.ok(tickets >= 1n && tickets <= 3n)
        assert.ok(suggestedWei <= 3_000_000_000_000n)
      }),
    )
  })

  it('has no advice where the gateways take no EV that is great enough', () => {
    const { suggestedWei, mostBy } = adviseTicketEv({ paymentWei: rational(10n ** 14n) })
    assert.deepEqual([suggestedWei, mostBy], [undefined, 'maxTicketEv'])
    assert.throws(() => adviseTicketEv({ paymentWei: rational(0n) }), { code: 'PAYMENT_INVALID' })
  })
})

describe('adviseFaceValue', () => {
  it('keeps the overhead at the part that is asked for', () => {
    const request = { ticketEvWei: 8n * gwei, gasPriceWei: gwei / 100n, poolSize: 100n }
    assert.deepEqual(adviseFaceValue(request), {
      faceValueWei: 1_200_000_000_000_000n,
      by: 'overhead',
      reserveWei: 120_000_000_000_000_000n,
      oneIn: rational(150_000n),
    })
    assert.equal(
      adviseFaceValue({ ...request, overhead: rational(1n, 10n) }).faceValueWei,
      120_000_000_000_000n,
    )
    const free = adviseFaceValue({ ...request, gasPriceWei: 0n })
    assert.deepEqual([free.faceValueWei, free.by], [8n * gwei, 'ticketEv'])
  })

  it('refuses what cannot be', () => {
    const request = { ticketEvWei: 1n, gasPriceWei: 1n, poolSize: 1n }
    assert.throws(() => adviseFaceValue({ ...request, overhead: rational(0n) }), { code: 'OVERHEAD_INVALID' })
    assert.throws(() => adviseFaceValue({ ...request, ticketEvWei: 0n }), { code: 'TICKET_EV_INVALID' })
    assert.throws(() => adviseFaceValue({ ...request, gasPriceWei: -1n }), { code: 'GAS_PRICE_INVALID' })
    assert.throws(() => adviseFaceValue({ ...request, poolSize: 0n }), { code: 'POOL_SIZE_INVALID' })
  })
})
