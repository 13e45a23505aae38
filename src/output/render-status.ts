import type { StatusRunway } from '../lib/forecast/status-runway.ts'
import type { SenderStatus } from '../lib/sender/status.ts'
import { formatDuration } from '../lib/units/duration.ts'
import { eth, gwei } from './amounts.ts'
import { chance, hoursText } from './simulations/words.ts'
import { out } from './style.ts'
import { renderFacts } from './table.ts'

export function renderStatus(status: SenderStatus & { readonly runway?: StatusRunway | null }): string {
  const { round, acceptance } = status
  const facts = renderFacts([
    ['network', status.network + (status.paused ? out.red(' (paused)') : '')],
    ['address', status.address],
    ['wallet', eth(status.walletWei)],
    ['deposit', eth(status.depositWei)],
    ['reserve', eth(status.reserveWei)],
    [
      'claimable',
      `${eth(status.claimableByOneOrchestratorWei)} by each of ${status.activeOrchestrators.toString()} orchestrators`,
    ],
    ['state', phaseText(status)],
    [
      'round',
      `${round.current.toString()}${round.initialized ? '' : out.red(' (not initialised)')}, the next in about ${formatDuration(round.secondsUntilNext)}`,
    ],
    ['gas price', gwei(status.gasPriceWei)],
    ...(status.runway ? ([['lasts', runwayText(status.runway)]] as const) : []),
  ])
  return `${facts}\n${verdict(acceptance)}`
}

function runwayText({ expectedHours, topUpByHour, risk, spendPerHourWei }: StatusRunway): string {
  const spend = `at ${eth(spendPerHourWei)} an hour`
  const dry = `dry with at most ${chance(risk)}`
  if (topUpByHour === null) return `${hoursText(expectedHours)} ${spend}`
  if (topUpByHour === 0n)
    return `${hoursText(expectedHours)} ${spend}; ${out.red('top up now')}: it may be dry within the hour`
  return `${hoursText(expectedHours)} ${spend}; top up within ${hoursText(topUpByHour)}, while it is ${dry}`
}

function phaseText({ phase, withdrawRound, secondsUntilWithdrawal }: SenderStatus): string {
  switch (phase) {
    case 'empty':
      return 'empty'
    case 'locked':
      return out.green('locked')
    case 'unlocking':
      return `${out.yellow('unlocking')}: withdraw from round ${String(withdrawRound)} on, in about ${formatDuration(secondsUntilWithdrawal ?? 0)}`
    case 'unlocked':
      return `${out.yellow('unlocked')} since round ${String(withdrawRound)}: lp-pay withdraw`
  }
}

function verdict({ accepted, faceValueWei, reasons }: SenderStatus['acceptance']): string {
  if (accepted) return out.green(`orchestrators accept this sender, with tickets of ${eth(faceValueWei)}`)
  return [
    out.red('orchestrators refuse this sender:'),
    ...reasons.map(({ explanation }) => `  - ${explanation}`),
  ].join('\n')
}
