import { CheckFailedError } from '../../errors.ts'
import type { LpPayError } from '../../errors.ts'
import type { ReadPriceFile } from '../parse-price-file.ts'
import { pricedJobs } from '../priced-jobs.ts'
import { report, warning } from './finding.ts'
import type { LintOptions, LintReport } from './finding.ts'
import { lintLimits } from './lint-limits.ts'
import { currenciesWithoutRate, lintPrices } from './lint-prices.ts'
import { lintTickets } from './lint-tickets.ts'

/** Holds a price file against what go-livepeer makes of it, against itself, and against what is seen on the network. */
export function lintPriceFile(
  { fileName, prices, placeOf }: ReadPriceFile,
  options: LintOptions = {},
): LintReport {
  const jobs = pricedJobs(prices)
  const findings = [
    ...(jobs.length === 0 ? [warning('PRICES_MISSING', '', 'there is no price in it')] : []),
    ...lintPrices(jobs, options),
    ...(prices.orchestrator ? lintTickets(prices.orchestrator, jobs, options) : []),
    ...lintLimits(prices, jobs, options),
  ]
  return report(fileName, 'priceFile', findings, placeOf, currenciesWithoutRate(jobs, options))
}

/** The error that a report amounts to. */
export function failedLint(
  { file, errors, warnings }: LintReport,
  isStrict: boolean,
): LpPayError | undefined {
  if (errors === 0 && !(isStrict && warnings > 0)) return undefined
  return new CheckFailedError(
    'PRICES_WRONG',
    `${file}: ${String(errors)} errors, ${String(warnings)} warnings`,
    {
      details: { file, errors, warnings },
    },
  )
}
