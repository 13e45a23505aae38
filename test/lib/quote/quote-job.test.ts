import assert from 'node:assert/strict'

import fc from 'fast-check'

import { rational } from '../../../src/lib/pm/rational.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import type { QuoteContext } from '../../../src/lib/quote/context.ts'
import { quoteFields } from '../../../src/lib/quote/fields.ts'
import type { QuoteField, QuoteFields } from '../../../src/lib/quote/fields.ts'
import { jobNames } from '../../../src/lib/quote/jobs.ts'
import { quoteJob } from '../../../src/lib/quote/quote-job.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { makeState } from '../sender/make-state.ts'

type Words = Readonly<Partial<Record<QuoteField, string>>>

function read(words: Words): QuoteFields {
  return Object.fromEntries(
    Object.entries(words).map(([name, text]) => [name, quoteFields[name as QuoteField](text)]),
  )
}

const quote = (job: string, words: Words, context: Partial<QuoteContext> = {}) =>
  quoteJob(job, read(words), { redemptions: 'added', ...context })
const told = (words: Words, context: Partial<QuoteContext> = {}) =>
  quote('transcoding', { out: '720p30', duration: '1h', price: '1200wei/pixel', ...words }, context).price
    .toldWei

/** A job of each name, with all that it needs and a price. */
const jobs: Readonly<Record<string, Words>> = {
  transcoding: { out: '720p30', duration: '1m', price: '1200wei/pixel' },
  'text-to-image': { shape: '512x512', price: '1000wei/pixel' },
  'image-to-image': { shape: '512x512', price: '1000wei/pixel' },
  'image-to-video': { price: '1000wei/pixel' },
  upscale: { shape: '512x512', price: '1000wei/pixel' },
  'segment-anything-2': { shape: '512x512', price: '1000wei/pixel' },
  'image-to-text': { shape: '512x512', price: '1000wei/pixel' },
  'audio-to-text': { duration: '90s', price: '12882811wei/ms' },
  llm: { price: '1000wei/token' },
  'text-to-speech': { characters: '100', price: '1gwei/character' },
  'live-video-to-video': { duration: '1m', price: '1000wei/pixel' },
  live: { duration: '1m', price: '1gwei/second' },
  fixed: { price: '1650gwei/request' },
}

