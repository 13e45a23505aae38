import assert from 'node:assert/strict'

import { isExpired } from '../../../src/lib/pm/expiry.ts'

describe('isExpired', () => {
  it('is so from the round creationRound + validity on', () => {
    assert.equal(isExpired(1000n, 2n, 1000n), false)
    assert.equal(isExpired(1000n, 2n, 1001n), false)
    assert.equal(isExpired(1000n, 2n, 1002n), true)
    assert.equal(isExpired(1000n, 2n, 1003n), true)
  })

  it('follows the validity that the contract has', () => {
    assert.equal(isExpired(1000n, 1n, 1000n), false)
    assert.equal(isExpired(1000n, 1n, 1001n), true)
    assert.equal(isExpired(1000n, 5n, 1004n), false)
  })
})
