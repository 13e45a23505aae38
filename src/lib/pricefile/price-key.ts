import { parseAddress } from '../account/address.ts'
import { UsageError } from '../errors.ts'
import { parsePrice } from '../pricing/price.ts'
import { closest } from '../text/closest.ts'
import type { Side } from './pipelines.ts'
import { parseAmount, parseModel, parsePipeline, parseSwitch, parseWholeNumber } from './values.ts'

/** What `price set` can change: one value of a price file. */
export type PriceKey =
  | { readonly kind: 'value'; readonly where: readonly [Side, string] }
  | {
      readonly kind: 'gateway'
      readonly where: readonly ['orchestrator', 'gateways']
      readonly gateway: string
    }
  | {
      readonly kind: 'capability'
      readonly where: readonly [Side, 'capabilities']
      readonly pipeline: string
      readonly model: string
    }

/** Throws what is wrong with a value. */
type Check = (text: string) => unknown

const values: Readonly<Record<string, Check>> = {
  'orchestrator.transcoding': parsePrice,
  'orchestrator.ticketEv': parseAmount,
  'orchestrator.maxFaceValue': parseAmount,
  'orchestrator.autoAdjustPrice': parseSwitch,
  'gateway.maxPrice': parsePrice,
  'gateway.maxTicketEv': parseAmount,
  'gateway.maxTotalEv': parseAmount,
  'gateway.depositMultiplier': parseWholeNumber,
}

/** The keys with a fixed name. */
export const priceKeys: readonly string[] = Object.keys(values)

const patterns = [
  'orchestrator.gateways.0x...',
  'orchestrator.capabilities.PIPELINE[/MODEL]',
  'gateway.capabilities.PIPELINE[/MODEL]',
]

/**
 * Reads `gateway.maxPrice`, `orchestrator.gateways.0x...` or `orchestrator.capabilities.text-to-image/MODEL`.
 *
 * @throws {UsageError} PRICE_KEY_UNKNOWN, ADDRESS_INVALID, PIPELINE_INVALID, MODEL_INVALID
 */
export function parsePriceKey(text: string): PriceKey {
  const [, side, list, rest = ''] = /^(orchestrator|gateway)\.(\w+)(?:\.(.+))?$/.exec(text) ?? []
  if (side !== 'orchestrator' && side !== 'gateway') throw unknown(text)
  if (list === 'gateways' && side === 'orchestrator' && rest !== '') {
    return { kind: 'gateway', where: [side, list], gateway: parseAddress(rest) }
  }
  if (list === 'capabilities' && rest !== '') {
    const [pipeline = '', ...model] = rest.split('/')
    return {
      kind: 'capability',
      where: [side, list],
      pipeline: parsePipeline(pipeline),
      model: model.length === 0 ? 'default' : parseModel(model.join('/')),
    }
  }
  if (list === undefined || !Object.hasOwn(values, text)) throw unknown(text)
  return { kind: 'value', where: [side, list] }
}

/** @throws {UsageError} what is wrong with a value for a key */
export function checkPriceValue(key: PriceKey, value: string): void {
  if (key.kind === 'value') values[key.where.join('.')]?.(value)
  else parsePrice(value)
}

function unknown(text: string): UsageError {
  const keys = [...priceKeys, ...patterns]
  const like = closest(text, priceKeys)
  return new UsageError('PRICE_KEY_UNKNOWN', 'this is no value of a price file', {
    details: { keys },
    nextSteps: [like === undefined ? `choose one of: ${keys.join(', ')}` : `did you mean ${like}?`],
  })
}
