import type { DecodedTicket, DecodeReport, PaymentReport } from '../lib/tickets/decode/decode-text.ts'
import { count, counted, eth, ethOrGwei, oneIn } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

/** More are shown one a line. */
const mostInFull = 3

export function renderDecoded({ kind, functionName, payment, tickets }: DecodeReport): string {
  const inFull = tickets.length <= mostInFull
  return [
    kind === 'tickets'
      ? counted(tickets.length, 'ticket')
      : `${functionName ?? kind} of ${counted(tickets.length, 'ticket')}`,
    ...(payment === null ? [] : [renderPayment(payment)]),
    ...(inFull ? tickets.map(renderTicket) : [renderRows(tickets)]),
  ].join('\n\n')
}

function renderPayment({ sender, seed, expirationBlock, expectedPrice }: PaymentReport): string {
  return renderFacts([
    ['sender', sender],
    ...(expirationBlock === null ? [] : [['expires', `L1 block ${expirationBlock.toString()}`] as const]),
    ...(seed === null ? [] : [['seed', seed.toString()] as const]),
    ...(expectedPrice === null ? [] : [['price', price(expectedPrice)] as const]),
  ])
}

function price({ pricePerUnit, pixelsPerUnit }: NonNullable<PaymentReport['expectedPrice']>): string {
  const pixels = pixelsPerUnit === 1n ? 'a pixel' : `for ${count(pixelsPerUnit)} pixels`
  return `${count(pricePerUnit)} wei ${pixels}`
}

function renderTicket(ticket: DecodedTicket): string {
  const { recipientRand } = ticket
  return renderFacts([
    ['ticket', ticket.hash],
    ['sender', ticket.sender],
    ['signed by', signedBy(ticket)],
    ['recipient', ticket.recipient],
    ['face value', eth(ticket.faceValueWei)],
    ['wins', `${oneIn(ticket.winProb)}: ${outcome(ticket)}`],
    ['ev', ethOrGwei(ticket.evWei)],
    ['nonce', ticket.senderNonce.toString()],
    ['created', `round ${ticket.creationRound.toString()}, block ${ticket.creationRoundBlockHash}`],
    ['rand hash', ticket.recipientRandHash],
    ...(recipientRand === null ? [] : [['rand', `0x${recipientRand.toString(16)}`] as const]),
    ['signature', ticket.sig],
  ])
}

function renderRows(tickets: readonly DecodedTicket[]): string {
  const rows = tickets.map((ticket) => [
    ticket.hash.slice(0, 14),
    ticket.senderNonce.toString(),
    eth(ticket.faceValueWei),
    ethOrGwei(ticket.evWei),
    oneIn(ticket.winProb),
    outcome(ticket),
    signedBy(ticket),
  ])
  return renderTable(['ticket', 'nonce', 'face value', 'ev', 'wins', '', 'signed by'], rows)
}

function signedBy({ sender, signer }: DecodedTicket): string {
  if (signer === null) return out.red('nobody')
  return signer.toLowerCase() === sender.toLowerCase() ? signer : out.red(`${signer}, who is not the sender`)
}

function outcome({ wins }: DecodedTicket): string {
  if (wins === null) return 'only the recipient can tell'
  return wins ? out.green('it won') : 'it did not win'
}
