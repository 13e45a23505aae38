import assert from 'node:assert/strict'

import { PreconditionError } from '../../../../src/lib/errors.ts'

/** Holds everything that a refusal tells against what it should tell. */
export function refuses(
  plan: () => unknown,
  expected: { code: string; message: string; details?: object; next: string },
): void {
  assert.throws(plan, (error) => {
    assert.ok(error instanceof PreconditionError, String(error))
    const { code, message, details, nextSteps } = error
    assert.deepEqual({ code, message, details, next: nextSteps[0] }, { details: {}, ...expected })
    return true
  })
}
