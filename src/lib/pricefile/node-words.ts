import { formatAmount } from '../pricing/price.ts'
import type { Price } from '../pricing/price.ts'
import type { Quantity } from '../pricing/price-unit.ts'
import { billedUnit } from './pipelines.ts'
import { nodePrice } from './priced-jobs.ts'
import type { NodePrice } from './priced-jobs.ts'

/** What go-livepeer is told to have a price. */
export interface NodeWords {
  /** Flags of an orchestrator and of a gateway; null for what has no flag. */
  readonly orchestrator: string | null
  readonly gateway: string | null
  /** For capabilities, in its JSON files. */
  readonly json: string
}

/** A pipeline that is billed by the quantity. */
const pipelines: Partial<Record<Quantity, string>> = {
  pixel: 'transcoding',
  second: 'audio-to-text',
  token: 'llm',
  character: 'text-to-speech',
}

/** A price in go-livepeer's words, with every digit; null for an image or a request, which it does not bill by. */
export function nodeWords(price: Price): NodeWords | null {
  const pipeline = pipelines[price.unit.quantity]
  if (pipeline === undefined) return null
  const said = nodePrice({ price, unit: billedUnit(pipeline, 'orchestrator') })
  const { amount, currency, pixelsPerUnit } = said
  const flags = (name: string) => (pipeline === 'transcoding' ? priceFlags(name, said).join(' ') : null)
  return {
    orchestrator: flags('-pricePerUnit'),
    gateway: flags('-maxPricePerUnit'),
    json: `"price_per_unit":${formatAmount(amount)},"pixels_per_unit":${String(pixelsPerUnit)},"currency":"${currency}"`,
  }
}

/** The two flags of go-livepeer that say a price together. */
export function priceFlags(name: string, { amount, currency, pixelsPerUnit }: NodePrice): readonly string[] {
  return [`${name} ${formatAmount(amount)}${currency}`, `-pixelsPerUnit ${String(pixelsPerUnit)}`]
}
