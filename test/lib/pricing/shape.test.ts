import assert from 'node:assert/strict'

import { parseShape, pixelsOf, pixelsPerSecond } from '../../../src/lib/pricing/shape.ts'

describe('parseShape', () => {
  it('reads a stream by its name and by its size', () => {
    const named = parseShape('720p30')
    assert.deepEqual(named, parseShape(' 1280X720@30 '))
    assert.deepEqual(pixelsPerSecond(named), { numerator: 27_648_000n, denominator: 1n })
  })

  it('keeps fractions of frames', () => {
    assert.deepEqual(parseShape('1280x720@29.97').fps, { numerator: 2997n, denominator: 100n })
  })

  it('reads a picture, which has no frames', () => {
    const picture = parseShape('1024x1024')
    assert.equal(pixelsOf(picture), 1_048_576n)
    assert.equal(pixelsPerSecond(picture), undefined)
  })

  for (const text of ['', '721p30', '720p0', '0x720', '720', '720i30', '-1x2', '1e3x2', '1280x720@NaN']) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseShape(text), { code: 'SHAPE_INVALID' })
    })
  }
})
