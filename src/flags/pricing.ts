import * as Flags from '@oclif/core/flags'

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
