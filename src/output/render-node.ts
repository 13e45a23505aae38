import { formatAmount } from '../lib/pricing/price.ts'
import type { AppliedValue, NodeApplication, Outcome } from '../lib/node/apply-plan.ts'
import { isToSend } from '../lib/node/apply-plan.ts'
import type { ComparedValue, ValueState } from '../lib/node/compare-values.ts'
import type { NodeComparison } from '../lib/node/plan-node.ts'
import type { NodeWatchEvent } from '../lib/node/watch/watch-node.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { count, counted } from './amounts.ts'
import { fraction } from './render-prices.ts'
import { out } from './style.ts'
import { renderTable } from './table.ts'

const states: Readonly<Record<ValueState, string>> = {
  equal: 'equal',
  differs: 'differs',
  notReadable: 'cannot be read',
  startOnly: 'cannot be read',
  notInFile: 'not in the file',
}

export function renderComparison(comparison: NodeComparison): string {
  const { values, file } = comparison
  const differing = values.filter(({ state }) => state === 'differs').length
  const unread = values.filter(({ state }) => state === 'notReadable' || state === 'startOnly').length
  const verdict =
    differing === 0
      ? `the node holds what ${sanitize(file)} says`
      : `${counted(differing, 'value')} ${differing === 1 ? 'differs' : 'differ'}`
  return [
    ...renderHeading(comparison),
    renderTable(
      ['', '', 'file', '', 'node'],
      values.map((value) => [stateOf(value), ...columns(value)]),
    ),
    '',
    [verdict, ...(unread === 0 ? [] : [`${counted(unread, 'value')} cannot be read back`])].join('; '),
    ...renderStartFlags(comparison),
  ].join('\n')
}

function stateOf({ state }: ComparedValue): string {
  return state === 'differs' ? out.yellow(states[state]) : states[state]
}

/** What it is, as it is written, its wei, and what the node holds. */
function columns({ what, file, fileWei, nodeWei, unit, state }: ComparedValue): readonly string[] {
  const wei = (value: ComparedValue['fileWei']) =>
    value === null ? '-' : `${fraction(value)} wei/${unit ?? ''}`
  const held = state === 'notReadable' || state === 'startOnly' ? '?' : wei(nodeWei)
  return [sanitize(what), file ?? '-', wei(fileWei), held]
}

/** What would be sent, from what to what. */
export function renderPlannedApplication(application: NodeApplication): string {
  return [
    ...renderHeading(application),
    renderTable(['', '', 'file', 'node', ''], application.values.map(toPlannedRow)),
    ...renderStartFlags(application),
  ].join('\n')
}

function toPlannedRow(value: AppliedValue): readonly string[] {
  const [what = '', written = '', wei = '', held = ''] = columns(value)
  return [
    isToSend(value) ? out.yellow('set') : '',
    what,
    written,
    held,
    isToSend(value) ? `-> ${wei}` : kept[value.state],
  ]
}

const kept: Readonly<Record<ValueState, string>> = {
  equal: 'stays',
  differs: '',
  notReadable: '',
  startOnly: 'a node takes it only when it is started',
  notInFile: 'stays: the file does not name it',
}

const outcomes: Readonly<Record<Outcome, string>> = {
  untouched: '',
  planned: 'would be set',
  set: out.green('set'),
  sent: out.green('set, cannot be read back'),
  failed: out.red('failed'),
  unknown: out.red('not known'),
  notSent: out.yellow('not sent'),
}

export function renderApplication(application: NodeApplication): string {
  const { values, node, file } = application
  const sent = values.filter(({ outcome }) => outcome !== 'untouched')
  if (sent.length === 0) {
    return [
      `nothing to do: ${node} holds what ${sanitize(file)} says`,
      ...renderStartFlags(application),
    ].join('\n')
  }
  if (sent.every(({ outcome }) => outcome === 'planned')) return renderPlannedApplication(application)
  const taken = sent.filter(({ outcome }) => outcome === 'set' || outcome === 'sent').length
  return [
    ...renderHeading(application),
    renderTable(
      ['', '', 'file', '', ''],
      sent.map((value) => {
        const [what = '', written = '', wei = ''] = columns(value)
        return [
          outcomes[value.outcome],
          what,
          written,
          wei,
          value.reason === null ? '' : sanitize(value.reason),
        ]
      }),
    ),
    '',
    taken === sent.length
      ? `${counted(taken, 'value')} applied; they last until the node is started again`
      : out.red(`${count(taken)} of ${counted(sent.length, 'value')} applied`),
    ...renderStartFlags(application),
  ].join('\n')
}

function renderHeading({ node, side, rate }: Pick<NodeComparison, 'node' | 'side' | 'rate'>): string[] {
  const by = rate === null ? '' : `; one ETH is ${formatAmount(rate.perEth)} ${rate.currency}`
  return [out.dim(`${node}, ${side === 'orchestrator' ? 'an orchestrator' : 'a gateway'}${by}`)]
}

function renderStartFlags({ startFlags }: Pick<NodeComparison, 'startFlags'>): string[] {
  return startFlags.length === 0 ? [] : [`only when the node is started: ${startFlags.join(' ')}`]
}

/** A line of the watch, with the time; undefined when people need not be told. */
export function renderNodeWatchLine(event: NodeWatchEvent): string | undefined {
  const text = renderEvent(event)
  return text === undefined
    ? undefined
    : `${out.dim(new Date().toISOString().slice(0, 19).replace('T', ' '))}  ${text}`
}

function renderEvent(event: NodeWatchEvent): string | undefined {
  switch (event.event) {
    case 'applied':
      return event.application.values
        .filter(isToSend)
        .map((value) => `${sanitize(value.what)} ${sanitize(value.file ?? '')}: ${outcomes[value.outcome]}`)
        .join('; ')
    case 'inLine':
      return undefined
    case 'fileChanged':
      return `${sanitize(event.file)} has changed`
    case 'trouble':
      return out.yellow(`${sanitize(event.message)} (${event.code})`)
    case 'failed':
      return out.red(
        `${sanitize(event.message)} (${event.code}); again in ${count(Math.ceil(event.nextLookMs / 1000))} s`,
      )
    case 'stopped':
      return 'stopped'
  }
}