describe('quoteJob', () => {
  it('knows every job that it names', () => {
    assert.deepEqual(Object.keys(jobs), jobNames)
    for (const [name, words] of Object.entries(jobs)) {
      const { job, tickets, orchestratorTakes } = quote(name, words)
      assert.equal(job, name)
      assert.ok(tickets.count > 0n && orchestratorTakes.wei > 0n, name)
    }
  })

  it('quotes a stream of 720p30 at 1200 wei a pixel at 0.000119 ETH an hour', () => {
    const { orchestratorTakes, gatewayReckons, ticketsPay, price } = quote(
      'transcoding',
      { out: '720p30', duration: '1h', price: '1200wei/pixel' },
      { redemptions: 'included', rate: parseGivenRate('2500') },
    )
    assert.deepEqual(orchestratorTakes, {
      units: 99_532_800_000n,
      unit: 'pixel',
      wei: 119_439_360_000_000n,
      eth: '0.00011943936',
      money: '0.298598',
    })
    assert.equal(gatewayReckons.eth, '0.000121828147200001')
    assert.equal(ticketsPay.eth, '0.000119448')
    assert.deepEqual(price, { from: 'price', unit: 'pixel', ownWei: '1200', toldWei: '1200' })
  })

  it('quotes 100 streams for a day at 0.287 ETH', () => {
    const words = { out: '720p30', duration: '1d', concurrency: '100', price: '1200wei/pixel' }
    const { orchestratorTakes, tickets } = quote('transcoding', words, { redemptions: 'included' })
    assert.equal(orchestratorTakes.eth, '0.286654464')
    assert.deepEqual([tickets.winners, tickets.payments], ['238.879333333', 4_320_000n])
  })

  it('adds what redemptions cost, which is more for a small reserve and for dear gas', () => {
    assert.equal(told({}), '1212')
    assert.deepEqual(
      ['0.12', '0.03', '0.012', '0.0012'].map((reserve) => told({ reserve })),
      ['1212', '1248', '1320', '2400'],
    )
    assert.equal(told({ reserve: '0.12', 'gas-price': '0.1gwei' }), '1320')
    assert.equal(told({ 'face-value': '0.0001' }), '1344')
    assert.equal(told({ reserve: '0.0012' }, { redemptions: 'included' }), '1200')
  })

  it('takes the reserve and the gas price of a sender, unless another is supposed', () => {
    const sender = makeState({ reserveWei: parseWei('0.03') })
    assert.equal(told({}, { sender }), '1248')
    assert.equal(told({ reserve: '0.12' }, { sender }), '1212')
    assert.equal(told({ 'gas-price': '0.02gwei' }, { sender }), '1296')
    assert.deepEqual(quote('llm', jobs['llm'] ?? {}, { sender }).supposed, ['a ticket EV of 8 gwei'])
  })

  it('says what it supposes', () => {
    const supposed = (words: Words) => quote('llm', { ...jobs['llm'], ...words }).supposed
    assert.deepEqual(supposed({}), [
      'a gas price of 0.01 gwei',
      'a reserve that limits no face value',
      'a ticket EV of 8 gwei',
    ])
    assert.deepEqual(supposed({ 'gas-price': '1gwei', 'ticket-ev': '9gwei', reserve: '1' }), [
      '100 orchestrators who share the reserve',
    ])
    assert.deepEqual(supposed({ 'gas-price': '1gwei', 'ticket-ev': '9gwei', 'face-value': '1' }), [])
  })

  it('bills live video by 720p30 pixels, a minute of them ahead, at a price for either', () => {
    const hour = { duration: '1h', price: '3.50USD/hour' }
    const { gatewayReckons, orchestratorTakes } = quote('live-video-to-video', hour, {
      rate: parseGivenRate('2500'),
      redemptions: 'included',
    })
    assert.equal(orchestratorTakes.units, 27_648_000n * 3600n)
    assert.equal(gatewayReckons.units, 27_648_000n * 3660n)
    // Whole wei a pixel are told: 14065 of 14065.7.
    assert.equal(orchestratorTakes.money, '3.499822')
  })

  it('is the number of tickets that the payments of a live session take', () => {
    const live = (ticketEv: string) => {
      const words = { duration: '1h', price: '3.50USD/hour', 'ticket-ev': ticketEv }
      return quote('live', words, { rate: parseGivenRate('2500') })
    }
    const few = live('150gwei')
    assert.deepEqual([few.tickets.payments, few.tickets.mostAtOnce], [721n, 26n])
    assert.deepEqual(few.warnings, [])
    const many = live('8gwei')
    assert.deepEqual(
      many.warnings.map(({ message }) => message),
      [
        'a payment takes 487 tickets, and a remote signer refuses more than 100: a ticket EV of 972.22222222gwei makes it few',
      ],
    )
    assert.deepEqual(
      live('10000gwei').warnings.map(({ code }) => code),
      ['TICKET_TOO_LARGE', 'TICKET_EV_ABOVE_MAXIMUM'],
    )
    const advised = live('972.22222222gwei')
    assert.deepEqual(advised.warnings, [])
  })

  it('keeps whole wei of the prices of capabilities and runners, and adds nothing to a runner', () => {
    const toldOf = (job: string, words: Words) => quote(job, { ...jobs[job], ...words }).price.toldWei
    assert.equal(toldOf('llm', { price: '1.9wei/token' }), '1.01')
    assert.equal(toldOf('live', { price: '1.9wei/second' }), '1')
    assert.equal(toldOf('fixed', { price: '7.5wei/request' }), '7')
    assert.equal(toldOf('transcoding', { price: '1.9wei/pixel' }), '1.919')
  })

  it('turns a price for an image into one for a pixel of it', () => {
    const { price } = quote('text-to-image', { shape: '1000x1000', price: '5gwei/image' })
    assert.deepEqual([price.ownWei, price.unit], ['5000', 'pixel'])
  })

  it('warns of text-to-speech, which the two sides count differently', () => {
    const { gatewayReckons, orchestratorTakes, warnings } = quote('text-to-speech', {
      characters: '500',
      bytes: '600',
      price: '1gwei/character',
    })
    assert.deepEqual([gatewayReckons.units, gatewayReckons.unit], [600n, 'byte'])
    assert.deepEqual([orchestratorTakes.units, orchestratorTakes.unit], [500_000n, '1/1000 character'])
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['TEXT_TO_SPEECH_MISMATCH'],
    )
  })

  it('warns of tickets that no gateway sends', () => {
    const codes = (words: Words, context: Partial<QuoteContext> = {}) =>
      quote('llm', { ...jobs['llm'], ...words }, context).warnings.map(({ code }) => code)
    assert.deepEqual(codes({ 'face-value': '8gwei' }), ['FACE_VALUE_TOO_LOW'])
    assert.deepEqual(codes({}, { sender: makeState({ depositWei: 1n }) }), ['FACE_VALUE_ABOVE_DEPOSIT'])
    assert.deepEqual(codes({ price: '100gwei/token' }), ['TICKETS_TOO_MANY', 'TOTAL_EV_ABOVE_MAXIMUM'])
  })

  const refusals: readonly (readonly [string, Words, string, Partial<QuoteContext>?])[] = [
    ['lllm', {}, 'JOB_UNKNOWN'],
    ['__proto__', {}, 'JOB_UNKNOWN'],
    ['transcoding', { duration: '1h', price: '1wei/pixel' }, 'JOB_FIELD_MISSING'],
    ['llm', { images: '3', price: '1wei/token' }, 'JOB_FIELD_UNUSED'],
    ['fixed', { duration: '3s', price: '1wei/request' }, 'JOB_FIELD_UNUSED'],
    ['llm', {}, 'PRICE_MISSING'],
    ['llm', { price: '1wei/pixel' }, 'PRICE_UNIT_WRONG'],
    ['transcoding', { out: '720p30', duration: '1h', price: '3USD/hour' }, 'PRICE_UNIT_WRONG'],
    ['llm', { price: '1USD/token' }, 'RATE_MISSING'],
    ['llm', { price: '1EUR/token' }, 'RATE_MISSING', { rate: parseGivenRate('2500') }],
    ['llm', { price: '0.99wei/token' }, 'PRICE_FLOORED_TO_ZERO'],
    ['transcoding', { out: '720p30', duration: '1h', price: '1wei/1e6pixels' }, 'PRICE_FLOORED_TO_ZERO'],
    ['llm', { price: '10000000000ETH/token' }, 'PRICE_OVERFLOW'],
    ['llm', { price: '1000wei/token', reserve: '0' }, 'SENDER_REFUSED'],
    ['llm', { price: '1000wei/token', 'face-value': '1gwei' }, 'SENDER_REFUSED'],
    ['llm', { price: '1000wei/token' }, 'SENDER_REFUSED', { sender: makeState({ reserveWei: 1n }) }],
  ]
  for (const [job, words, code, context] of refusals) {
    it(`refuses ${job} ${JSON.stringify(words)}: ${code}`, () => {
      assert.throws(() => quote(job, words, context), { code })
    })
  }

  it('never quotes less for a larger price, nor for more sessions', () => {
    const names = fc.constantFrom(...Object.keys(jobs).filter((name) => name !== 'fixed'))
    // From where no price is rounded down to nothing.
    const amounts = fc.bigInt({ min: 1000n, max: 10n ** 12n })
    const evs = fc.bigInt({ min: 1n, max: 10n ** 13n })
    fc.assert(
      fc.property(
        names,
        amounts,
        amounts,
        evs,
        fc.bigInt({ min: 1n, max: 50n }),
        (name, price, more, ev, times) => {
          const words = jobs[name] ?? {}
          const unit = words.price?.split('/')[1] ?? ''
          const at = (wei: bigint, concurrency = 1n) =>
            quote(name, {
              ...words,
              price: `${String(wei)}wei/${unit}`,
              'ticket-ev': `${String(ev)}wei`,
              concurrency: String(concurrency),
            })
          const [low, high, many] = [at(price), at(price + more), at(price, times)]
          for (const part of ['gatewayReckons', 'orchestratorTakes', 'ticketsPay'] as const) {
            assert.ok(high[part].wei >= low[part].wei, part)
          }
          assert.ok(high.tickets.count >= low.tickets.count)
          assert.equal(many.tickets.count, low.tickets.count * times)
          assert.equal(many.orchestratorTakes.units, low.orchestratorTakes.units * times)
        },
      ),
    )
  })

  it('is paid what the orchestrator takes, and little more', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.integer({ min: 1, max: 100_000 }),
        (wei, seconds) => {
          const words = { out: '720p30', duration: `${String(seconds)}s`, price: `${String(wei)}wei/pixel` }
          const { orchestratorTakes, ticketsPay, gatewayReckons, tickets } = quote('transcoding', words)
          assert.ok(ticketsPay.wei + 1n >= orchestratorTakes.wei)
          assert.ok(ticketsPay.wei <= gatewayReckons.wei + 2n * tickets.evWei)
        },
      ),
    )
  })
})

