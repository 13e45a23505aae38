import { formatRational } from '../lib/pm/rational.ts'
import type { QuotedLine } from '../lib/quote/quote-lines.ts'
import type { Quote, QuoteAmount, QuoteMoney } from '../lib/quote/quote.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { count, eth, ethOrGwei, oneIn, percent } from './amounts.ts'
import { toJsonLine } from './json.ts'
import { rateLine } from './render-rate.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

const bounds: Readonly<Record<Quote['tickets']['boundBy'], string>> = {
  price: 'as the price is zero',
  gas: '100 redemptions',
  ticketEv: '100 times the ticket EV',
  maxFloat: "bound by the orchestrator's part of the reserve",
  maxFaceValue: "the orchestrator's maximum",
  given: 'as given',
}

export function renderQuote(quote: Quote): string {
  return [renderTerms(quote), renderAmounts(quote), renderTickets(quote)].join('\n\n')
}

function renderTerms({ job, model, concurrency, price, tickets }: Quote): string {
  const { ownWei, toldWei, unit, from } = price
  const name = model === null ? job : `${job} ${sanitize(model)}`
  const told = toldWei === ownWei ? '' : `, told as ${toldWei} wei`
  return renderFacts([
    ['job', concurrency === 1n ? name : `${name}, ${count(concurrency)} at once`],
    ['price', `${decimals(ownWei)} wei a ${unit}${told}${from === 'price' ? '' : ` (${sanitize(from)})`}`],
    ['ticket EV', ethOrGwei(tickets.evWei)],
    ['face value', `${eth(tickets.faceValueWei)}, ${bounds[tickets.boundBy]}`],
    ['wins', oneIn(tickets.winProb)],
    ['redeeming', `${percent(tickets.overheadBasisPoints)} of a ticket`],
  ])
}

function renderAmounts({ gatewayReckons, orchestratorTakes, ticketsPay, rate }: Quote): string {
  const money = ({ wei, eth: inEth, money: inCurrency }: QuoteMoney) => [
    count(wei),
    inEth,
    ...(rate === null ? [] : [inCurrency ?? '-']),
  ]
  return renderTable(
    ['', 'amount', 'wei', 'ETH', ...(rate === null ? [] : [rate.currency])],
    [
      ['the gateway reckons with', units(gatewayReckons), ...money(gatewayReckons)],
      ['the orchestrator takes', units(orchestratorTakes), ...money(orchestratorTakes)],
      ['winning tickets pay, on average', '', ...money(ticketsPay)],
    ],
  )
}

function renderTickets({ tickets, supposed, rate }: Quote): string {
  const { count: sent, payments, mostAtOnce, winners } = tickets
  return renderFacts([
    ['tickets', `${count(sent)} in ${many(payments, 'payment')}, at most ${count(mostAtOnce)} in one`],
    ['winners', `${winners.replace(/\.?0+$/, '')} on average`],
    ...(rate === null ? [] : [['rate', rateLine(rate)] as const]),
    ...(supposed.length === 0 ? [] : [['supposed', out.dim(supposed.join(', '))] as const]),
  ])
}

function units({ units: amount, unit }: QuoteAmount): string {
  return unit === 'ms' || unit.startsWith('1/') ? `${count(amount)} x ${unit}` : many(amount, unit)
}

function many(amount: bigint, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1n ? '' : 's'}`
}

/** A fraction whose decimals do not end, to 6 of them. */
function decimals(amount: string): string {
  const [numerator = '0', denominator] = amount.split('/')
  if (denominator === undefined) return amount
  return `~${formatRational({ numerator: BigInt(numerator), denominator: BigInt(denominator) }, 6)}`
}

/** Quotes as lines of JSON. */
export async function* renderQuoteLines(
  batches: AsyncIterable<readonly QuotedLine[]>,
): AsyncIterable<string> {
  for await (const batch of batches) {
    if (batch.length > 0) yield batch.map((line) => `${toJsonLine(line)}\n`).join('')
  }
}
