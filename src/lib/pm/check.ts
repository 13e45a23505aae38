/** One of the checks that a recipient or a sender makes, and how it came out. */
export interface PmCheck<Name extends string> {
  readonly name: Name
  /** notChecked: what it takes is not known, or an earlier check has decided. */
  readonly outcome: 'passed' | 'failed' | 'notChecked'
  /** One clause; of a failed check in go-livepeer's own words, where it has any. */
  readonly reason: string
}

export function check<Name extends string>(
  name: Name,
  holds: boolean,
  reasons: { readonly passed: string; readonly failed: string },
): PmCheck<Name> {
  return holds
    ? { name, outcome: 'passed', reason: reasons.passed }
    : { name, outcome: 'failed', reason: reasons.failed }
}
