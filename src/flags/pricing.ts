import * as Flags from '@oclif/core/flags'

import { parseShape } from '../lib/pricing/shape.ts'
import type { Shape } from '../lib/pricing/shape.ts'
import { givenRateFlag } from './rate.ts'

/** The picture or stream that turns pixels, images and seconds into each other. */
export const shapeFlag = Flags.custom<Shape>({
  description: 'which stream or image: 720p30, 1280x720@29.97, 1024x1024',
  helpValue: 'SHAPE',
  parse: (text) => Promise.resolve(parseShape(text)),
})()

/** What turns prices into each other. */
export const pricingFlags = { rate: givenRateFlag, as: shapeFlag }
