import { isMap, isScalar, isSeq } from 'yaml'
import type { Document } from 'yaml'

import { parseAddress } from '../../account/address.ts'
import { ConfigurationError, LpPayError } from '../../errors.ts'
import { divideRational, rational } from '../../pm/rational.ts'
import type { Rational } from '../../pm/rational.ts'
import { offsetOf, readStrictYaml, textOf, YamlFault } from '../../text/strict-yaml.ts'
import { billedUnit } from '../pipelines.ts'
import type { NodeJsonKind } from '../node-json.ts'
import type { PricedJob } from '../priced-jobs.ts'
import { error, report, warning } from './finding.ts'
import type { Finding, LintOptions, LintReport } from './finding.ts'
import { currenciesWithoutRate, lintPrices } from './lint-prices.ts'

/** Whether a text is one of go-livepeer's JSON files with prices, rather than lp-pay's YAML. */
export function isNodeJson(text: string, fileName: string): boolean {
  return (
    fileName.endsWith('.json') || /^\s*(\[|\{\s*"(gateways|broadcasters|capabilities_prices)"\s*:)/.test(text)
  )
}

/**
 * Holds a file for -pricePerGateway, -maxPricePerCapability or -aiModels against what go-livepeer makes of it, which is
 * often to go on without the prices.
 *
 * @throws {ConfigurationError} NODE_JSON_INVALID with line and column
 */
export function lintNodeJson(text: string, fileName: string, options: LintOptions = {}): LintReport {
  const invalid = (message: string, details: object = {}, cause?: unknown) =>
    new ConfigurationError('NODE_JSON_INVALID', `${fileName}: ${message}`, {
      details: { file: fileName, ...details },
      nextSteps: ['go-livepeer only logs this, and goes on without the prices'],
      cause,
    })
  return readStrictYaml(
    text,
    (document, placeOf) => {
      try {
        JSON.parse(text.replace(/^\ufeff/, ''))
      } catch (cause) {
        throw invalid('it is not JSON', {}, cause)
      }
      const { kind, entries, findings } = entriesOf(document)
      const offsets = new Map<string, number>()
      const read = entries.map((entry) => {
        offsets.set(entry.path, entry.offset)
        return readEntry(kind, entry)
      })
      const jobs = read.flatMap(({ job }) => (job === undefined ? [] : [job]))
      return report(
        fileName,
        kind,
        [...findings, ...read.flatMap((each) => each.findings), ...lintPrices(jobs, options)],
        (path) => placeOf(offsets.get(path) ?? 0),
        currenciesWithoutRate(jobs, options),
      )
    },
    ({ message, place, cause }) => invalid(message, place, cause),
  )
}

interface Entry {
  readonly path: string
  readonly offset: number
  readonly values: ReadonlyMap<string, string>
}

interface Keys {
  readonly price: string
  readonly pixels: string
  readonly others: readonly string[]
}

const keysOf: Readonly<Record<NodeJsonKind, Keys>> = {
  pricePerGateway: { price: 'priceperunit', pixels: 'pixelsperunit', others: ['ethaddress', 'currency'] },
  maxPricePerCapability: {
    price: 'price_per_unit',
    pixels: 'pixels_per_unit',
    others: ['pipeline', 'model_id', 'currency'],
  },
  aiModels: {
    price: 'price_per_unit',
    pixels: 'pixels_per_unit',
    others: [
      ...['pipeline', 'model_id', 'currency', 'warm', 'capacity', 'url', 'token', 'optimization_flags'],
      'gateway',
    ],
  },
}

function entriesOf({ contents }: Document): {
  readonly kind: NodeJsonKind
  readonly entries: readonly Entry[]
  readonly findings: readonly Finding[]
} {
  if (isSeq(contents)) return { kind: 'aiModels', entries: contents.items.map(toEntry('')), findings: [] }
  for (const [key, kind] of [
    ['gateways', 'pricePerGateway'],
    ['broadcasters', 'pricePerGateway'],
    ['capabilities_prices', 'maxPricePerCapability'],
  ] as const) {
    const list: unknown = isMap(contents) ? contents.get(key, true) : undefined
    if (list === undefined) continue
    if (!isSeq(list)) throw new YamlFault(offsetOf(list), `${key} must be a list`)
    const findings =
      key === 'broadcasters' ? [warning('KEY_OLD', '', 'broadcasters is the old name of gateways')] : []
    return { kind, entries: list.items.map(toEntry(key)), findings }
  }
  throw new YamlFault(
    0,
    'it is none of the JSON files with prices: it has neither gateways nor capabilities_prices, and is no list of models',
  )
}

function toEntry(list: string) {
  return (node: unknown, index: number): Entry => {
    const path = `${list}[${String(index)}]`
    if (!isMap(node)) throw new YamlFault(offsetOf(node), `${path} must be an object`)
    const values = node.items.map(
      ({ key, value }) => [textOf(key, 'a name'), isScalar(value) ? textOf(value, path) : ''] as const,
    )
    return { path, offset: offsetOf(node), values: new Map(values) }
  }
}

function readEntry(
  kind: NodeJsonKind,
  entry: Entry,
): { readonly findings: readonly Finding[]; readonly job?: PricedJob } {
  const { path, values } = entry
  const { price, pixels, others } = keysOf[kind]
  const findings = [...values.keys()]
    .filter((key) => ![price, pixels, ...others].includes(key))
    .map((key) => warning('KEY_UNKNOWN', path, `go-livepeer does not read "${key.slice(0, 40)}"`))
  const side = kind === 'maxPricePerCapability' ? 'gateway' : 'orchestrator'
  const pipeline = kind === 'pricePerGateway' ? 'transcoding' : (values.get('pipeline') ?? '')
  if (pipeline === '')
    return { findings: [...findings, error('PIPELINE_MISSING', path, 'it has no pipeline')] }
  if (kind === 'pricePerGateway') findings.push(...lintAddress(path, values.get('ethaddress') ?? ''))
  const amount = parseNumber(values.get(price))
  if (amount === undefined) {
    return { findings: [...findings, priceMissing(kind, path, price, values)] }
  }
  const given = values.get(pixels)
  const count = parseNumber(given)
  if (count === undefined && (kind === 'pricePerGateway' || given !== undefined)) {
    const missing =
      given === undefined
        ? 'it has no pixelsperunit: go-livepeer crashes'
        : `${pixels} is not a number above zero`
    return { findings: [...findings, error('PIXELS_PER_UNIT_MISSING', path, missing)] }
  }
  const currency =
    (values.get('currency') ?? '') === '' ? 'WEI' : (values.get('currency') ?? '').toUpperCase()
  if (!/^[A-Z][A-Z0-9]{0,9}$/.test(currency) || currency === 'GWEI') {
    return {
      findings: [
        ...findings,
        error('CURRENCY_UNKNOWN', path, 'go-livepeer knows wei, eth and the other side of its feed'),
      ],
    }
  }
  const unit = billedUnit(pipeline, side)
  return {
    findings,
    job: {
      side,
      path,
      pipeline,
      ...(kind !== 'pricePerGateway' && { model: values.get('model_id') ?? 'default' }),
      price: {
        amount,
        currency,
        unit: {
          quantity: unit.quantity,
          count: divideRational(count ?? rational(1n), rational(unit.perOne)),
        },
      },
      unit,
    },
  }
}

function lintAddress(path: string, address: string): readonly Finding[] {
  try {
    parseAddress(address)
    return []
  } catch (cause) {
    if (!(cause instanceof LpPayError)) throw cause
    return [error('ADDRESS_WRONG', path, cause.message)]
  }
}

function priceMissing(
  kind: NodeJsonKind,
  path: string,
  key: string,
  values: ReadonlyMap<string, string>,
): Finding {
  if (values.has(key)) return error('PRICE_WRONG', path, `${key} is not a number above zero`)
  return kind === 'maxPricePerCapability'
    ? error(
        'PRICE_MISSING',
        path,
        'it has no price: the number of -maxPricePerUnit is taken, but in the currency of this entry',
      )
    : error('PRICE_MISSING', path, 'it has no price')
}

/** A number above zero as go-livepeer reads it from JSON: decimals, and fractions in a text. */
function parseNumber(text: string | undefined): Rational | undefined {
  const [, whole = '', decimals = '', denominator = '1', exponent = '0'] =
    /^(\d{1,40})(?:\.(\d{1,40}))?(?:\/(\d{1,40})|e\+?(\d{1,2}))?$/i.exec(text ?? '') ?? []
  if (whole === '' || BigInt(denominator) === 0n) return undefined
  const value = rational(
    BigInt(whole + decimals) * 10n ** BigInt(exponent),
    10n ** BigInt(decimals.length) * BigInt(denominator),
  )
  return value.numerator === 0n ? undefined : value
}
