import { ConfigurationError } from '../errors.ts'
import { readTextFile } from '../files/read-text-file.ts'
import { shellQuote } from '../files/shell-quote.ts'
import { parsePriceFile } from './parse-price-file.ts'
import type { ReadPriceFile } from './parse-price-file.ts'

/** More than a thousand prices. */
const maxBytes = 128 * 1024

/**
 * Reads a price file.
 *
 * @throws {ConfigurationError} PRICE_FILE_MISSING, FILE_UNREADABLE, PRICE_FILE_INVALID with line and column
 * @throws {UsageError} INPUT_TOO_LONG
 */
export async function readPriceFile(path: string): Promise<ReadPriceFile> {
  return parsePriceFile(await readPriceText(path), path)
}

/**
 * The text of a price file as it is.
 *
 * @throws {ConfigurationError} PRICE_FILE_MISSING, FILE_UNREADABLE, PRICE_FILE_INVALID when it is not UTF-8
 * @throws {UsageError} INPUT_TOO_LONG
 */
export async function readPriceText(path: string): Promise<string> {
  const text = await readTextFile(path, maxBytes)
  if (text === undefined) {
    throw new ConfigurationError('PRICE_FILE_MISSING', `there is no price file ${path}`, {
      details: { file: path },
      nextSteps: [`lp-pay price init --file ${shellQuote(path)}`],
    })
  }
  // What replaces broken bytes; writing it back would lose them.
  if (text.includes('\ufffd')) {
    throw new ConfigurationError('PRICE_FILE_INVALID', `${path} is not UTF-8 text`, {
      details: { file: path },
    })
  }
  return text
}
