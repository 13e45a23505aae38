import type { PmCheck } from '../lib/pm/check.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import type { VerifyReport } from '../lib/tickets/verify-source.ts'
import type { TicketVerification } from '../lib/tickets/verify-ticket.ts'
import { eth, oneIn } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderRows } from './table.ts'

const marks: Readonly<Record<PmCheck<string>['outcome'], string>> = {
  passed: out.green('pass'),
  failed: out.red('FAIL'),
  notChecked: out.yellow('skip'),
}

export function renderVerifications({ tickets, unreadable }: VerifyReport): string {
  const places = unreadable.map(
    ({ place, reason }) => `${out.red('FAIL')}  ${place.kind} ${String(place.number)}: ${sanitize(reason)}`,
  )
  return [...tickets.map(renderVerification), ...(places.length > 0 ? [places.join('\n')] : [])].join('\n\n')
}

/** Every check of a ticket, and the numbers that its win can be repeated with. */
function renderVerification(ticket: TicketVerification): string {
  const { hash, sender, recipient, faceValueWei, signer, draw, winProb, checks } = ticket
  return [
    renderFacts([
      ['ticket', hash],
      ['sender', sender],
      ['recipient', recipient],
      ['face value', eth(faceValueWei)],
      ['signed by', signer ?? out.red('nobody')],
      ['draw', `${draw} (keccak256 of sig and recipientRand)`],
      ['winProb', `0x${winProb.toString(16).padStart(64, '0')} (${oneIn(winProb)})`],
    ]),
    renderRows(checks.map(({ name, outcome, reason }) => [marks[outcome], name, sanitize(reason)])),
    verdict(ticket),
  ].join('\n')
}

function verdict({ checks, passed }: TicketVerification): string {
  if (passed) return out.green('it is valid, and wins')
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  return failed.every((name) => name === 'win')
    ? out.yellow('it is valid, and did not win')
    : out.red(`it is not valid: ${failed.join(', ')}`)
}
