import { formatShort } from '../lib/pm/rational.ts'
import type { Rational } from '../lib/pm/rational.ts'
import type { PriceExport } from '../lib/pricefile/export-prices.ts'
import type { ListedPrice, PriceListing } from '../lib/pricefile/list-prices.ts'
import type { LintReport, PlacedFinding } from '../lib/pricefile/lint/finding.ts'
import type { NewPriceFile } from '../lib/pricefile/new-price-file.ts'
import type { PriceChange } from '../lib/pricefile/set-price.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { counted } from './amounts.ts'
import { rateLine } from './render-rate.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderLint(report: LintReport): string {
  const { findings, errors, warnings, skippedCurrencies } = report
  const file = sanitize(report.file)
  const counts =
    errors + warnings === 0
      ? 'nothing is wrong'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`
  return [
    ...findings.flatMap((finding) => renderFinding(file, finding)),
    ...(skippedCurrencies.length > 0
      ? [`not held against anything without --rate: prices in ${skippedCurrencies.join(', ')}`]
      : []),
    `${file}: ${counts}`,
  ].join('\n')
}

function renderFinding(
  file: string,
  { severity, code, line, column, message, hint }: PlacedFinding,
): string[] {
  const mark = severity === 'error' ? out.red('error') : out.yellow('warning')
  return [
    `${file}:${String(line)}:${String(column)} ${mark} ${code}: ${sanitize(message)}`,
    ...(hint === null ? [] : [`  ${out.dim(sanitize(hint))}`]),
  ]
}

export function renderPrices({ rate, prices, settings }: PriceListing): string {
  const headings = ['', 'price', 'wei', ...(rate === null ? [] : [rate.currency])]
  const sections = (['orchestrator', 'gateway'] as const).flatMap((side) => {
    const ofSide = prices.filter((price) => price.side === side)
    const set = settings.filter(({ path }) => path.startsWith(`${side}.`))
    if (ofSide.length + set.length === 0) return []
    return [
      out.dim(side),
      ...(ofSide.length === 0
        ? []
        : [
            renderTable(
              headings,
              ofSide.map((price) => row(price, rate !== null)),
            ),
          ]),
      ...(set.length === 0
        ? []
        : [renderFacts(set.map(({ path, value }) => [path.slice(side.length + 1), value]))]),
      '',
    ]
  })
  const missing = prices.filter(({ weiPerUnit }) => weiPerUnit === null)
  return [
    ...(sections.length === 0 ? ['there is no price in it'] : sections.slice(0, -1)),
    ...(rate === null ? [] : ['', out.dim(rateLine(rate))]),
    ...(missing.length === 0
      ? []
      : ['', 'a price without wei needs --rate or an RPC, or is for what a node does not count']),
  ].join('\n')
}

function row({ what, price, weiPerUnit, unit, converted }: ListedPrice, hasRate: boolean): readonly string[] {
  return [
    sanitize(what),
    price,
    weiPerUnit === null ? '-' : `${fraction(weiPerUnit)} wei/${unit}`,
    ...(hasRate ? [converted === null ? '-' : `${fraction(converted.amount)}/${converted.unit}`] : []),
  ]
}

/** With 6 decimals at most; `~` when that is not all. */
export function fraction(value: Rational): string {
  const text = formatShort(value, 6)
  const isExact = (value.numerator * 10n ** 6n) % value.denominator === 0n
  return isExact ? text : `~${text}`
}

export function renderPriceChange({ file, key, before, after, changed }: PriceChange): string {
  const shown = (value: string | null) => (value === null ? '-' : sanitize(value))
  if (!changed) return `nothing to do: ${sanitize(key)} is ${after === null ? 'not set' : shown(after)}`
  return `${sanitize(key)}: ${shown(before)} -> ${shown(after)}\n${out.dim(`file: ${sanitize(file)}`)}`
}

export function renderExport({ flags, json }: PriceExport): string {
  if (json !== null) return json
  return flags
    .map(({ node, flags: words }) => [...(flags.length > 1 ? [`# ${node}`] : []), words.join(' ')].join('\n'))
    .join('\n')
}

export function renderNewPriceFile({ file }: NewPriceFile): string {
  return `${sanitize(file)} is written\n${out.dim('next: lp-pay price check, lp-pay price export')}`
}
