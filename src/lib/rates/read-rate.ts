import type { Address } from 'viem'

import type { Network } from '../chain/network.ts'
import { quantityField } from '../chain/quantity.ts'
import type { Rpc } from '../chain/rpc.ts'
import { ConfigurationError } from '../errors.ts'
import type { Rate } from '../pricing/rate.ts'
import { judgeFeed, judgeSequencer } from './judge-feed.ts'
import { readFeed, readFeedRound } from './read-feed.ts'

export interface RateRequest {
  /** `USD`, in capitals */
  readonly currency: string
  /** Chainlink's feed of that currency; the network's own, of USD, when absent. */
  readonly feed?: Address | undefined
}

/**
 * What one ETH is worth by Chainlink's feed, once it is known to be fresh, complete and within bounds, and the
 * sequencer to run. One round trip. Time is the chain's.
 *
 * @throws {ConfigurationError} FEED_MISSING, FEED_CURRENCY_DIFFERENT
 * @throws {PreconditionError} FEED_DOWN, FEED_INCOMPLETE, FEED_STALE, FEED_INVALID, SEQUENCER_DOWN, SEQUENCER_STARTING
 */
export async function readRate(rpc: Rpc, network: Network, request: RateRequest): Promise<Rate> {
  const { currency, feed = network.feeds?.rate } = request
  if (feed === undefined) {
    throw new ConfigurationError('FEED_MISSING', `no rate feed is known on ${network.name}`, {
      details: { network: network.name },
      nextSteps: [
        '--rate 2500 says what one ETH is worth, and asks no feed',
        '--feed ADDRESS names a Chainlink feed',
      ],
    })
  }
  const sequencer = network.feeds?.sequencer
  const [answered, round, block] = await Promise.all([
    readFeed(rpc, feed),
    sequencer && readFeedRound(rpc, sequencer),
    rpc.request('eth_getBlockByNumber', ['latest', false]),
  ])
  const now = quantityField(block, 'timestamp')
  if (sequencer !== undefined) judgeSequencer(sequencer, round, now)
  return judgeFeed(feed, answered, { currency, now })
}
