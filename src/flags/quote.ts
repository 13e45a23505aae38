import * as Flags from '@oclif/core/flags'

import { quoteFields } from '../lib/quote/fields.ts'
import type { QuoteFields } from '../lib/quote/fields.ts'
import type { Shape } from '../lib/pricing/shape.ts'
import { addressFlag } from './address.ts'
import { gasPriceFlag, priceFlag } from './orchestrator.ts'
import { rateFlags } from './rate.ts'

const whole = (parse: (text: string) => bigint, description: string, helpValue: string) =>
  Flags.custom<bigint>({ parse: (text) => Promise.resolve(parse(text)) })({
    description,
    helpGroup: 'JOB',
    helpValue,
  })
const count = (parse: (text: string) => bigint, description: string) => whole(parse, description, 'N')
const duration = (parse: (text: string) => bigint, description: string) => whole(parse, description, '1h')

const renditionsFlag = Flags.custom<readonly Shape[]>({
  parse: (text) => Promise.resolve(quoteFields.out(text)),
})
const pictureFlag = Flags.custom<Shape>({ parse: (text) => Promise.resolve(quoteFields.shape(text)) })
const modelFlag = Flags.custom({ parse: (text) => Promise.resolve(quoteFields.model(text)) })
const ticketAmount = (parse: (text: string) => bigint, description: string) =>
  Flags.custom<bigint>({ parse: (text) => Promise.resolve(parse(text)) })({
    description,
    helpGroup: 'TICKET',
    helpValue: 'AMOUNT',
  })

/** What a job is, by the names that its line of JSON has too. */
const jobFlags = {
  out: renditionsFlag({
    description: 'renditions of transcoding: 720p30,360p30',
    helpGroup: 'JOB',
    helpValue: 'SHAPES',
  }),
  duration: duration(quoteFields.duration, 'how long the stream, the session or the audio lasts'),
  segment: duration(quoteFields.segment, 'how long a segment of transcoding lasts; 2s when absent'),
  interval: duration(quoteFields.interval, 'time between payments of a live session; 5s when absent'),
  shape: pictureFlag({
    description: 'size of an image: 1024x1024',
    helpGroup: 'JOB',
    helpValue: 'SHAPE',
  }),
  images: count(quoteFields.images, 'images of one request; 1 when absent'),
  tokens: count(quoteFields.tokens, 'maximum tokens of llm; 256 when absent'),
  characters: count(quoteFields.characters, 'characters of text-to-speech'),
  bytes: count(quoteFields.bytes, 'their bytes in UTF-8; as many as characters when absent'),
  requests: count(quoteFields.requests, 'requests of each session, one after the other; 1 when absent'),
  concurrency: count(quoteFields.concurrency, 'how many sessions at once; 1 when absent'),
}

export const quoteFlags = {
  ...jobFlags,
  jobs: Flags.string({
    description: 'quote every job of a file of NDJSON, one an object; - reads standard input',
    helpValue: 'FILE',
  }),
  price: priceFlag({
    description: "the orchestrator's price",
    helpGroup: 'PRICE',
  }),
  file: Flags.string({
    description: 'price file of the orchestrator, instead of a price',
    helpGroup: 'PRICE',
    helpValue: 'PATH',
    exclusive: ['price'],
  }),
  model: modelFlag({
    description: 'model whose price in the file is meant; every model when absent',
    helpGroup: 'PRICE',
    helpValue: 'MODEL',
  }),
  ...rateFlags,
  told: Flags.boolean({
    description: 'the price is as the orchestrator tells it: redemptions are in it',
    helpGroup: 'PRICE',
  }),
  sender: addressFlag({
    description: "the gateway's account, whose reserve and gas price are read from the chain",
    helpGroup: 'TICKET',
  }),
  reserve: ticketAmount(quoteFields.reserve, "suppose this reserve of the sender's"),
  'gas-price': gasPriceFlag({
    description: 'suppose this gas price, with its unit',
    helpGroup: 'TICKET',
  }),
  'ticket-ev': ticketAmount(quoteFields['ticket-ev'], "the orchestrator's ticket EV; 8gwei when absent"),
  'face-value': ticketAmount(quoteFields['face-value'], 'face value of its tickets, instead of what follows'),
}

/** The fields among the flags. */
export function toQuoteFields(flags: QuoteFields): QuoteFields {
  return Object.fromEntries(
    Object.entries(flags).filter(([name, value]) => Object.hasOwn(quoteFields, name) && value !== undefined),
  )
}
