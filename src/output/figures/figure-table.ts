import type { Figure, Quantity } from './figure.ts'
import { formatQuantity } from './ticks.ts'
import type { Axis } from './figure.ts'

/** A figure in words: what it is drawn from, for who does not see it. */
export interface FigureTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const mostRows = 25

/** Every value of a figure; of long series evenly spread ones, with the first and the last. */
export function figureTable(figure: Figure): FigureTable {
  switch (figure.kind) {
    case 'fan': {
      const { at, bands, median, chance, x, y } = figure
      const text = (values: readonly Quantity[], index: number) => formatQuantity(y, values[index] ?? 0)
      return {
        headings: [
          headingOf(x),
          headingOf({ ...y, label: median.name }),
          ...bands.map(({ name }) => headingOf({ ...y, label: name })),
          ...(chance === undefined ? [] : [`${chance.name} (%)`]),
        ],
        rows: spreadOver(at.length).map((index) => [
          formatQuantity(x, at[index] ?? 0),
          text(median.values, index),
          ...bands.map(({ low, high }) => `${text(low, index)} to ${text(high, index)}`),
          ...(chance === undefined ? [] : [percentText(chance.values[index] ?? 0)]),
        ]),
      }
    }
    case 'distribution': {
      const { bars, x, y } = figure
      return {
        headings: [headingOf(x), headingOf(y)],
        rows: spreadOver(bars.length).map((index) => {
          const { from, to, height } = bars[index] ?? { from: 0, to: 0, height: 0 }
          return [`${formatQuantity(x, from)} to ${formatQuantity(x, to)}`, formatQuantity(y, height)]
        }),
      }
    }
    case 'lines': {
      const { at, series, x, y } = figure
      return {
        headings: [headingOf(x), ...series.map(({ name }) => headingOf({ ...y, label: name }))],
        rows: spreadOver(at.length).map((index) => [
          formatQuantity(x, at[index] ?? 0),
          ...series.map(({ values }) => {
            const value = values[index]
            return value === undefined ? '-' : formatQuantity(y, value)
          }),
        ]),
      }
    }
    case 'heat': {
      const { rows, columns, cells } = figure
      return {
        headings: [`${headingOf(rows)} \\ ${headingOf(columns)}`, ...columns.names],
        rows: rows.names.map((name, index) => [
          name,
          ...(cells[index] ?? []).map((cell) => ('text' in cell ? cell.text : cell.missing)),
        ]),
      }
    }
    case 'ranges': {
      const { rows, x } = figure
      const text = (value: Quantity) => formatQuantity(x, value)
      return {
        headings: ['', headingOf(x), 'expected', 'no surprise from', 'to', 'verdict'],
        rows: rows.map(({ name, seen, expected, low, high, verdict }) => [
          name,
          text(seen),
          text(expected),
          text(low),
          text(high),
          verdict,
        ]),
      }
    }
  }
}

/** `left of the deposit (ETH)` */
export function headingOf({ label, unit }: Pick<Axis, 'label' | 'unit'>): string {
  return unit === undefined ? label : `${label} (${unit})`
}

export function percentText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.01) return '< 0.01'
  if (percent < 100 && percent > 99.99) return '> 99.99'
  return String(Number(percent.toFixed(percent < 1 || percent > 99 ? 2 : 1)))
}

function spreadOver(length: number): number[] {
  if (length <= mostRows) return Array.from({ length }, (_, index) => index)
  return Array.from({ length: mostRows }, (_, index) => Math.round((index * (length - 1)) / (mostRows - 1)))
}
