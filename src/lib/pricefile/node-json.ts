import { formatAmount } from '../pricing/price.ts'
import { nodePrice } from './priced-jobs.ts'
import type { PricedJob } from './priced-jobs.ts'

/** The JSON files of go-livepeer that hold prices, by the flags that take them. */
export const nodeJsonKinds = ['pricePerGateway', 'maxPricePerCapability', 'aiModels'] as const
export type NodeJsonKind = (typeof nodeJsonKinds)[number]

/** The prices that go into a file. */
export function jobsIn(kind: NodeJsonKind, jobs: readonly PricedJob[]): readonly PricedJob[] {
  switch (kind) {
    case 'pricePerGateway':
      return jobs.filter(({ pipeline, gateway }) => pipeline === 'transcoding' && gateway !== undefined)
    case 'maxPricePerCapability':
      return jobs.filter(({ side, model }) => side === 'gateway' && model !== undefined)
    case 'aiModels':
      return jobs.filter(({ side, model }) => side === 'orchestrator' && model !== undefined)
  }
}

/** The text of a file, with numbers as exact as the prices are: floating point would lose digits. */
export function nodeJson(kind: NodeJsonKind, jobs: readonly PricedJob[]): string {
  const list = (write: (job: PricedJob) => string) => `[${jobsIn(kind, jobs).map(write).join(',')}]`
  switch (kind) {
    case 'pricePerGateway':
      return `{"gateways":${list((job) => {
        const { amount, currency, pixelsPerUnit } = nodePrice(job)
        return object({
          ethaddress: text(job.gateway),
          priceperunit: formatAmount(amount),
          currency: text(currency),
          pixelsperunit: String(pixelsPerUnit),
        })
      })}}`
    case 'maxPricePerCapability':
      return `{"capabilities_prices":${list((job) => object({ ...named(job), ...priced(job) }))}}`
    case 'aiModels':
      return list((job) =>
        object({
          ...named(job),
          ...(job.gateway && { gateway: text(job.gateway) }),
          ...priced(job),
        }),
      )
  }
}

function named({ pipeline, model }: PricedJob): Readonly<Record<string, string>> {
  return { pipeline: text(pipeline), model_id: text(model) }
}

function priced(job: PricedJob): Readonly<Record<string, string>> {
  const { amount, currency, pixelsPerUnit } = nodePrice(job)
  return {
    price_per_unit: formatAmount(amount),
    pixels_per_unit: String(pixelsPerUnit),
    currency: text(currency),
  }
}

function text(value = ''): string {
  return JSON.stringify(value)
}

function object(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`
}
