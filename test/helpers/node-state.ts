import type { Address } from 'viem'

import { compareRational, divideRational, multiplyRational, rational } from '../../src/lib/pm/rational.ts'
import type { Rational } from '../../src/lib/pm/rational.ts'
import { parseGoRational } from './go-rational.ts'

export type StandInKind = 'gateway' | 'orchestrator' | 'redeemer' | 'transcoder'

/** What a node is started with, and what it falls back to when it is started again. */
export interface NodeFlags {
  readonly kind: StandInKind
  /** False: no `-network` that has a chain, so no ETH client. */
  readonly onChain: boolean
  readonly chainId: bigint
  readonly address: Address
  /** `-maxPricePerUnit` in wei per pixel, a rational. */
  readonly maxPrice?: string
  /** `-pricePerUnit` as `default`, and `-pricePerGateway`. */
  readonly prices: Readonly<Record<string, string>>
  /** The node's own price feed, ETH in a currency. */
  readonly feed?: { readonly currency: string; readonly perEth: string }
  /** Why the node cannot ask the chain for its orchestrator, which it does after it has set a price. */
  readonly transcoderError?: string
  /** Why the node cannot set a maximum gas price. */
  readonly gasPriceError?: string
  readonly version: string
}

/** What a node holds in memory only. */
export interface NodeMemory {
  maxPrice: Rational | undefined
  readonly capabilityPrices: Map<string, Rational>
  /** By address in lower case, or `default`. */
  readonly prices: Map<string, Rational>
  maxFaceValueWei: bigint
  maxGasPriceWei: bigint | undefined
  minGasPriceWei: bigint
}

/** The memory of a node that has just been started. */
export function startMemory({ maxPrice, prices }: NodeFlags): NodeMemory {
  return {
    maxPrice: maxPrice === undefined ? undefined : parseGoRational(maxPrice),
    capabilityPrices: new Map(),
    prices: new Map(
      Object.entries(prices).map(([address, price]) => [
        address.toLowerCase(),
        parseGoRational(price) ?? rational(0n),
      ]),
    ),
    maxFaceValueWei: 0n,
    maxGasPriceWei: undefined,
    minGasPriceWei: 0n,
  }
}

/** wei of a price, by the node's own feed; an error's words when it has none for the currency. */
export function autoConvert(
  price: Rational,
  currency: string,
  feed: NodeFlags['feed'],
): { readonly wei: Rational } | { readonly error: string } {
  const name = currency.toUpperCase()
  if (name === '' || name === 'WEI') return { wei: price }
  const weiOfEth = multiplyRational(price, rational(10n ** 18n))
  if (name === 'ETH') return { wei: weiOfEth }
  if (feed === undefined) return { error: 'PriceFeedWatcher is not initialized' }
  if (name !== feed.currency) {
    return { error: `price feed does not have ${name} as a currency (ETH/${feed.currency})` }
  }
  return { wei: divideRational(weiOfEth, parseGoRational(feed.perEth) ?? rational(1n)) }
}

/** A price per unit: the quotient of two parameters, or what is wrong with them. */
export function readUnitPrice(
  price: string,
  pixels: string,
): { readonly price: Rational } | { readonly wrong: 'price' | 'pixels' | 'pixelsNotPositive' } {
  const top = parseGoRational(price)
  if (top === undefined) return { wrong: 'price' }
  const bottom = parseGoRational(pixels)
  if (bottom === undefined) return { wrong: 'pixels' }
  if (compareRational(bottom, rational(0n)) <= 0) return { wrong: 'pixelsNotPositive' }
  return { price: divideRational(top, bottom) }
}
