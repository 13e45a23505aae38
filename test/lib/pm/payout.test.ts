import assert from 'node:assert/strict'
import fc from 'fast-check'

import { payout } from '../../../src/lib/pm/payout.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 21n })

describe('payout', () => {
  it('is paid from the deposit, and from the reserve for the rest', () => {
    assert.deepEqual(payout(5n, { depositWei: 10n, claimableReserveWei: 10n }), {
      payoutWei: 5n,
      fromDepositWei: 5n,
      fromReserveWei: 0n,
    })
    assert.deepEqual(payout(15n, { depositWei: 10n, claimableReserveWei: 10n }), {
      payoutWei: 15n,
      fromDepositWei: 10n,
      fromReserveWei: 5n,
    })
    assert.deepEqual(payout(25n, { depositWei: 10n, claimableReserveWei: 10n }), {
      payoutWei: 20n,
      fromDepositWei: 10n,
      fromReserveWei: 10n,
    })
  })

  it('is the 0.12 ETH that was seen on the deployed contract', () => {
    const eth = 10n ** 18n
    const seen = payout(eth / 2n, { depositWei: eth / 50n, claimableReserveWei: eth / 10n })
    assert.equal(seen.payoutWei, (eth * 12n) / 100n)
  })

  it('takes a part of the reserve below zero for none', () => {
    assert.equal(payout(5n, { depositWei: 2n, claimableReserveWei: -3n }).payoutWei, 2n)
  })

  it('is never more than the face value or the funds, and all of the smaller', () => {
    fc.assert(
      fc.property(wei, wei, wei, (faceValue, depositWei, claimableReserveWei) => {
        const paid = payout(faceValue, { depositWei, claimableReserveWei })
        const funds = depositWei + claimableReserveWei
        assert.equal(paid.payoutWei, faceValue < funds ? faceValue : funds)
        assert.equal(paid.payoutWei, paid.fromDepositWei + paid.fromReserveWei)
        assert.ok(paid.fromDepositWei <= depositWei && paid.fromReserveWei <= claimableReserveWei)
        if (paid.fromReserveWei > 0n) assert.equal(paid.fromDepositWei, depositWei)
      }),
    )
  })
})
