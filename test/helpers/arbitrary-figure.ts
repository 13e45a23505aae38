import fc from 'fast-check'

import { amountAxis, countAxis, hoursAxis, percentAxis, realAxis } from '../../src/output/figures/axes.ts'
import type { Axis, Figure, Quantity } from '../../src/output/figures/figure.ts'

/** wei: nothing, one, all there is, far more, and amounts that hardly differ. */
const amount = fc.oneof(
  fc.constantFrom(0n, 1n, 10n ** 30n, 10n ** 30n + 1n, 2n ** 256n),
  fc.bigInt({ min: 0n, max: 10n ** 21n }),
)
/** Also what should never come: infinite, or no number. */
const real = fc.oneof(
  fc.constantFrom(0, 1, 1e-300, 1e300, -1e300, NaN, Infinity),
  fc.double({ min: 0, max: 1 }),
)
const words = fc.oneof(
  fc.constantFrom('', '<script>alert(1)</script>', '"\'&`\u001b[31m\u202e', 'ü😀漢'),
  fc.string(),
)

const axis: fc.Arbitrary<Axis> = fc.oneof(
  fc.array(amount).map((amounts) => amountAxis('amount', amounts)),
  fc.bigInt({ min: 0n, max: 8_766_000n }).map((horizon) => hoursAxis('time', horizon)),
  fc.constantFrom<Axis>(
    percentAxis('share'),
    countAxis('winners'),
    { ...countAxis('winners'), scale: 'log' },
    { ...realAxis('gas', 'gwei'), scale: 'log' },
  ),
)
const quantity: fc.Arbitrary<Quantity> = fc.oneof(amount, real)
const named = { title: words, caption: words, x: axis, y: axis }
const mark = fc.record({ at: quantity, name: words, text: words })
const marks = fc.array(mark, { maxLength: 4 })

function series<Value>(values: fc.Arbitrary<Value>, length: number): fc.Arbitrary<Value[]> {
  return fc.array(values, { minLength: length, maxLength: length })
}

/** Any figure that the types allow. */
export const arbitraryFigure: fc.Arbitrary<Figure> = fc.nat({ max: 12 }).chain((length) =>
  fc.oneof(
    fc.record({
      kind: fc.constant('fan' as const),
      ...named,
      at: series(quantity, length),
      bands: fc.array(
        fc.record({
          probability: real,
          name: words,
          low: series(quantity, length),
          high: series(quantity, length),
        }),
        { maxLength: 3 },
      ),
      median: fc.record({ name: words, values: series(quantity, length) }),
      chance: fc.record({ name: words, values: series(real, length) }),
      marks,
    }),
    fc.record({
      kind: fc.constant('distribution' as const),
      ...named,
      bars: series(fc.record({ from: quantity, to: quantity, height: real }), length),
      marks,
    }),
    fc.record({
      kind: fc.constant('lines' as const),
      ...named,
      at: series(quantity, length),
      series: fc.array(
        fc.record({ name: words, values: series(fc.oneof(quantity, fc.constant(undefined)), length) }),
        { maxLength: 5 },
      ),
      marks,
    }),
    fc.record({
      kind: fc.constant('heat' as const),
      title: words,
      caption: words,
      measure: words,
      scale: fc.constantFrom('linear' as const, 'log' as const),
      columns: fc.record({ label: words, names: series(words, length) }),
      rows: fc.record({ label: words, names: series(words, 3) }),
      cells: series(
        series(fc.oneof(fc.record({ value: real, text: words }), fc.record({ missing: words })), length),
        3,
      ),
    }),
    fc.record({
      kind: fc.constant('ranges' as const),
      title: words,
      caption: words,
      x: axis,
      rows: series(
        fc.record({
          name: words,
          low: quantity,
          high: quantity,
          expected: quantity,
          seen: quantity,
          isRemarkable: fc.boolean(),
          verdict: words,
        }),
        length,
      ),
    }),
  ),
)
