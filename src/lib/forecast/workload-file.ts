import type { Document } from 'yaml'

import { ConfigurationError } from '../errors.ts'
import { readTextFile } from '../files/read-text-file.ts'
import { parsePrice } from '../pricing/price.ts'
import type { Rate } from '../pricing/rate.ts'
import { parseShape } from '../pricing/shape.ts'
import { Field } from '../text/field.ts'
import { readStrictYaml } from '../text/strict-yaml.ts'
import { parseDuration } from '../units/duration.ts'
import { parseWeiWithUnit } from '../units/wei.ts'
import { streamsOf } from './stream-class.ts'
import type { StreamsOfClass } from './stream-class.ts'
import { parseSpend, parseStreams } from './values.ts'

/** A hundred classes of streams need less. */
const maxBytes = 64 * 1024
const mostClasses = 100
const seeExample = 'see docs/sizing.md for an example'

const classKeys = ['name', 'streams', 'shape', 'price', 'interval', 'spend', 'ticketEv', 'faceValue'] as const
type ClassFields = Partial<Record<(typeof classKeys)[number], Field>>

export interface WorkloadFileOptions {
  /** For prices that are not in ETH. */
  readonly rate?: Rate | undefined
  /** How often streams pay that do not say so. */
  readonly intervalSeconds: number
}

/**
 * Reads a file of several classes of streams.
 *
 * @throws {ConfigurationError} WORKLOAD_FILE_MISSING, FILE_UNREADABLE, WORKLOAD_FILE_INVALID with line and column
 * @throws {UsageError} INPUT_TOO_LONG
 */
export async function readWorkloadFile(
  path: string,
  options: WorkloadFileOptions,
): Promise<StreamsOfClass[]> {
  const text = await readTextFile(path, maxBytes)
  if (text === undefined) {
    throw new ConfigurationError('WORKLOAD_FILE_MISSING', `there is no workload file ${path}`, {
      details: { file: path },
      nextSteps: [seeExample],
    })
  }
  return parseWorkloadFile(text, path, options)
}

/** @throws {ConfigurationError} WORKLOAD_FILE_INVALID with line and column */
export function parseWorkloadFile(
  text: string,
  path: string,
  options: WorkloadFileOptions,
): StreamsOfClass[] {
  return readStrictYaml(
    text,
    (document) => readClasses(document, options),
    ({ message, place, nextStep, cause }) =>
      new ConfigurationError('WORKLOAD_FILE_INVALID', `${path} is not a valid workload: ${message}`, {
        details: { file: path, ...place },
        nextSteps: [nextStep ?? seeExample],
        cause,
      }),
  )
}

function readClasses(document: Document, options: WorkloadFileOptions): StreamsOfClass[] {
  const root = new Field('', document.contents, 0, { whole: 'a workload', offsets: new Map() })
  const { classes } = root.fields(['classes'])
  const items = classes?.items() ?? []
  if (items.length === 0) throw root.fault('has no classes of streams', seeExample)
  if (items.length > mostClasses) throw root.fault(`has more than ${String(mostClasses)} classes of streams`)
  return items.map((item) => readClass(item, options))
}

function readClass(item: Field, options: WorkloadFileOptions): StreamsOfClass {
  const fields = item.fields(classKeys)
  const { spend } = fields
  const streams = spend === undefined ? readStreams(item, fields, options) : readSpend(spend, fields, options)
  const ticketEvWei = fields.ticketEv?.read(parseAmount)
  const faceValueWei = fields.faceValue?.read(parseAmount)
  if (ticketEvWei !== undefined && faceValueWei !== undefined && faceValueWei < ticketEvWei) {
    throw item.fault('has a face value below its ticket EV')
  }
  const name = fields.name?.read((text) => text)
  return {
    ...(name !== undefined && { name }),
    ...streams,
    ...(ticketEvWei !== undefined && { ticketEvWei }),
    ...(faceValueWei !== undefined && { faceValueWei }),
  }
}

function readStreams(
  item: Field,
  { streams, shape, price, interval }: ClassFields,
  { rate, intervalSeconds }: WorkloadFileOptions,
): StreamsOfClass {
  if (streams === undefined) throw item.fault('has no streams', 'say how many, as in streams: 100')
  if (price === undefined) throw item.fault('has no price', 'say it, as in price: 1200wei/pixel')
  const said = {
    streams: streams.read(parseStreams),
    shape: shape?.read(parseShape),
    intervalSeconds: interval?.read(parseDuration) ?? intervalSeconds,
  }
  return price.read((text) => streamsOf({ ...said, price: parsePrice(text) }, rate))
}

function readSpend(
  spend: Field,
  { streams, shape, price, interval }: ClassFields,
  { rate }: WorkloadFileOptions,
): StreamsOfClass {
  const surplus = streams ?? shape ?? price ?? interval
  if (surplus !== undefined) throw surplus.fault('does not go with what is spent: leave out one of the two')
  return spend.read((text) => streamsOf({ spend: parseSpend(text) }, rate))
}

const parseAmount = (text: string) => parseWeiWithUnit(text)
