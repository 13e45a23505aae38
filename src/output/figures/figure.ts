/** Amounts as bigint, so that what is printed is exact; their place in a picture is a float. */
export type Quantity = number | bigint

interface AnyAxis {
  /** What is measured, in lower case: `left of the deposit`. */
  readonly label: string
  /** Said once, beside the label: `ETH`. */
  readonly unit?: string
  readonly scale?: 'linear' | 'log'
  /** Steps that ticks may have, ascending, where 1, 2 and 5 times a power of ten are not round: 6 and 12 hours. */
  readonly steps?: readonly bigint[]
}

/** Of whole numbers: wei, hours, winners. Its quantities are bigint; numbers are rounded. */
export interface WholeAxis extends AnyAxis {
  readonly values: 'bigint'
  /** The text of a tick or a value, without the unit. */
  readonly format: (value: bigint) => string
}

/** Of probabilities, shares and the like. */
export interface RealAxis extends AnyAxis {
  readonly values: 'number'
  readonly format: (value: number) => string
}

/** `axes.ts` makes the usual ones. */
export type Axis = WholeAxis | RealAxis

interface AnyFigure {
  /** One line, as a heading: `What is left of the deposit`. */
  readonly title: string
  /** What it shows, in a sentence or two: below the picture, and read out in its place. */
  readonly caption: string
}

/** A line across the picture at a quantity of the x axis: a mean, a quantile, now. */
export interface Mark {
  readonly at: Quantity
  readonly name: string
  /** The exact amount, with its unit: `0.287 ETH`. */
  readonly text: string
}

/** What holds with a probability: nine of ten paths are between `low` and `high`. */
export interface FanBand {
  /** of 1 */
  readonly probability: number
  readonly name: string
  readonly low: readonly Quantity[]
  readonly high: readonly Quantity[]
}

/** A quantity over time that is left to chance: bands around a median. Everything has a value for each of `at`. */
export interface FanChart extends AnyFigure {
  readonly kind: 'fan'
  readonly x: Axis
  readonly y: Axis
  readonly at: readonly Quantity[]
  readonly bands: readonly FanBand[]
  readonly median: { readonly name: string; readonly values: readonly Quantity[] }
  /** Drawn below, on the same x axis: the probability of being dry by then. */
  readonly chance?: { readonly name: string; readonly values: readonly number[] }
  readonly marks?: readonly Mark[]
}

/** How often an amount comes out: bars side by side, each for what is from `from` to below `to`. */
export interface Distribution extends AnyFigure {
  readonly kind: 'distribution'
  readonly x: Axis
  readonly y: Axis
  readonly bars: readonly { readonly from: Quantity; readonly to: Quantity; readonly height: number }[]
  readonly marks: readonly Mark[]
}

/** Several series over the same x; undefined where one has no value, as at gas prices at which a sender is refused. */
export interface LineChart extends AnyFigure {
  readonly kind: 'lines'
  readonly x: Axis
  readonly y: Axis
  readonly at: readonly Quantity[]
  readonly series: readonly { readonly name: string; readonly values: readonly (Quantity | undefined)[] }[]
  readonly marks?: readonly Mark[]
}

/** A combination: a value to colour it by and its text, or a word for why it has none. */
export type HeatCell = { readonly value: number; readonly text: string } | { readonly missing: string }

/** A value for every combination of a row and a column. */
export interface HeatMap extends AnyFigure {
  readonly kind: 'heat'
  /** What the colours mean: `net income in 30 days (ETH)`. */
  readonly measure: string
  /** Of the colours: `log` where values differ by orders of magnitude. */
  readonly scale?: 'linear' | 'log'
  readonly columns: { readonly label: string; readonly unit?: string; readonly names: readonly string[] }
  readonly rows: { readonly label: string; readonly unit?: string; readonly names: readonly string[] }
  /** One list for each row. */
  readonly cells: readonly (readonly HeatCell[])[]
}

/** What was seen, on the range that would have been no surprise: one line for each sender. */
export interface RangeChart extends AnyFigure {
  readonly kind: 'ranges'
  readonly x: Axis
  readonly rows: readonly {
    readonly name: string
    readonly low: Quantity
    readonly high: Quantity
    readonly expected: Quantity
    readonly seen: Quantity
    /** Set apart, as what needs to be looked at. */
    readonly isRemarkable: boolean
    /** What is said of it: `plausible`. */
    readonly verdict: string
  }[]
}

export type Figure = FanChart | Distribution | LineChart | HeatMap | RangeChart
