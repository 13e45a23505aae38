import assert from 'node:assert/strict'

import { untilNextTry } from '../../../src/lib/units/backoff.ts'

describe('when the daemon tries again', () => {
  it('is later after each failure in a row, and never later than five minutes', () => {
    assert.deepEqual(
      [1, 2, 3, 9, 10, 11, 1000].map((failures) => untilNextTry(failures, 1)),
      [1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000],
    )
    assert.equal(untilNextTry(1, 0), 500)
  })
})
