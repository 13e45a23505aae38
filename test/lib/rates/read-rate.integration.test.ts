import assert from 'node:assert/strict'

import { encodeFunctionData, parseAbi } from 'viem'
import type { Abi } from 'viem'

import type { Network } from '../../../src/lib/chain/network.ts'
import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { devnet as network, devnetContracts } from '../../../src/lib/devnet/network.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { fetchRate } from '../../../src/lib/rates/fetch-rate.ts'
import type { RateRequest } from '../../../src/lib/rates/read-rate.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'

const { RateFeed, SequencerFeed, BondingManager } = devnetContracts
const abi: Abi = parseAbi([
  'function setKind(string description, uint8 decimals)',
  'function setAnswer(int256 answer)',
  'function setAge(uint256 age)',
  'function setRound(uint80 roundId, uint80 answeredInRound)',
  'function setReverting(bool reverting)',
])

describe("the rate of Chainlink's feed on a devnet", () => {
  const devnet = useTestDevnet()

  async function set(to: string, functionName: string, ...args: readonly unknown[]): Promise<void> {
    const { address: from } = devnetDeployer
    const transaction = {
      from,
      to,
      data: encodeFunctionData({ abi, functionName, args }),
      gasPrice: '0x3b9aca00',
    }
    const hash = await devnet.rpc('eth_sendTransaction', [transaction])
    for (let receipt: unknown = null; receipt === null;) {
      receipt = await devnet.rpc('eth_getTransactionReceipt', [hash])
    }
  }

  const rate = (request: Partial<RateRequest> = {}, on: Network = network) =>
    fetchRate({ network: on, urls: [devnet.rpcUrl] }, { currency: 'USD', ...request })

  async function refusal(request: Partial<RateRequest> = {}): Promise<[string, string]> {
    try {
      await rate(request)
    } catch (error) {
      if (error instanceof LpPayError) return [error.code, error.message]
      throw error
    }
    assert.fail('it was believed')
  }

  it('is what the feed says, with where it is from', async () => {
    const { currency, perEth, source } = await rate()
    assert.deepEqual([currency, perEth], ['USD', rational(2500n)])
    assert.ok(source.kind === 'chainlink')
    assert.deepEqual([source.feed, source.description, source.roundId], [RateFeed, 'ETH / USD', 1n])
    const { timestamp } = (await devnet.rpc('eth_getBlockByNumber', ['latest', false])) as {
      timestamp: string
    }
    assert.ok(Date.parse(source.updatedAt) / 1000 >= Number(timestamp))
  })

  it('has every digit', async () => {
    await set(RateFeed, 'setAnswer', 251_327_000_001n)
    assert.deepEqual((await rate()).perEth, rational(251_327_000_001n, 10n ** 8n))
  })

  it('is turned where the feed has ETH on its other side', async () => {
    await set(RateFeed, 'setKind', 'EUR / ETH', 18)
    await set(RateFeed, 'setAnswer', 4n * 10n ** 14n)
    assert.deepEqual((await rate({ currency: 'EUR' })).perEth, rational(2500n))
  })

  it('is not that of another currency', async () => {
    assert.deepEqual(await refusal({ currency: 'EUR' }), [
      'FEED_CURRENCY_DIFFERENT',
      `the rate feed ${RateFeed} is of ETH / USD, not of ETH and EUR`,
    ])
    await set(RateFeed, 'setKind', 'BTC / USD\u001b[2J', 8)
    assert.deepEqual(await refusal(), [
      'FEED_CURRENCY_DIFFERENT',
      `the rate feed ${RateFeed} is of BTC / USD, not of ETH and USD`,
    ])
  })

  it('is refused when it is stale', async () => {
    await set(RateFeed, 'setAge', 25n * 3600n - 60n)
    await rate()
    await set(RateFeed, 'setAge', 26n * 3600n)
    assert.deepEqual(await refusal(), ['FEED_STALE', 'the rate feed ETH / USD was last written 26 h ago'])
  })

  for (const answer of [0n, -1n, -(2n ** 255n)]) {
    it(`is refused when it is ${answer}`, async () => {
      await set(RateFeed, 'setAnswer', answer)
      assert.deepEqual(await refusal(), ['FEED_INVALID', `the rate feed ETH / USD answers ${answer}`])
    })
  }

  for (const decimals of [0, 18, 36, 37, 255]) {
    it(`is refused when the feed says that it has ${decimals} decimals`, async () => {
      await set(RateFeed, 'setKind', 'ETH / USD', decimals)
      assert.deepEqual(await refusal(), [
        'FEED_INVALID',
        `the rate feed ETH / USD answers 250000000000 with ${decimals} decimals, which cannot be`,
      ])
    })
  }

  it('is refused while its round is not complete', async () => {
    await set(RateFeed, 'setRound', 7n, 6n)
    assert.deepEqual(await refusal(), ['FEED_INCOMPLETE', 'the rate feed ETH / USD has no complete round'])
    await set(RateFeed, 'setRound', 7n, 7n)
    await rate()
    await set(RateFeed, 'setAge', 2n ** 255n)
    assert.deepEqual(await refusal(), ['FEED_INCOMPLETE', 'the rate feed ETH / USD has no complete round'])
  })

  it('is refused where there is no feed, or it reverts', async () => {
    const words = (address: string) => `the rate feed ${address} does not answer as a Chainlink feed does`
    assert.deepEqual(await refusal({ feed: BondingManager }), ['FEED_DOWN', words(BondingManager)])
    const nobody = '0x000000000000000000000000000000000000dEaD'
    assert.deepEqual(await refusal({ feed: nobody }), ['FEED_DOWN', words(nobody)])
    await set(RateFeed, 'setReverting', true)
    assert.deepEqual(await refusal(), ['FEED_DOWN', words(RateFeed)])
  })

  it('is refused while the sequencer is down, and for an hour after', async () => {
    await set(SequencerFeed, 'setAnswer', 1n)
    assert.deepEqual(await refusal(), [
      'SEQUENCER_DOWN',
      'the sequencer is down, so that rates on the chain stand still',
    ])
    await set(SequencerFeed, 'setAnswer', 0n)
    await set(SequencerFeed, 'setAge', 1800n)
    const [code, message] = await refusal()
    assert.equal(code, 'SEQUENCER_STARTING')
    assert.match(
      message,
      /^the sequencer has run for (29|30) min only since it was down: its rates are believed/,
    )
    await set(SequencerFeed, 'setReverting', true)
    assert.deepEqual(await refusal(), [
      'FEED_DOWN',
      `the feed ${SequencerFeed} of the sequencer's state does not answer`,
    ])
  })

  it('needs a feed that is known', async () => {
    const { feeds: _, ...other } = network
    await assert.rejects(rate({}, { ...other, name: 'mine' }), {
      code: 'FEED_MISSING',
      message: 'no rate feed is known on mine',
      exitCode: 4,
    })
    assert.deepEqual((await rate({ feed: RateFeed }, { ...other, name: 'mine' })).perEth, rational(2500n))
  })
})
