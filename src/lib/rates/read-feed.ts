import type { Address, Hex } from 'viem'

import { RpcResponseError } from '../chain/rpc.ts'
import type { Rpc } from '../chain/rpc.ts'

/** What a Chainlink feed answered, as it answered. */
export interface FeedAnswer {
  /** `ETH / USD` */
  readonly description: string
  readonly decimals: bigint
  readonly round: FeedRound
}

/** The last round of a feed: latestRoundData(). */
export interface FeedRound {
  readonly roundId: bigint
  readonly answer: bigint
  /** Unix seconds. */
  readonly startedAt: bigint
  readonly updatedAt: bigint
  readonly answeredInRound: bigint
}

/** The three reads have no arguments, so that selectors are all there is to encode. */
const selectors = {
  description: '0x7284e416',
  decimals: '0x313ce567',
  latestRoundData: '0xfeaf968c',
} as const

/** Undefined when there is no feed at the address, or it reverts. In one round trip with what else is asked. */
export async function readFeed(rpc: Rpc, feed: Address): Promise<FeedAnswer | undefined> {
  const [description, decimals, round] = await Promise.all([
    call(rpc, feed, selectors.description).then((words) => words && readText(words)),
    call(rpc, feed, selectors.decimals).then((words) => words?.[0]),
    readFeedRound(rpc, feed),
  ])
  if (description === undefined || decimals === undefined || round === undefined) return undefined
  return { description, decimals, round }
}

/** The last round alone, which is all that the feed of a sequencer's state has to say. */
export async function readFeedRound(rpc: Rpc, feed: Address): Promise<FeedRound | undefined> {
  const words = await call(rpc, feed, selectors.latestRoundData)
  const [roundId, answer, startedAt, updatedAt, answeredInRound] = words ?? []
  if (
    roundId === undefined ||
    answer === undefined ||
    startedAt === undefined ||
    updatedAt === undefined ||
    answeredInRound === undefined
  ) {
    return undefined
  }
  return { roundId, answer: BigInt.asIntN(256, answer), startedAt, updatedAt, answeredInRound }
}

/** The words of 32 bytes that a contract answers with. */
async function call(rpc: Rpc, to: Address, data: Hex): Promise<readonly bigint[] | undefined> {
  try {
    const answer = await rpc.request('eth_call', [{ to, data }, 'latest'])
    if (typeof answer !== 'string' || !/^0x(?:[0-9a-f]{64}){1,16}$/i.test(answer)) return undefined
    return (answer.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`))
  } catch (error) {
    if (error instanceof RpcResponseError) return undefined
    throw error
  }
}

/** A string of the ABI: where it begins, its length, its bytes. */
function readText([offset, length, ...words]: readonly bigint[]): string | undefined {
  if (offset !== 32n || length === undefined || length > BigInt(words.length) * 32n) return undefined
  const bytes = words.map((word) => word.toString(16).padStart(64, '0')).join('')
  return Buffer.from(bytes, 'hex').toString('utf8', 0, Number(length))
}
