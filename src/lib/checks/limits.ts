import { parseDuration } from '../units/duration.ts'
import { parseWei } from '../units/wei.ts'
import type { Measure } from './report.ts'

/** How a check's limit is written on the command line and in a file. */
export interface LimitKind<Limit> {
  /** `always`: there is nothing to write. `switch`: a flag without a value. `value`: a flag with one. */
  readonly form: 'always' | 'switch' | 'value'
  /** An example, or what to put there, for help texts. */
  readonly placeholder?: string
  /** @throws {UsageError} when the text cannot be understood */
  parse(text: string): Limit
  measure(limit: Limit): Measure | null
}

/** For a check that has no limit and is always made. */
export const always: LimitKind<null> = { form: 'always', parse: () => null, measure: () => null }

/** For a check that has no limit and is made when asked for. */
export const onRequest: LimitKind<null> = { form: 'switch', parse: () => null, measure: () => null }

/** An amount of zero or more, in wei. */
export const threshold: LimitKind<bigint> = {
  form: 'value',
  placeholder: 'AMOUNT',
  parse: (text) => parseWei(text, { allowZero: true }),
  measure: (wei) => ({ wei }),
}

/** An amount of more than zero, in wei. */
export const amount: LimitKind<bigint> = { ...threshold, parse: (text) => parseWei(text) }

/** Seconds. */
export const duration: LimitKind<number> = {
  form: 'value',
  placeholder: '5m',
  parse: parseDuration,
  measure: (seconds) => ({ seconds }),
}
