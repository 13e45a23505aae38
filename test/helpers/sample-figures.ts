import { rational } from '../../src/lib/pm/rational.ts'
import { seededRandom } from '../../src/lib/probability/random-source.ts'
import { audit } from '../../src/lib/simulation/audit.ts'
import { simulateDeposit } from '../../src/lib/simulation/deposit-paths.ts'
import { earnings } from '../../src/lib/simulation/earnings.ts'
import { gasTable } from '../../src/lib/simulation/gas-table.ts'
import { sensitivity } from '../../src/lib/simulation/sensitivity.ts'
import { winnersWithin } from '../../src/lib/simulation/winners.ts'
import { ticketClasses } from '../../src/lib/simulation/workload.ts'
import { count, eth } from '../../src/output/amounts.ts'
import { amountAxis, countAxis, hoursAxis, percentAxis } from '../../src/output/figures/axes.ts'
import type {
  Distribution,
  FanChart,
  Figure,
  HeatMap,
  LineChart,
  RangeChart,
} from '../../src/output/figures/figure.ts'
import type { Report } from '../../src/output/figures/report/report.ts'
import { formatWei } from '../../src/lib/units/wei.ts'

const milliEth = 10n ** 15n
const gweiWei = 10n ** 9n
const gas = { ticket: 95_000n, single: 180_000n, batch: 60_000n }

/** The published workload: 100 streams of 720p30 at 1,200 wei a pixel. */
export const sampleClasses = ticketClasses([
  {
    streams: rational(100n),
    weiPerHour: rational(119_439_360_000_000n),
    ticketEvWei: 1_000n * gweiWei,
    faceValueWei: 1_200_000n * gweiWei,
  },
])

export async function sampleFan(): Promise<FanChart> {
  const depositWei = 300n * milliEth
  const paths = await simulateDeposit({
    classes: sampleClasses,
    depositWei,
    hours: 30n,
    trials: 2000,
    random: seededRandom(7n),
  })
  const bandOf = (probability: number) =>
    paths.bands.find((band) => band.probability === probability)?.depositWei ?? []
  return {
    kind: 'fan',
    title: 'What is left of the deposit',
    caption:
      'A deposit of 0.3 ETH for 100 streams, played 2,000 times. By the end of the day it is dry in one of four runs: which hour it will be is a matter of luck.',
    x: hoursAxis('time', 30n),
    y: amountAxis('left of the deposit', [depositWei]),
    at: paths.hours,
    bands: [
      { probability: 0.9, name: '9 of 10 runs', low: bandOf(0.05), high: bandOf(0.95) },
      { probability: 0.5, name: 'half of the runs', low: bandOf(0.25), high: bandOf(0.75) },
    ],
    median: { name: 'median', values: bandOf(0.5) },
    chance: { name: 'probability of being dry', values: paths.dry.map(({ estimate }) => estimate) },
    marks: [{ at: 21n, name: 'top up by', text: 'hour 21' }],
  }
}

export function sampleDistribution(): Distribution {
  const outcome = earnings({
    classes: sampleClasses,
    hours: 24n,
    redemption: { gas, gasPriceWei: gweiWei / 50n, batchSize: 20n },
  })
  const sums = winnersWithin(sampleClasses, 24n)
  const faceValueWei = sampleClasses[0]?.faceValueWei ?? 1n
  const [low, high] = [
    sums.quantile(0.0005).low / faceValueWei,
    sums.upperQuantile(0.0005).high / faceValueWei,
  ]
  const step = 4n
  const bars = Array.from({ length: Number((high - low) / step) + 1 }, (_, index) => {
    const from = (low + BigInt(index) * step) * faceValueWei
    const to = from + step * faceValueWei
    return { from, to, height: sums.cdf(to - 1n).high - sums.cdf(from - 1n).high }
  })
  const quantile = (probability: number) =>
    outcome.income.quantiles.find((each) => each.probability === probability)?.wei.high ?? 0n
  const mean = outcome.income.meanWei.numerator / outcome.income.meanWei.denominator
  return {
    kind: 'distribution',
    title: 'Income of a day',
    caption:
      'How likely each income is, before gas. In one of twenty days it is less than the mark on the left.',
    x: amountAxis(
      'income',
      bars.map(({ to }) => to),
    ),
    y: percentAxis('probability'),
    bars,
    marks: [
      { at: quantile(0.05), name: '5 %', text: eth(quantile(0.05)) },
      { at: mean, name: 'mean', text: eth((mean / 10n ** 12n) * 10n ** 12n) },
      { at: quantile(0.95), name: '95 %', text: eth(quantile(0.95)) },
    ],
  }
}

export function sampleLines(): LineChart {
  const gasPricesWei = Array.from({ length: 60 }, (_, index) => BigInt(index + 1) * (gweiWei / 50n))
  const rows = [1n, 4n, 20n].map((reserve) =>
    gasTable({
      gasPricesWei,
      ticketEvWei: 1_000n * gweiWei,
      poolSize: 100n,
      reserveWei: reserve * 10n ** 16n * 10n,
    }),
  )
  const share = (overhead: { numerator: bigint; denominator: bigint } | undefined) =>
    overhead === undefined
      ? undefined
      : Number((overhead.numerator * 1_000_000n) / overhead.denominator) / 1_000_000
  return {
    kind: 'lines',
    title: 'What gas adds to the price',
    caption:
      'An orchestrator adds txCost / faceValue to its price. A line ends where it sends no tickets any more.',
    x: amountAxis('gas price', gasPricesWei),
    y: percentAxis('price overhead'),
    at: gasPricesWei,
    series: rows.map((line, index) => ({
      name: `reserve ${['0.1', '0.4', '2'][index] ?? ''} ETH`,
      values: line.map(({ overhead }) => share(overhead)),
    })),
    marks: [{ at: gweiWei / 5n, name: 'now', text: '0.2 gwei' }],
  }
}

