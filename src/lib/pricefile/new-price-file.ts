import { UsageError } from '../errors.ts'
import { writeNewFile } from '../files/write-file-atomic.ts'
import { parsePriceFile } from './parse-price-file.ts'
import { editPrice } from './set-price.ts'

/** One value of a new file, by its key: `gateway.maxPrice`. */
export interface PriceAnswer {
  readonly key: string
  readonly value: string
}

const heading = `# Prices of a Livepeer node. lp-pay price check looks for mistakes, lp-pay price export makes go-livepeer's flags.
`

/**
 * The text of a new price file.
 *
 * @throws {UsageError} PRICES_MISSING, PRICE_KEY_UNKNOWN, and what is wrong with a value
 */
export function newPriceText(answers: readonly PriceAnswer[]): string {
  if (answers.length === 0) {
    throw new UsageError('PRICES_MISSING', 'there is nothing to write', {
      nextSteps: ['lp-pay price init --set orchestrator.transcoding=1200wei/pixel'],
    })
  }
  return answers.reduce((text, { key, value }) => editPrice(text, 'the new file', key, value).text, heading)
}

/** A new price file that is written. */
export interface NewPriceFile {
  readonly file: string
  readonly text: string
}

/**
 * Writes a price file that must not exist yet. Everybody may read it: prices are no secret.
 *
 * @throws {ConfigurationError} FILE_EXISTS, FILE_NOT_WRITTEN, PRICE_FILE_INVALID
 */
export async function writeNewPriceFile(path: string, text: string): Promise<NewPriceFile> {
  parsePriceFile(text, path)
  await writeNewFile(path, text, { mode: 0o644 })
  return { file: path, text }
}

/**
 * Reads `gateway.maxPrice=2000wei/pixel`.
 *
 * @throws {UsageError} PRICE_ANSWER_INVALID
 */
export function parsePriceAnswer(text: string): PriceAnswer {
  const [, key, value] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (key === undefined || value === undefined) {
    throw new UsageError('PRICE_ANSWER_INVALID', 'it is no key and value', {
      nextSteps: ['write gateway.maxPrice=2000wei/pixel'],
    })
  }
  return { key: key.trim(), value: value.trim() }
}
