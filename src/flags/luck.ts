import * as Flags from '@oclif/core/flags'

import { ratioToNumber } from '../lib/probability/ratio-to-number.ts'
import { parseFraction } from '../lib/units/fraction.ts'

/** A probability that is worth an alarm: `1%`. */
export const levelFlag = Flags.custom<number>({
  helpValue: '1%',
  parse(text) {
    const { numerator, denominator } = parseFraction(text)
    return Promise.resolve(ratioToNumber(numerator, denominator))
  },
})