describe('a quote by a price file', () => {
  const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
  const file = parsePriceFile(
    [
      'orchestrator:',
      '  transcoding: 1000wei/pixel',
      `  gateways: {"${gateway}": 300wei/pixel}`,
      '  capabilities:',
      '    - {pipeline: text-to-image, price: 2000wei/pixel}',
      '    - {pipeline: text-to-image, model: a/b, price: 0.41USD/1e12pixels}',
      `    - {pipeline: text-to-image, price: 1800wei/pixel, gateway: "${gateway}"}`,
      '    - {pipeline: llm, price: 0.5wei/token}',
      '    - {pipeline: audio-to-text, price: 5wei/pixel}',
      '  ticketEv: 16gwei',
      '  maxFaceValue: 0.0006eth',
    ].join('\n'),
    'prices.yaml',
  )
  const price = (job: string, words: Words, context: Partial<QuoteContext> = {}) => {
    const { from, ownWei } = quote(job, words, { file, ...context }).price
    return `${from} ${ownWei}`
  }
  const image = { shape: '512x512' }
  const rate = parseGivenRate('2500')

  it('finds the price of the job, of the model, and of the gateway', () => {
    const stream = { out: '720p30', duration: '1m' }
    const sender = makeState({ address: gateway })
    assert.equal(price('transcoding', stream), 'orchestrator.transcoding 1000')
    assert.equal(price('transcoding', stream, { sender }), `orchestrator.gateways.${gateway} 300`)
    assert.equal(price('text-to-image', image), 'orchestrator.capabilities[0].price 2000')
    assert.equal(
      price('text-to-image', { ...image, model: 'c/d' }),
      'orchestrator.capabilities[0].price 2000',
    )
    assert.equal(
      price('text-to-image', { ...image, model: 'a/b' }, { rate }),
      'orchestrator.capabilities[1].price 164',
    )
    assert.equal(price('text-to-image', image, { sender }), 'orchestrator.capabilities[2].price 1800')
    assert.equal(price('text-to-image', { ...image, price: '7wei/pixel' }), 'price 7')
  })

  it("asks transcoding's price where a capability has none or it comes to nothing, and warns", () => {
    for (const [job, words] of [
      ['upscale', image],
      ['llm', {}],
    ] as const) {
      const { price: asked, warnings } = quote(job, words, { file })
      assert.equal(asked.ownWei, '1000')
      assert.deepEqual(
        warnings.map(({ code }) => code).filter((code) => code.startsWith('TRANSCODING')),
        ['TRANSCODING_PRICE_ASKED'],
      )
    }
  })

  it("takes the file's tickets and whether it adds redemptions", () => {
    const { tickets, supposed } = quote('text-to-image', image, { file })
    assert.deepEqual([tickets.faceValueWei, tickets.boundBy], [parseWei('0.0006'), 'maxFaceValue'])
    assert.equal(tickets.evWei, 16_000_000_000n)
    assert.ok(!supposed.some((one) => one.includes('ticket EV')))
    const plain = parsePriceFile('orchestrator: {transcoding: 9wei/pixel, autoAdjustPrice: false}', 'p')
    assert.equal(quote('upscale', image, { file: plain }).price.toldWei, '9')
  })

  it('says what the file lacks', () => {
    const limits = parsePriceFile('gateway: {maxPrice: 1wei/pixel}', 'limits.yaml')
    const refuse = (job: string, words: Words, code: string, message: string, given = file) =>
      assert.throws(() => quote(job, words, { file: given }), { code, message })
    refuse('upscale', image, 'PRICE_FILE_HALF_MISSING', 'limits.yaml says nothing of orchestrator', limits)
    refuse('live', { duration: '1m' }, 'PRICE_NOT_IN_FILE', 'prices.yaml has no price of live')
    refuse(
      'text-to-image',
      { ...image, model: 'a/b' },
      'PRICE_NOT_CONVERTIBLE',
      'prices.yaml, orchestrator.capabilities[1].price: a rate between ETH and USD is needed',
    )
    refuse(
      'audio-to-text',
      { duration: '1m' },
      'PRICE_NOT_CONVERTIBLE',
      'prices.yaml, orchestrator.capabilities[4].price: a price for one pixel is not what go-livepeer counts',
    )
  })
})

