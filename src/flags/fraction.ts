import * as Flags from '@oclif/core/flags'

import { parseFraction } from '../lib/units/fraction.ts'
import type { Fraction } from '../lib/units/fraction.ts'

/** A part of a whole, exact: `50%`, `0.5` or `1/2`. */
export const fractionFlag = Flags.custom<Fraction>({
  helpValue: 'PART',
  parse: (text) => Promise.resolve(parseFraction(text)),
})
