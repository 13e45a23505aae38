import { access } from 'node:fs/promises'

import { ConfigurationError, DeclinedError } from '../../lib/errors.ts'
import type { LintReport } from '../../lib/pricefile/lint/finding.ts'
import { lintPriceFile } from '../../lib/pricefile/lint/lint-price-file.ts'
import { newPriceText, parsePriceAnswer, writeNewPriceFile } from '../../lib/pricefile/new-price-file.ts'
import type { NewPriceFile } from '../../lib/pricefile/new-price-file.ts'
import { parsePriceFile } from '../../lib/pricefile/parse-price-file.ts'
import { canAsk } from '../terminal.ts'
import { askPrices, confirmPrices } from './ask-prices.ts'

export interface MakePriceFileOptions {
  readonly path: string
  /** `KEY=VALUE`; asked for when absent. */
  readonly values: readonly string[] | undefined
  /** Shown what would be written, before it is asked about. */
  readonly onDraft: (text: string, report: LintReport) => void
}

/**
 * Makes a price file, by asking or from values.
 *
 * @throws {DeclinedError} PRICES_NEED_TERMINAL, DECLINED, PROMPT_CANCELLED
 * @throws {ConfigurationError} FILE_EXISTS, FILE_NOT_WRITTEN
 * @throws {UsageError} PRICE_ANSWER_INVALID, PRICE_KEY_UNKNOWN, and what is wrong with a value
 */
export async function makePriceFile({ path, values, onDraft }: MakePriceFileOptions): Promise<NewPriceFile> {
  if (values !== undefined) return writeNewPriceFile(path, newPriceText(values.map(parsePriceAnswer)))
  if (!canAsk()) {
    throw new DeclinedError('PRICES_NEED_TERMINAL', 'there is no terminal to ask at; nothing was written', {
      nextSteps: ['lp-pay price init --set orchestrator.transcoding=1200wei/pixel'],
    })
  }
  // Before the questions rather than after them.
  if (await exists(path)) {
    throw new ConfigurationError('FILE_EXISTS', `${path} exists already`, {
      details: { path },
      nextSteps: ['lp-pay price set changes single values of it'],
    })
  }
  const text = newPriceText(await askPrices())
  onDraft(text, lintPriceFile(parsePriceFile(text, path)))
  await confirmPrices(path)
  return writeNewPriceFile(path, text)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