describe('what a quote is asked with', () => {
  for (const [name, text, code] of [
    ['images', '1e18', 'COUNT_INVALID'],
    ['images', '0', 'COUNT_INVALID'],
    ['images', '-1', 'COUNT_INVALID'],
    ['images', '1,5', 'COUNT_INVALID'],
    ['concurrency', '0', 'COUNT_INVALID'],
    ['concurrency', '1000000000000', 'COUNT_INVALID'],
    ['duration', '0', 'DURATION_INVALID'],
    ['duration', '400d', 'DURATION_INVALID'],
    ['duration', 'NaN', 'DURATION_INVALID'],
    ['out', '720p', 'SHAPE_INVALID'],
    ['out', '720p30,', 'SHAPE_INVALID'],
    ['out', '720p0', 'SHAPE_INVALID'],
    ['out', Array(51).fill('720p30').join(','), 'RENDITIONS_TOO_MANY'],
    ['shape', '720p30', 'SHAPE_INVALID'],
    ['shape', '0x5', 'SHAPE_INVALID'],
    ['price', '1e12wei', 'PRICE_INVALID'],
    ['price', '-1USD/pixel', 'PRICE_INVALID'],
    ['price', '0wei/pixel', 'PRICE_INVALID'],
    ['price', 'NaN', 'PRICE_INVALID'],
    ['ticket-ev', '0', 'AMOUNT_INVALID'],
    ['face-value', '1,5', 'AMOUNT_INVALID'],
    ['reserve', '-1', 'AMOUNT_INVALID'],
    ['gas-price', '5', 'GAS_PRICE_INVALID'],
    ['model', 'a b', 'MODEL_INVALID'],
  ] as const) {
    it(`is not ${name} ${text.slice(0, 20)}`, () => {
      assert.throws(() => quoteFields[name](text), { name: 'UsageError', code })
    })
  }

  it('is read as it is meant', () => {
    assert.deepEqual(quoteFields.out('720p30, 320x240@29.97'), [
      { width: 1280n, height: 720n, fps: rational(30n) },
      { width: 320n, height: 240n, fps: rational(2997n, 100n) },
    ])
    assert.deepEqual([quoteFields.duration('1h'), quoteFields.images('4')], [3600n, 4n])
  })
})
