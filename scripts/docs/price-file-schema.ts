import { priceFileKeys } from '../../src/lib/pricefile/parse-price-file.ts'

type Schema = Readonly<Record<string, unknown>>

const price: Schema = {
  type: 'string',
  description: 'an amount, a currency and what it is for: 1200wei/pixel, 0.41USD/1e12pixels, 12gwei/ms',
  pattern: String.raw`^\s*\d{1,40}(\.\d{1,40})?\s*[A-Za-z][A-Za-z0-9]{0,9}\s*/\s*\S.*$`,
}
const amount = (description: string): Schema => ({
  description: `${description}, with its unit: 8gwei, 0.01eth`,
  oneOf: [
    {
      type: 'string',
      pattern: String.raw`^\s*(\d+(\.\d+)?\s*([wW][eE][iI]|[gG][wW][eE][iI]|[eE][tT][hH])|0)\s*$`,
    },
    { const: 0 },
  ],
})
const address: Schema = { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' }

/** How each name of a price file is to be filled. */
const values: Readonly<Record<string, Schema>> = {
  transcoding: { ...price, description: `for transcoding: ${String(price['description'])}` },
  maxPrice: {
    ...price,
    description: `for all without a maximum of its own: ${String(price['description'])}`,
  },
  price,
  gateways: {
    description: 'prices of transcoding by the address of the gateway',
    type: ['object', 'null'],
    propertyNames: { pattern: '^0x[0-9a-fA-F]{40}$' },
    additionalProperties: price,
  },
  gateway: { ...address, description: 'the only gateway that the price is for' },
  pipeline: { type: 'string', description: "go-livepeer's name: text-to-image" },
  model: { type: 'string', description: 'default, or absent, for every model without a price of its own' },
  ticketEv: amount('expected value of a ticket'),
  maxFaceValue: amount('maximum face value of a ticket, 0 for none'),
  autoAdjustPrice: { type: 'boolean', description: 'whether the price pays for redemptions too' },
  maxTicketEv: amount('maximum expected value of a ticket'),
  maxTotalEv: amount('maximum expected value of a payment'),
  depositMultiplier: { type: 'integer', minimum: 0 },
}

/** The JSON Schema of the price file, for editors. */
export function describePriceFile(): object {
  const capabilities = (keys: readonly string[]): Schema => ({
    type: ['array', 'null'],
    items: { ...object(keys), type: 'object', required: ['pipeline', 'price'] },
  })
  const { root, orchestrator, gateway, price: priced, limit } = priceFileKeys
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'lp-pay price file',
    ...object(root, {
      orchestrator: object(orchestrator, { capabilities: capabilities(priced) }),
      gateway: object(gateway, { capabilities: capabilities(limit) }),
    }),
  }
}

function object(keys: readonly string[], special: Readonly<Record<string, Schema>> = {}): Schema {
  const properties = Object.fromEntries(keys.map((key) => [key, special[key] ?? values[key]]))
  const missing = keys.filter((key) => properties[key] === undefined)
  if (missing.length > 0) throw new Error(`the price file's schema does not know ${missing.join(', ')}`)
  return { type: ['object', 'null'], properties, additionalProperties: false }
}