export function sampleHeat(): HeatMap {
  const ticketEvsWei = [20n, 50n, 100n, 200n, 500n, 1_000n, 2_000n].map((each) => each * gweiWei)
  const gasPricesWei = [2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((each) => (each * gweiWei) / 100n)
  const cells = sensitivity({
    spendPerHourWei: rational(11_943_936_000_000n),
    hours: 720n,
    ticketEvsWei,
    gasPricesWei,
    batchSizes: [5n],
    gas,
    maxFloatWei: 2n * milliEth,
  })
  return {
    kind: 'heat',
    title: 'What redeeming takes of the income',
    caption:
      'The share of 30 days of a tenth of a stream that gas takes, redeemed in batches of 5. Where there is no number an orchestrator sends no tickets, as the reserve is too small.',
    measure: 'share of the income (%)',
    scale: 'log',
    columns: {
      label: 'gas price',
      unit: 'gwei',
      names: gasPricesWei.map((wei) => formatWei(wei, 'gwei')),
    },
    rows: {
      label: 'ticket EV',
      unit: 'gwei',
      names: ticketEvsWei.map((wei) => count(wei / gweiWei)),
    },
    cells: ticketEvsWei.map((_, row) =>
      gasPricesWei.map((__, column) => {
        const cell = cells[row * gasPricesWei.length + column]
        if (cell?.outcome === undefined) return { missing: 'no tickets: the reserve is too small' }
        return { value: cell.outcome.costShare, text: (cell.outcome.costShare * 100).toFixed(1) }
      }),
    ),
  }
}

export function sampleRanges(): RangeChart {
  const oneIn1200 = rational(1n, 1200n)
  const found = audit(
    [
      ['0x70997970C51812dc3A010C7d01b50e0d17dc79C8', 286_000n, 241n],
      ['0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65', 120_000n, 61n],
      ['0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc', 48_000n, 43n],
      ['0x976EA74026E726554dB657fA54763abd0C3a0aa9', 900n, 1n],
    ].map(([name, tickets, winners]) => ({
      name: String(name),
      tallies: [{ tickets: BigInt(tickets ?? 0), winners: BigInt(winners ?? 0), winProbability: oneIn1200 }],
    })),
  )
  const verdicts = {
    plausible: 'plausible',
    tooLucky: 'too many',
    tooUnlucky: 'too few',
    tooFewTickets: 'too few tickets to tell',
  } as const
  return {
    kind: 'ranges',
    title: 'Winners of each sender',
    caption: 'The number of winners that was seen, and the range in which it is in 99 of 100 honest cases.',
    x: countAxis('winners'),
    rows: found.groups.map((group) => ({
      name: group.name,
      low: group.unremarkable[0],
      high: group.unremarkable[1],
      expected: group.expected,
      seen: group.winners,
      isRemarkable: group.finding === 'tooLucky' || group.finding === 'tooUnlucky',
      verdict: verdicts[group.finding],
    })),
  }
}

export async function sampleFigures(): Promise<Figure[]> {
  return [await sampleFan(), sampleDistribution(), sampleLines(), sampleHeat(), sampleRanges()]
}

export async function sampleReport(): Promise<Report> {
  return {
    title: 'How much to deposit for 100 streams',
    subtitle: '100 streams of 720p30 at 1,200 wei a pixel for 24 hours, in tickets of 0.0012 ETH',
    headline: { value: '0.348 ETH', label: 'deposit that lasts 24 hours but for a risk of 0.1 %' },
    facts: [
      ['spent on average', '0.287 ETH'],
      ['standard deviation', '0.019 ETH'],
      ['winners on average', '239'],
      ['reserve', '0.12 ETH'],
      ['ticket EV', '1,000 gwei'],
      ['one ticket wins in', '1,200'],
    ],
    figures: await sampleFigures(),
    tables: [
      {
        title: 'Deposit by risk',
        headings: ['risk', 'deposit (ETH)', 'over the mean (%)', 'gateway stops below (ETH)'],
        rows: [
          ['10 %', '0.312', '8.9', '0.0012'],
          ['1 %', '0.3336', '16.4', '0.0012'],
          ['0.1 %', '0.348', '21.4', '0.0012'],
          ['0.0001 %', '0.3828', '33.5', '0.0012'],
        ],
      },
    ],
    notes: [
      'A deposit is dry when a winner cannot be paid whole; the reserve begins to pay then.',
      'Probabilities of being dry are exact; bands are of 2,000 runs with seed 7.',
    ],
    command:
      'lp-pay simulate deposit --streams 100 --shape 720p30 --price 1200wei/pixel --hours 24 --face-value 0.0012 --risk 0.1% --report deposit.html',
  }
}
