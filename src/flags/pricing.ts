import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import { parsePriceKind } from '../lib/pricing/price.ts'
import type { Price } from '../lib/pricing/price.ts'
import { parseShape } from '../lib/pricing/shape.ts'
import type { Shape } from '../lib/pricing/shape.ts'

/** The picture or stream that turns pixels, images and seconds into each other. */
export const shapeFlag = Flags.custom<Shape>({
  description: 'which stream or image: 720p30, 1280x720@29.97, 1024x1024',
  helpValue: 'SHAPE',
  parse: (text) => Promise.resolve(parseShape(text)),
})()

/** What a price is said in: `wei/pixel`. */
export const priceKindFlag = Flags.custom<Omit<Price, 'amount'>>({
  helpValue: 'CURRENCY/UNIT',
  parse: (text) => Promise.resolve(parsePriceKind(text)),
})

/** The other flag of a price of go-livepeer's, an int64 on the wire. */
export const pixelsPerUnitFlag = Flags.custom<bigint>({
  description: 'read the price as that of -pricePerUnit beside this -pixelsPerUnit',
  helpValue: 'N',
  parse(text) {
    const pixels = /^\d{1,19}$/.test(text) ? BigInt(text) : 0n
    if (pixels > 0n && pixels < 2n ** 63n) return Promise.resolve(pixels)
    throw new UsageError('NUMBER_INVALID', 'this is not a number of pixels from 1 to 2^63 - 1', {
      nextSteps: ['write it in digits: --pixels-per-unit 1000000000000'],
    })
  },
})()
