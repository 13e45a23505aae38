import assert from 'node:assert/strict'
import fc from 'fast-check'

import { offerOfAnswer, offerOfFile } from '../../../src/lib/orchestrator/job-prices.ts'
import type { MatchOffer } from '../../../src/lib/orchestrator/job-prices.ts'
import { matchPrices } from '../../../src/lib/orchestrator/match-prices.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { parsePriceFile } from '../../../src/lib/pricefile/parse-price-file.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import { makeState } from '../sender/make-state.ts'

const read = (text: string) => parsePriceFile(text, 'prices.yaml').prices
const gateway = (text: string) => read(`gateway: {${text}}`)
const ev = rational(8_000_000_000n)
const offer = (jobs: MatchOffer['jobs'], changes: Partial<MatchOffer> = {}): MatchOffer => ({
  jobs,
  ticketEv: ev,
  faceValueWei: 10n ** 15n,
  refusal: undefined,
  ...changes,
})
const transcoding = (price: bigint) => [{ pipeline: 'transcoding', model: undefined, price: rational(price) }]
const image = (price: bigint, model = 'a') => [{ pipeline: 'text-to-image', model, price: rational(price) }]
const reasons = (...asked: Parameters<typeof matchPrices>) =>
  matchPrices(...asked).map((job) => job.reasons.map(({ reason }) => reason).join())

describe('matchPrices', () => {
  it('accepts a price that is the maximum, and says by how much another is above it', () => {
    const limits = gateway('maxPrice: 1200wei/pixel')
    assert.equal(matchPrices(limits, offer(transcoding(1200n)))[0]?.accepted, true)
    assert.deepEqual(matchPrices(limits, offer(transcoding(1212n))), [
      {
        pipeline: 'transcoding',
        model: null,
        accepted: false,
        askedWei: '1212',
        maximumWei: '1200',
        reasons: [{ reason: 'priceAboveMaximum', explanation: 'the price is 12 wei above the maximum' }],
      },
    ])
  })

  it('takes the maximum of the model, then of its pipeline, then the global one, then any price', () => {
    const own = '{pipeline: text-to-image, model: a, price: 10wei/pixel}'
    const any = '{pipeline: text-to-image, price: 5wei/pixel}'
    const limits = gateway(`maxPrice: 2wei/pixel, capabilities: [${own}, ${any}]`)
    const maximum = (job: MatchOffer['jobs']) => matchPrices(limits, offer(job))[0]?.maximumWei
    assert.deepEqual(
      [maximum(image(1n)), maximum(image(1n, 'b')), maximum(transcoding(1n))],
      ['10', '5', '2'],
    )
    assert.deepEqual(reasons(gateway('maxTicketEv: 8gwei'), offer(transcoding(10n ** 30n))), [''])
  })

  it("holds the tickets against the gateway's limits and deposit", () => {
    const job = transcoding(1n)
    assert.deepEqual(reasons(gateway('maxTicketEv: 7gwei'), offer(job)), ['ticketEvAboveMaximum'])
    assert.deepEqual(reasons(gateway('maxTotalEv: 20gwei'), offer(job), { numTickets: 3n }), [
      'totalEvAboveMaximum',
    ])
    const limits = gateway('depositMultiplier: 2')
    assert.deepEqual(reasons(limits, offer(job), { depositWei: 2n * 10n ** 15n }), [''])
    assert.deepEqual(reasons(limits, offer(job), { depositWei: 2n * 10n ** 15n - 1n }), [
      'faceValueAboveDeposit',
    ])
    assert.deepEqual(reasons(limits, offer(job, { ticketEv: undefined })), ['noTicketParams'])
  })

  it('needs a rate for a price in another currency', () => {
    const limits = gateway('maxPrice: 0.41USD/1e12pixels')
    assert.deepEqual(reasons(limits, offer(transcoding(164n))), ['notConvertible'])
    assert.deepEqual(reasons(limits, offer(transcoding(164n)), { rate: parseGivenRate('2500') }), [''])
  })

  it('never accepts a price where it has refused a lower one', () => {
    const price = fc.bigInt({ min: 0n, max: 10n ** 6n })
    fc.assert(
      fc.property(price, price, fc.bigInt({ min: 1n, max: 10n ** 6n }), (one, other, most) => {
        const limits = gateway(`maxPrice: ${String(most)}wei/pixel`)
        const [low, high] = one < other ? [one, other] : [other, one]
        const accepted = (wei: bigint) => matchPrices(limits, offer(transcoding(wei)))[0]?.accepted
        assert.ok(accepted(low) === true || accepted(high) === false)
      }),
    )
  })
})

describe('offerOfFile', () => {
  const text = `orchestrator:
  transcoding: 1200wei/pixel
  gateways: {'0x70997970C51812dc3A010C7d01b50e0d17dc79C8': 300wei/pixel}
  capabilities:
    - {pipeline: text-to-image, price: 0.5wei/pixel}
    - {pipeline: text-to-image, model: b, price: 7.9wei/pixel}
`
  const asked = (prices: string, ...context: [Parameters<typeof offerOfFile>[1]?]) =>
    offerOfFile(read(prices), ...context).jobs.map(({ price }) => price)

  it('pays for redemptions, in whole wei for capabilities, and asks the transcoding price for nothing', () => {
    assert.deepEqual(asked(text), [rational(1212n), rational(1212n), rational(707n, 100n)])
  })

  it('has a price for one gateway, and leaves prices alone where it is told to', () => {
    const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    assert.deepEqual(asked(text, { gateway: address })[0], rational(303n))
    assert.deepEqual(asked(`${text}  autoAdjustPrice: false\n`)[0], rational(1200n))
  })

  it('is dearer to a sender whose reserve is small, and refuses one whose is too small', () => {
    const sender = makeState({ reserveWei: 12n * 10n ** 14n })
    assert.deepEqual(asked(text, { sender })[0], rational(2400n))
    assert.equal(
      offerOfFile(read(text), { sender: makeState({ reserveWei: 1n }) }).refusal,
      'insufficient sender reserve',
    )
  })
})

describe('offerOfAnswer', () => {
  it('names the pipelines, those too that it does not know', () => {
    const { jobs, ticketEv } = offerOfAnswer({
      serviceUri: '',
      address: undefined,
      price: rational(1n),
      capabilities: [
        { capability: 27, model: '', price: rational(2n) },
        { capability: 99, model: 'm', price: rational(3n) },
      ],
      ticketParams: undefined,
    })
    assert.deepEqual(
      jobs.map(({ pipeline, model }) => [pipeline, model]),
      [
        ['transcoding', undefined],
        ['text-to-image', 'default'],
        ['capability 99', 'm'],
      ],
    )
    assert.equal(ticketEv, undefined)
  })
})
