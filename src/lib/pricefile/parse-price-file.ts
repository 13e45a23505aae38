import type { Document } from 'yaml'

import { parseAddress } from '../account/address.ts'
import { ConfigurationError } from '../errors.ts'
import { parsePrice } from '../pricing/price.ts'
import { Field } from '../text/field.ts'
import { readStrictYaml } from '../text/strict-yaml.ts'
import type { Place } from '../text/strict-yaml.ts'
import type { CapabilityPrice, GatewayLimits, OrchestratorPrices, PriceFile } from './types.ts'
import { parseAmount, parseModel, parsePipeline, parseSwitch, parseWholeNumber } from './values.ts'

/** A price file, and where in its text everything stands. */
export interface ReadPriceFile {
  readonly fileName: string
  readonly prices: PriceFile
  /**
   * Where a path such as `orchestrator.capabilities[0].price` or `orchestrator.gateways.0x...` stands; for what is not
   * there, where that stands which should hold it.
   */
  readonly placeOf: (path: string) => Place
}

/** The names that each part of a price file may have. */
export const priceFileKeys = {
  root: ['orchestrator', 'gateway'],
  orchestrator: ['transcoding', 'gateways', 'capabilities', 'ticketEv', 'maxFaceValue', 'autoAdjustPrice'],
  gateway: ['maxPrice', 'capabilities', 'maxTicketEv', 'maxTotalEv', 'depositMultiplier'],
  price: ['pipeline', 'model', 'price', 'gateway'],
  limit: ['pipeline', 'model', 'price'],
} as const

/**
 * Reads what a price file holds.
 *
 * @param fileName for messages
 * @throws {ConfigurationError} PRICE_FILE_INVALID with line and column
 */
export function parsePriceFile(text: string, fileName: string): ReadPriceFile {
  return readStrictYaml(
    text,
    (document, placeOf) => {
      const offsets = new Map<string, number>()
      const prices = readPrices(document, offsets)
      return { fileName, prices, placeOf: (path) => placeOf(nearest(offsets, path)) }
    },
    ({ message, place, nextStep, cause }) =>
      new ConfigurationError('PRICE_FILE_INVALID', `${fileName} is not a valid price file: ${message}`, {
        details: { file: fileName, ...place },
        nextSteps: [nextStep ?? 'see docs/pricing.md for an example'],
        cause,
      }),
  )
}

function readPrices(document: Document, offsets: Map<string, number>): PriceFile {
  const root = new Field('', document.contents, 0, { whole: 'a price file', offsets })
  const { orchestrator, gateway } = root.fields(priceFileKeys.root)
  return {
    ...(orchestrator && { orchestrator: readOrchestrator(orchestrator) }),
    ...(gateway && { gateway: readGateway(gateway) }),
  }
}

function readOrchestrator(field: Field): OrchestratorPrices {
  const { transcoding, gateways, capabilities, ticketEv, maxFaceValue, autoAdjustPrice } = field.fields(
    priceFileKeys.orchestrator,
  )
  const byGateway = [...(gateways?.entries(parseAddress) ?? [])]
  return {
    ...(transcoding && { transcoding: transcoding.read(parsePrice) }),
    gateways: new Map(byGateway.map(([address, price]) => [address, price.read(parsePrice)])),
    capabilities: distinct(
      (capabilities?.items() ?? []).map((item) => {
        const { gateway, ...fields } = item.fields(priceFileKeys.price)
        return {
          item,
          capability: {
            ...readCapability(item, fields),
            ...(gateway && { gateway: gateway.read(parseAddress) }),
          },
        }
      }),
    ),
    ...(ticketEv && { ticketEvWei: ticketEv.read(parseAmount) }),
    ...(maxFaceValue && { maxFaceValueWei: maxFaceValue.read(parseAmount) }),
    ...(autoAdjustPrice && { autoAdjustPrice: autoAdjustPrice.read(parseSwitch) }),
  }
}

function readGateway(field: Field): GatewayLimits {
  const { maxPrice, capabilities, maxTicketEv, maxTotalEv, depositMultiplier } = field.fields(
    priceFileKeys.gateway,
  )
  return {
    ...(maxPrice && { maxPrice: maxPrice.read(parsePrice) }),
    capabilities: distinct(
      (capabilities?.items() ?? []).map((item) => ({
        item,
        capability: readCapability(item, item.fields(priceFileKeys.limit)),
      })),
    ),
    ...(maxTicketEv && { maxTicketEvWei: maxTicketEv.read(parseAmount) }),
    ...(maxTotalEv && { maxTotalEvWei: maxTotalEv.read(parseAmount) }),
    ...(depositMultiplier && { depositMultiplier: depositMultiplier.read(parseWholeNumber) }),
  }
}

function readCapability(
  item: Field,
  { pipeline, model, price }: Partial<Record<'pipeline' | 'model' | 'price', Field>>,
): Omit<CapabilityPrice, 'gateway'> {
  if (pipeline === undefined) throw item.fault('has no pipeline', 'say which, as in pipeline: text-to-image')
  if (price === undefined) throw item.fault('has no price', 'say it, as in price: 4768371wei/pixel')
  return {
    pipeline: pipeline.read(parsePipeline),
    model: model?.read(parseModel) ?? 'default',
    price: price.read(parsePrice),
  }
}

function distinct<Capability extends CapabilityPrice>(
  found: readonly { readonly item: Field; readonly capability: Capability }[],
): readonly Capability[] {
  const names = new Set<string>()
  for (const { item, capability } of found) {
    const { pipeline, model, gateway } = capability
    const name = [`${pipeline} ${model}`, ...(gateway === undefined ? [] : [gateway])].join(' for ')
    if (names.has(name)) throw item.fault(`is a second price of ${name}`)
    names.add(name)
  }
  return found.map(({ capability }) => capability)
}

function nearest(offsets: ReadonlyMap<string, number>, path: string): number {
  const offset = offsets.get(path)
  if (offset !== undefined || path === '') return offset ?? 0
  return nearest(offsets, path.slice(0, Math.max(0, path.search(/(\.[^.[]*|\[\d+\])$/))))
}
