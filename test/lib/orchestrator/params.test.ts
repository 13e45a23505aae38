import assert from 'node:assert/strict'
import fc from 'fast-check'

import { overGasPrices, refusalGasPrice } from '../../../src/lib/orchestrator/gas-prices.ts'
import { judgeOffer } from '../../../src/lib/orchestrator/judge-offer.ts'
import { missingFunds } from '../../../src/lib/orchestrator/missing-funds.ts'
import { offerTo } from '../../../src/lib/orchestrator/offer.ts'
import { describeParams } from '../../../src/lib/orchestrator/sender-params.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { maxWinProb } from '../../../src/lib/pm/win-prob.ts'
import { judgeAcceptance } from '../../../src/lib/sender/acceptance.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { makeState } from '../sender/make-state.ts'

const eth = (text: string) => parseWei(text)
const gwei = (text: string) => parseWei(text, { defaultUnit: 'gwei' })
const terms = { ticketEvWei: 8_000_000_000n }

/** The next steps of what fails, by the check. */
function steps(
  ...[state, asked = terms, limits = {}]: Parameters<typeof judgeOffer> | [ReturnType<typeof makeState>]
) {
  const { checks } = describeParams(state, { terms: asked, limits })
  return Object.fromEntries(
    checks.filter(({ outcome }) => outcome === 'failed').map(({ name, nextStep }) => [name, nextStep]),
  )
}

const anyState = fc
  .record({
    depositWei: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    reserveWei: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    reserveClaimedInCurrentRoundWei: fc.bigInt({ min: 0n, max: 10n ** 16n }),
    poolSize: fc.bigInt({ min: 1n, max: 100n }),
    gasPriceWei: fc.bigInt({ min: 1n, max: 10n ** 11n }),
  })
  .map(makeState)
const anyTerms = fc.record({
  ticketEvWei: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  maxFaceValueWei: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 17n })),
})

describe('offerTo', () => {
  it('is 100 redemptions where nothing binds it, with a price that pays for them', () => {
    const offer = offerTo(makeState(), { ...terms, price: rational(1200n) })
    assert.deepEqual(
      [offer.faceValueWei, offer.boundBy, offer.overheadBasisPoints, offer.advertisedPrice],
      [eth('0.0012'), 'gas', 100n, rational(1212n)],
    )
    assert.equal(maxWinProb / (offer.winProb ?? 1n), 149_999n)
  })

  for (const [reserve, overhead, price] of [
    ['0.12', 100n, 1212n],
    ['0.03', 400n, 1248n],
    ['0.012', 1000n, 1320n],
    ['0.0012', 10_000n, 2400n],
  ] as const) {
    it(`tells a price of ${price} at a reserve of ${reserve} ETH, which squeezes the face value`, () => {
      const offer = offerTo(makeState({ reserveWei: eth(reserve) }), { ...terms, price: rational(1200n) })
      assert.deepEqual([offer.overheadBasisPoints, offer.advertisedPrice], [overhead, rational(price)])
    })
  }

  it('tells the price as it is without autoAdjustPrice, and nothing to whom it refuses', () => {
    const price = rational(1n, 3n)
    assert.deepEqual(offerTo(makeState(), { ...terms, price, autoAdjustPrice: false }).advertisedPrice, price)
    assert.equal(offerTo(makeState({ reserveWei: 1n }), { ...terms, price }).advertisedPrice, undefined)
  })

  it('is bound by the maximum face value', () => {
    const { faceValueWei, boundBy } = offerTo(makeState(), { ...terms, maxFaceValueWei: eth('0.0001') })
    assert.deepEqual([faceValueWei, boundBy], [eth('0.0001'), 'maxFaceValue'])
  })
})

describe('judgeOffer', () => {
  it('passes every check of a sender who is accepted', () => {
    const { checks, accepted } = judgeOffer(makeState(), terms)
    assert.deepEqual([...new Set(checks.map(({ outcome }) => outcome))], ['passed'])
    assert.deepEqual(
      checks.map(({ by, name }) => `${by} ${name}`),
      [
        ...['senderUnlock', 'ticketEv', 'txCost'].map((name) => `orchestrator ${name}`),
        ...['expirationBlock', 'paramsExpiry', 'ev', 'faceValueAboveEv', 'maxTicketEv', 'unlock'].map(
          (name) => `gateway ${name}`,
        ),
        ...['reserve', 'deposit', 'maxTotalEv', 'depositMultiplier'].map((name) => `gateway ${name}`),
      ],
    )
    assert.equal(accepted, true)
  })

  it('agrees with what status says, whatever the sender', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        assert.equal(judgeOffer(state, terms).accepted, judgeAcceptance(state).accepted)
      }),
    )
  })
})

