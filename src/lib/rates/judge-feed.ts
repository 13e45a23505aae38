import type { Address } from 'viem'

import { ConfigurationError, PreconditionError } from '../errors.ts'
import { compareRational, divideRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Rate } from '../pricing/rate.ts'
import { sanitize } from '../text/sanitize.ts'
import type { FeedAnswer, FeedRound } from './read-feed.ts'

/** Chainlink writes ETH / USD on Arbitrum at least once a day; an hour more is for its transaction. */
const maxAgeSeconds = 25n * 3600n
/** After an outage the feeds need time to come back to the market: Chainlink's own advice. */
const graceSeconds = 3600n
/** One ETH is worth neither less nor more of any currency: what is outside has the wrong decimals. */
const leastPerEth = rational(1n, 1000n)
const mostPerEth = rational(10n ** 9n)
const mostDecimals = 36n

const withoutFeed = ['--rate 2500 says what one ETH is worth, and asks no feed']

/**
 * A rate from what a feed answered; go-livepeer believes any answer, this none that is stale, incomplete, not above
 * zero or out of all bounds.
 *
 * @param now Unix seconds, by the chain
 * @throws {ConfigurationError} FEED_CURRENCY_DIFFERENT
 * @throws {PreconditionError} FEED_DOWN, FEED_INCOMPLETE, FEED_STALE, FEED_INVALID
 */
export function judgeFeed(
  feed: Address,
  answered: FeedAnswer | undefined,
  { currency, now }: { readonly currency: string; readonly now: bigint },
): Rate {
  if (answered === undefined) {
    throw refused('FEED_DOWN', `the rate feed ${feed} does not answer as a Chainlink feed does`, { feed })
  }
  const { decimals, round } = answered
  const description = sanitize(answered.description)
  const [base, quote] = description.split('/').map((name) => name.trim().toUpperCase())
  const isInverted = quote === 'ETH' && base === currency
  if (!isInverted && !(base === 'ETH' && quote === currency)) {
    throw new ConfigurationError(
      'FEED_CURRENCY_DIFFERENT',
      `the rate feed ${feed} is of ${description || 'nothing'}, not of ETH and ${currency}`,
      {
        details: { feed, description, currency },
        nextSteps: [`--rate 2500${currency} says what one ETH is worth, and asks no feed`],
      },
    )
  }
  const { roundId, answer, updatedAt } = round
  const name = `the rate feed ${description}`
  if (!isComplete(round)) throw refused('FEED_INCOMPLETE', `${name} has no complete round`, { feed, roundId })
  if (now - updatedAt > maxAgeSeconds) {
    const hours = (now - updatedAt) / 3600n
    throw refused('FEED_STALE', `${name} was last written ${hours} h ago`, {
      feed,
      updatedAt: iso(updatedAt),
    })
  }
  if (answer <= 0n) throw refused('FEED_INVALID', `${name} answers ${answer}`, { feed, answer })
  const perEth = decimals > mostDecimals ? undefined : perEthOf(rational(answer, 10n ** decimals), isInverted)
  if (
    perEth === undefined ||
    compareRational(perEth, leastPerEth) < 0 ||
    compareRational(perEth, mostPerEth) > 0
  ) {
    throw refused('FEED_INVALID', `${name} answers ${answer} with ${decimals} decimals, which cannot be`, {
      ...{ feed, answer, decimals },
    })
  }
  return {
    currency,
    perEth,
    source: { kind: 'chainlink', feed, description, roundId, updatedAt: iso(updatedAt) },
  }
}

/**
 * Whether a rollup's sequencer runs, and has for long enough: while it stands still, prices on the chain do too.
 *
 * @throws {PreconditionError} FEED_DOWN, SEQUENCER_DOWN, SEQUENCER_STARTING
 */
export function judgeSequencer(feed: Address, round: FeedRound | undefined, now: bigint): void {
  if (round === undefined || round.startedAt === 0n) {
    throw refused('FEED_DOWN', `the feed ${feed} of the sequencer's state does not answer`, { feed })
  }
  if (round.answer !== 0n) {
    throw refused('SEQUENCER_DOWN', 'the sequencer is down, so that rates on the chain stand still', { feed })
  }
  const since = now - round.startedAt
  if (since < graceSeconds) {
    throw refused(
      'SEQUENCER_STARTING',
      `the sequencer has run for ${since / 60n} min only since it was down: its rates are believed after 60`,
      { feed },
    )
  }
}

function isComplete({ roundId, updatedAt, answeredInRound }: FeedRound): boolean {
  return updatedAt > 0n && roundId > 0n && answeredInRound >= roundId
}

function perEthOf(value: Rational, isInverted: boolean): Rational {
  return isInverted ? divideRational(rational(1n), value) : value
}

function iso(seconds: bigint): string {
  return seconds < 2n ** 33n ? new Date(Number(seconds) * 1000).toISOString().replace('.000', '') : 'never'
}

function refused(code: string, message: string, details: Readonly<Record<string, string | bigint>>) {
  return new PreconditionError(code, message, { details, nextSteps: withoutFeed })
}
