import type { DepositForecast, PlayedReport, RunwayReport } from '../../lib/forecast/forecast-deposit.ts'
import { formatWei } from '../../lib/units/wei.ts'
import { count, eth } from '../amounts.ts'
import { workloadFacts, workloadSections } from './present-workload.ts'
import type { PresentedSection, Presentation } from './presentation.ts'
import {
  about,
  aboutEth,
  aboutEthRange,
  chance,
  chanceRange,
  enough,
  hoursRange,
  hoursText,
} from './words.ts'

export function presentDeposit(forecast: DepositForecast): Presentation {
  const { runway, played, risk, hours, deposit, workload } = forecast
  return {
    title: `Deposit for ${hoursText(hours)}`,
    subtitle: `${aboutEth(workload.spendPerHourWei)} an hour, at a risk of ${chance(risk)}`,
    headline: {
      value: eth(enough(deposit.depositWei)),
      label: `lasts ${hoursText(hours)}, but for a risk of ${chance(risk)}`,
    },
    sections: [
      { heading: null, facts: facts(forecast), notes: nextStep(forecast) },
      ...workloadSections(forecast.workload),
      ...(runway === null ? [] : runwaySections(runway, risk)),
      ...(played === null ? [] : [playedSection(played)]),
    ],
  }
}

function facts({ network, sender, workload, hours, risk, deposit, reserve }: DepositForecast) {
  return [
    ...(network === null ? [] : ([['network', network]] as const)),
    ...(sender === null ? [] : ([['sender', sender]] as const)),
    ...workloadFacts(workload),
    [
      `in ${hoursText(hours)}`,
      `${aboutEth(deposit.meanWei)} on average, a deviation of ${aboutEth(deposit.deviationWei)}, ${about(deposit.winners)} winners`,
    ] as const,
    [
      'deposit',
      `${eth(enough(deposit.depositWei))}: runs dry with ${chanceRange(deposit.dryProbability)} (asked for at most ${chance(risk)})`,
    ] as const,
    [
      'for a gateway',
      `${eth(enough(deposit.gatewayDepositWei))}, as go-livepeer's stops when it could not pay one more winner`,
    ] as const,
    ...(deposit.errorWei === 0n
      ? []
      : ([['rounded up by', `at most ${aboutEth(deposit.errorWei)}, as face values are mixed`]] as const)),
    ...(deposit.presentWei === null
      ? []
      : ([['there is', `${eth(deposit.presentWei)} of deposit`]] as const)),
    ...reserveFacts(reserve),
  ]
}

function reserveFacts(reserve: DepositForecast['reserve']): (readonly [string, string])[] {
  const least =
    reserve.leastReserveWei === null
      ? ''
      : `; ${eth(reserve.leastReserveWei)} is not refused, at a higher price`
  return [
    [
      'reserve',
      `${eth(enough(reserve.reserveWei))} so that each of ${count(reserve.poolSize)} orchestrators may have such tickets${least}`,
    ],
    ['safe reserve', `${eth(reserve.safeReserveWei)} is refused at no gas price`],
    ...(reserve.presentWei === null
      ? []
      : ([['there is', `${eth(reserve.presentWei)} of reserve`]] as const)),
  ]
}

function nextStep({ deposit, reserve }: DepositForecast): string[] {
  const { presentWei, missingWei, depositWei } = deposit
  if (missingWei === 0n) return ['the deposit is enough']
  const what =
    presentWei === null || presentWei === 0n
      ? formatWei(enough(depositWei))
      : `--top-up-to ${formatWei(enough(depositWei))}`
  const lacksReserve = reserve.presentWei === null || reserve.presentWei === 0n
  const funding =
    lacksReserve && !what.startsWith('--') ? ` --reserve ${formatWei(enough(reserve.reserveWei))}` : ''
  return [`next: lp-pay deposit ${what}${funding}`]
}

function runwaySections(runway: RunwayReport, risk: number): PresentedSection[] {
  const { expectedHours, quantiles, topUpByHour, depositWei, floorWei } = runway
  const floor = floorWei === 0n ? '' : ` down to ${eth(floorWei)}`
  return [
    {
      heading: `How long ${eth(depositWei)} lasts${floor}`,
      facts: [
        ['on average', hoursRange(expectedHours)],
        ...quantiles.map(
          ({ probability, hours }) => [`${chance(probability)} dry by`, hoursRange(hours)] as const,
        ),
        ['top up by', `${hoursText(topUpByHour)}, while it is dry with at most ${chance(risk)}`],
      ],
      table: { columns: ['by', 'dry'], rows: dryRows(runway) },
    },
  ]
}

const mostRows = 24

/** The hours in which it is decided, and one before and after. */
function dryRows({ curve }: RunwayReport): string[][] {
  const isOpen = ({ dry }: RunwayReport['curve'][number]) => dry.high > 1e-6 && dry.low < 0.9999
  const first = Math.max(0, curve.findIndex(isOpen) - 1)
  const last = curve.findLastIndex(isOpen)
  const open = last === -1 ? curve.slice(-1) : curve.slice(first, last + 2)
  const step = Math.ceil(open.length / mostRows)
  return open
    .filter((_, index) => (open.length - 1 - index) % step === 0)
    .map(({ hour, dry }) => [hoursText(hour), chanceRange(dry)])
}

function playedSection(played: PlayedReport): PresentedSection {
  const { trials, seed, isComplete, dry, bands, depositWei, dryAtEnd, confidence } = played
  const end = dry.at(-1) ?? { low: 0, high: 1 }
  const left = bands.map(({ probability, leftWei }) => {
    const range = leftWei.at(-1)
    return [
      `${chance(probability)} have less than`,
      range === undefined ? '-' : aboutEthRange(range),
    ] as const
  })
  return {
    heading: `Played ${count(trials)} times${isComplete ? '' : ', then interrupted'}`,
    facts: [
      ['seed', seed.toString()],
      ['begins with', eth(depositWei)],
      ['dry at the end', `${chance(dryAtEnd)}; with ${chance(confidence)} confidence ${chanceRange(end)}`],
      ...left,
    ],
  }
}