describe('the next steps', () => {
  it('are none for who is accepted', () => {
    assert.deepEqual(steps(makeState()), {})
  })

  it('name the reserve that is missing, to the wei', () => {
    assert.deepEqual(steps(makeState({ reserveWei: eth('0.001') })), { txCost: 'lp-pay reserve 0.0002' })
    assert.deepEqual(steps(makeState({ reserveWei: eth('0.0012') - 1n })), {
      txCost: 'lp-pay reserve 0.000000000000000001',
    })
    assert.deepEqual(steps(makeState({ reserveWei: eth('0.0012') })), {})
  })

  it('name a deposit for the tickets that the reserve will make', () => {
    const poor = makeState({ depositWei: 0n, reserveWei: 0n })
    assert.deepEqual(steps(poor), {
      ticketEv: 'lp-pay reserve 0.0012',
      reserve: 'lp-pay reserve 0.0012',
      deposit: 'lp-pay deposit 0.000012',
    })
    assert.deepEqual(steps(makeState({ depositWei: eth('0.001') }), terms, { depositMultiplier: 2n }), {
      depositMultiplier: 'lp-pay deposit 0.0014',
    })
  })

  it('name what only others can change', () => {
    assert.deepEqual(steps(makeState(), { ...terms, maxFaceValueWei: 1000n }), {
      ticketEv: 'the orchestrator has to raise its maximum face value to 0.000012 ETH',
    })
    assert.deepEqual(steps(makeState({ poolSize: 0n })), { ticketEv: 'wait until an orchestrator is active' })
    assert.deepEqual(steps(makeState({ gasPriceWei: 100n }), { ticketEvWei: 12_000_000_000n }), {
      faceValueAboveEv: 'the orchestrator has to change its ticket EV: it is the whole face value',
    })
  })

  it('take an unlock back', () => {
    const both = { senderUnlock: 'lp-pay unlock cancel', unlock: 'lp-pay unlock cancel' }
    assert.deepEqual(steps(makeState({ withdrawRound: 1002n })), both)
  })

  it("raise the gateway's limits", () => {
    assert.deepEqual(steps(makeState(), terms, { maxTicketEvWei: 7_000_000_000n, maxTotalEvWei: 1n }), {
      maxTicketEv:
        "raise the gateway's -maxTicketEV to 8000000001 wei, or lower the orchestrator's ticket EV",
      maxTotalEv: "raise the gateway's -maxTotalEV to 8000000001 wei",
    })
    assert.deepEqual(steps(makeState(), terms, { numTickets: 9000n }), {
      maxTotalEv: 'send at most 2499 tickets at once, or raise -maxTotalEV',
    })
  })
})

describe('missingFunds', () => {
  it('is enough, and a wei less of either is not', () => {
    fc.assert(
      fc.property(anyState, anyTerms, fc.bigInt({ min: 1n, max: 5n }), (state, any, depositMultiplier) => {
        const limits = { depositMultiplier }
        const missing = missingFunds(state, any, limits)
        if (missing === undefined) return
        const funded = {
          ...state,
          depositWei: state.depositWei + missing.depositWei,
          reserveWei: state.reserveWei + missing.reserveWei,
        }
        assert.equal(judgeOffer(funded, any, limits).accepted, true)
        for (const key of ['depositWei', 'reserveWei'] as const) {
          if (missing[key] === 0n) continue
          assert.equal(judgeOffer({ ...funded, [key]: funded[key] - 1n }, any, limits).accepted, false, key)
        }
      }),
    )
  })
})

describe('refusalGasPrice', () => {
  it('is where the reserve no longer pays for redeeming', () => {
    // 0.36 ETH among 100 is safe at any gas price.
    assert.equal(refusalGasPrice(makeState({ depositWei: eth('1') }), terms), undefined)
    const squeezed = makeState({ depositWei: eth('1'), reserveWei: eth('0.12') })
    assert.equal(refusalGasPrice(squeezed, terms), gwei('1') + 1n)
  })

  it('is where a ticket is more than the deposit', () => {
    assert.equal(refusalGasPrice(makeState({ depositWei: eth('0.002') }), terms), 16_666_667n)
  })

  it('is the very first: one wei less is accepted', () => {
    fc.assert(
      fc.property(anyState, anyTerms, fc.bigInt({ min: 0n, max: 10n ** 12n }), (state, any, other) => {
        if (!judgeOffer(state, any).accepted) return
        const found = refusalGasPrice(state, any)
        const at = (gasPriceWei: bigint) => judgeOffer({ ...state, gasPriceWei }, any).accepted
        if (found !== undefined) assert.deepEqual([at(found - 1n), at(found)], [true, false])
        const between = state.gasPriceWei + other
        if (found === undefined || between < found) assert.equal(at(between), true, String(between))
      }),
      { numRuns: 500 },
    )
  })
})

describe('overGasPrices', () => {
  it('ends with the first that is refused', () => {
    const rows = overGasPrices(makeState({ reserveWei: eth('0.012') }), terms)
    assert.deepEqual(
      rows.map(({ times, accepted }) => [times, accepted]),
      [
        [1n, true],
        [2n, true],
        [5n, true],
        [10n, true],
        [20n, false],
      ],
    )
  })

  it('goes up to a thousand times where none is refused, and has one row where gas is free', () => {
    const rich = { depositWei: eth('10') }
    assert.equal(overGasPrices(makeState(rich), terms).at(-1)?.times, 1000n)
    assert.equal(overGasPrices(makeState({ ...rich, gasPriceWei: 0n }), terms).length, 1)
  })
})
