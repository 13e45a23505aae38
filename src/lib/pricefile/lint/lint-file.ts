import { parsePriceFile } from '../parse-price-file.ts'
import { readPriceText } from '../price-file.ts'
import type { LintOptions, LintReport } from './finding.ts'
import { isNodeJson, lintNodeJson } from './lint-node-json.ts'
import { lintPriceFile } from './lint-price-file.ts'

/**
 * Checks a price file, or one of go-livepeer's JSON files with prices.
 *
 * @throws {ConfigurationError} PRICE_FILE_MISSING, PRICE_FILE_INVALID, NODE_JSON_INVALID with line and column
 */
export async function lintFile(path: string, options: LintOptions = {}): Promise<LintReport> {
  const text = await readPriceText(path)
  return isNodeJson(text, path)
    ? lintNodeJson(text, path, options)
    : lintPriceFile(parsePriceFile(text, path), options)
}
