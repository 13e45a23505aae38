import assert from 'node:assert/strict'

import { parseWorkloadFile } from '../../../src/lib/forecast/workload-file.ts'
import { multiplyRational, rational } from '../../../src/lib/pm/rational.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'

const options = { intervalSeconds: 2, rate: parseGivenRate('2500') }
const parse = (text: string) => parseWorkloadFile(text, 'workload.yaml', options)

describe('a workload file', () => {
  it('has classes of streams, each with what it says', () => {
    const [hd, live, rest] = parse(`classes:
  - name: hd
    streams: 100
    shape: 720p30
    price: 1200wei/pixel
  - streams: 2.5
    price: 3.50USD/hour
    interval: 5s
    ticketEv: 650gwei
    faceValue: 0.0012eth
  - spend: 0.24eth/day
`)
    const hour = rational(1280n * 720n * 30n * 1200n * 3600n)
    assert.deepEqual(hd, {
      name: 'hd',
      streams: rational(100n),
      weiPerHour: hour,
      paymentWei: multiplyRational(hour, rational(1n, 1800n)),
    })
    assert.deepEqual(live, {
      streams: rational(5n, 2n),
      weiPerHour: rational(1_400_000_000_000_000n),
      paymentWei: rational(1_400_000_000_000_000n, 720n),
      ticketEvWei: 650_000_000_000n,
      faceValueWei: 1_200_000_000_000_000n,
    })
    assert.deepEqual(rest, { streams: rational(1n), weiPerHour: rational(10n ** 16n) })
  })

  const refused: readonly (readonly [what: string, text: string, message: string])[] = [
    [
      'NaN',
      'classes:\n  - streams: NaN\n    price: 1wei/second\n',
      'classes[0].streams: "NaN" is not a number of streams at line 2, column 14',
    ],
    [
      'a number below zero',
      'classes:\n  - streams: 1\n    price: -1wei/second\n',
      'classes[0].price: "-1wei/second" is not a price: it must be more than zero at line 3, column 12',
    ],
    ['nothing', '', 'it has no classes of streams at line 1, column 1'],
    ['an empty list', 'classes: []\n', 'it has no classes of streams at line 1, column 1'],
    ['a list', '- 1\n', 'it must be a map at line 1, column 1'],
    ['an unknown name', 'classes:\n  - steams: 1\n', 'classes[0] has no "steams" at line 2, column 5'],
    ['no price', 'classes:\n  - streams: 1\n', 'classes[0] has no price at line 2, column 5'],
    ['no streams', 'classes:\n  - price: 1wei/second\n', 'classes[0] has no streams at line 2, column 5'],
    [
      'a price by the pixel without a shape',
      'classes:\n  - streams: 1\n    price: 1wei/pixel\n',
      'classes[0].price: how many pixels a second of a stream has is not known at line 3, column 12',
    ],
    [
      'a price for what is no stream',
      'classes:\n  - streams: 1\n    price: 1wei/token\n',
      'classes[0].price: a price for a token cannot become one for a second at line 3, column 12',
    ],
    [
      'a currency without a rate',
      'classes:\n  - spend: 1EUR\n',
      'classes[0].spend: a rate between ETH and EUR is needed at line 2, column 12',
    ],
    [
      'both spend and streams',
      'classes:\n  - spend: 1eth\n    streams: 2\n',
      'classes[0].streams does not go with what is spent: leave out one of the two at line 3, column 14',
    ],
    [
      'a face value below the EV',
      'classes:\n  - spend: 1eth\n    ticketEv: 2gwei\n    faceValue: 1gwei\n',
      'classes[0] has a face value below its ticket EV at line 2, column 5',
    ],
    [
      'an amount without a unit',
      'classes:\n  - spend: 1eth\n    faceValue: 1\n',
      'classes[0].faceValue: "1" has no unit at line 3, column 16',
    ],
    [
      'too many classes',
      `classes:\n${'  - spend: 1eth\n'.repeat(101)}`,
      'it has more than 100 classes of streams at line 1, column 1',
    ],
    ['an alias', 'classes: &a\n  - *a\n', 'aliases are not taken at line 2, column 3'],
  ]
  for (const [what, text, message] of refused) {
    it(`refuses ${what}, and says where`, () => {
      assert.throws(() => parse(text), {
        name: 'ConfigurationError',
        code: 'WORKLOAD_FILE_INVALID',
        message: `workload.yaml is not a valid workload: ${message}`,
      })
    })
  }
})
