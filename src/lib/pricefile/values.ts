import { UsageError } from '../errors.ts'
import { parseWeiWithUnit } from '../units/wei.ts'

/**
 * An amount of ETH with its unit, or 0.
 *
 * @throws {UsageError} AMOUNT_UNIT_MISSING, AMOUNT_INVALID
 */
export function parseAmount(text: string): bigint {
  return parseWeiWithUnit(text, { allowZero: true })
}

/** @throws {UsageError} SWITCH_INVALID */
export function parseSwitch(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  throw new UsageError('SWITCH_INVALID', 'it is neither true nor false')
}

/** @throws {UsageError} NUMBER_INVALID */
export function parseWholeNumber(text: string): bigint {
  if (/^\d{1,15}$/.test(text)) return BigInt(text)
  throw new UsageError('NUMBER_INVALID', 'it is not a whole number')
}

/**
 * The name of a pipeline: `text-to-image`.
 *
 * @throws {UsageError} PIPELINE_INVALID
 */
export function parsePipeline(text: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60) return text
  throw new UsageError('PIPELINE_INVALID', 'it is not the name of a pipeline', {
    nextSteps: ['write it as go-livepeer does: text-to-image'],
  })
}

/**
 * The name of a model: `stabilityai/sd-turbo`.
 *
 * @throws {UsageError} MODEL_INVALID
 */
export function parseModel(text: string): string {
  if (/^[\w@.:/+-]{1,200}$/.test(text)) return text
  throw new UsageError('MODEL_INVALID', 'it is not the name of a model', {
    nextSteps: ['write it as the network does: stabilityai/sd-turbo'],
  })
}
