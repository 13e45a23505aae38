import { formatRational, formatShort } from '../lib/pm/rational.ts'
import type { Rational } from '../lib/pm/rational.ts'
import type { Conversion, SaidPrice } from '../lib/pricefile/say-price.ts'
import { rateLine } from './render-rate.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderConversion({ price, rate, conversions, node }: SaidPrice): string {
  const [only] = conversions
  const said =
    conversions.length === 1 && only !== undefined
      ? `${price} = ${digits(only.amount)} ${only.currency}/${only.unit}`
      : renderGrid(conversions)
  const isRounded = conversions.some(({ amount }) => !isExact(amount))
  return [
    said,
    ...(isRounded ? [out.dim('~ rounded to 12 digits; --json has the exact fraction')] : []),
    ...(rate === null ? [] : [out.dim(rateLine(rate))]),
    ...(node === null
      ? []
      : [
          renderFacts(
            (
              [
                ['orchestrator', node.orchestrator],
                ['gateway', node.gateway],
                ['JSON files', node.json],
              ] as const
            ).flatMap(([name, words]) => (words === null ? [] : [[name, words] as const])),
          ),
        ]),
  ].join('\n')
}

/** A row for each unit, a column for each currency. */
function renderGrid(conversions: readonly Conversion[]): string {
  const currencies = [...new Set(conversions.map(({ currency }) => currency))]
  const units = [...new Set(conversions.map(({ unit }) => unit))]
  return renderTable(
    ['for one', ...currencies],
    units.map((unit) => [
      unit,
      ...currencies.map((currency) => {
        const found = conversions.find((each) => each.unit === unit && each.currency === currency)
        return found === undefined ? '' : digits(found.amount)
      }),
    ]),
  )
}

const significant = 12

/** All digits where they end within 24, else so many that count, with `~`. */
function digits(amount: Rational): string {
  if (isExact(amount)) return formatShort(amount, 24)
  const { numerator, denominator } = amount
  const longer = numerator.toString().length - denominator.toString().length
  const decimals = Math.max(0, significant - longer)
  // Of two numbers with as many digits either may be the greater, which is a digit more or less.
  const isBelow =
    decimals > 0 && formatRational(amount, decimals).replace(/^0\.0*|\./g, '').length <= significant
  return `~${formatShort(amount, isBelow ? decimals : Math.max(0, decimals - 1))}`
}

function isExact({ numerator, denominator }: Rational): boolean {
  return (numerator * 10n ** 24n) % denominator === 0n
}
