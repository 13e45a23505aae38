import fc from 'fast-check'

import type { ProtocolOptions } from '../../../src/lib/protocol/options.ts'

const milliEth = 10n ** 15n

export function makeProtocolOptions(changes: Partial<ProtocolOptions> = {}): ProtocolOptions {
  return {
    senders: 2,
    orchestrators: 3,
    tickets: 300,
    rounds: 3,
    redemptionsPerRound: 2,
    roundLength: 100,
    firstRound: 10n,
    ticketValidityPeriod: 2n,
    poolSize: 3n,
    rules: '2026',
    ticketEvWei: milliEth / 10n,
    faceValueWei: milliEth,
    depositWei: 10n * milliEth,
    reserveWei: 9n * milliEth,
    gasPriceWei: 10n ** 7n,
    ...changes,
  }
}

const amount = (most: bigint) => fc.bigInt({ min: 0n, max: most })

/** From plenty of money to none, from many winners to few, and gas that eats them up. */
export const anyProtocolOptions = fc
  .record({
    senders: fc.integer({ min: 1, max: 4 }),
    orchestrators: fc.integer({ min: 1, max: 4 }),
    tickets: fc.integer({ min: 1, max: 120 }),
    rounds: fc.integer({ min: 1, max: 5 }),
    redemptionsPerRound: fc.integer({ min: 1, max: 3 }),
    poolSize: fc.bigInt({ min: 4n, max: 100n }),
    rules: fc.constantFrom('2022' as const, '2026' as const),
    oneIn: fc.bigInt({ min: 2n, max: 30n }),
    faceValueWei: fc.bigInt({ min: milliEth / 10n, max: 3n * milliEth }),
    depositWei: amount(20n * milliEth),
    reserveWei: amount(200n * milliEth),
    gasPriceWei: fc.constantFrom(1n, 10n ** 7n, 2n * 10n ** 9n),
  })
  .map(({ oneIn, ...changes }) =>
    makeProtocolOptions({ ...changes, ticketEvWei: changes.faceValueWei / oneIn }),
  )
