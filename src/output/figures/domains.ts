import { percentAxis } from './axes.ts'
import type { Axis, Distribution, FanChart, LineChart, Quantity } from './figure.ts'
import { domainOf } from './scale.ts'
import { roundOut } from './ticks.ts'
import type { Domain } from './ticks.ts'

/** What the axes of a figure reach over, in a terminal as in an SVG. */
export interface Domains {
  readonly xDomain: Domain
  readonly yDomain: Domain
}

interface Extent {
  readonly x: Axis
  readonly y: Axis
  /** All that is to be seen; heights are from zero on. */
  readonly places: readonly Quantity[]
  readonly heights: readonly Quantity[]
}

function domainsOf({ x, y, places, heights }: Extent, most: number): Domains {
  return {
    xDomain: domainOf(x, places, 'least'),
    yDomain: roundOut(y, domainOf(y, heights, 'zero'), most),
  }
}

/** @param most ticks of the vertical axis */
export function distributionDomains({ x, y, bars, marks }: Distribution, most: number): Domains {
  const places = [...bars.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)]
  return domainsOf({ x, y, places, heights: bars.map(({ height }) => height) }, most)
}

/** @param most ticks of the vertical axis */
export function lineDomains({ x, y, at, series, marks = [] }: LineChart, most: number): Domains {
  const places = [...at, ...marks.map((mark) => mark.at)]
  const heights = series.flatMap(({ values }) => values.filter((value) => value !== undefined))
  return domainsOf({ x, y, places, heights }, most)
}

export interface FanDomains extends Domains {
  /** The axis of the probability below. */
  readonly percent: Axis
  readonly chanceDomain: Domain
}

/** @param most ticks of the vertical axis, and of that of the probability below */
export function fanDomains(figure: FanChart, most: number, mostOfChance: number): FanDomains {
  const { x, y, at, bands, median, chance, marks = [] } = figure
  const places = [...at, ...marks.map((mark) => mark.at)]
  const heights = [...median.values, ...bands.flatMap(({ low, high }) => [...low, ...high])]
  const percent = percentAxis(chance?.name ?? '')
  return {
    ...domainsOf({ x, y, places, heights }, most),
    percent,
    chanceDomain: roundOut(percent, domainOf(percent, chance?.values ?? [], 'zero'), mostOfChance),
  }
}
