import assert from 'node:assert/strict'
import { inspect } from 'node:util'

/** What a promise or a function fails with. */
export async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  return assert.fail('it did not fail')
}

/** Asserts that no secret is anywhere in an error: message, stack, details, next steps, causes. */
export function assertHidden(error: unknown, secrets: readonly string[]): void {
  const shown = inspect(error, { depth: Infinity, showHidden: true, maxStringLength: null }).toLowerCase()
  for (const secret of secrets) {
    const bare = secret.replace(/^0x/, '').toLowerCase()
    assert.ok(!shown.includes(bare), 'the error shows a secret')
    assert.ok(!shown.includes(Buffer.from(secret).toString('hex')), 'the error shows a secret as hex')
    assert.ok(
      !shown.includes(Buffer.from(secret).toString('base64').toLowerCase()),
      'the error shows a secret',
    )
  }
}
