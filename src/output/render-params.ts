import type { GasPriceReport, OfferReport, SenderParams } from '../lib/orchestrator/sender-params.ts'
import { eth, ethOrGwei, gwei, oneIn, percent } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderRows, renderTable } from './table.ts'

const bounds: Readonly<Record<OfferReport['boundBy'], string>> = {
  price: 'the price, which is zero',
  gas: '100 redemptions at this gas price',
  ticketEv: '100 times the ticket EV',
  maxFloat: "the orchestrator's part of the reserve",
  maxFaceValue: "the orchestrator's maximum face value",
}

export function renderParams(params: SenderParams): string {
  return [
    renderSender(params),
    renderOffer(params),
    renderChecks(params),
    renderGasPrices(params),
    renderVerdict(params),
  ].join('\n\n')
}

function renderSender({ network, sender, gasPriceWei, gasPriceSupposed }: SenderParams): string {
  return renderFacts([
    ['network', network],
    ['sender', sender.address],
    ['deposit', eth(sender.depositWei)],
    ['reserve', eth(sender.reserveWei)],
    [
      'claimable',
      `${eth(sender.claimableByOneOrchestratorWei)} by each of ${sender.activeOrchestrators.toString()} orchestrators`,
    ],
    ['gas price', `${gwei(gasPriceWei)}${gasPriceSupposed ? ', supposed' : ''}`],
  ])
}

function renderOffer({ offer, ticketEvWei }: SenderParams): string {
  const { faceValueWei, winProb, txCostWei, overheadBasisPoints, price } = offer
  return renderFacts([
    ['face value', `${eth(faceValueWei)}, bound by ${bounds[offer.boundBy]}`],
    ['ticket EV', ethOrGwei(ticketEvWei)],
    ['wins', winProb === null ? 'no ticket is offered' : oneIn(winProb)],
    ['redeeming', eth(txCostWei)],
    ['overhead', overheadBasisPoints === null ? '-' : percent(overheadBasisPoints)],
    ...(price === null
      ? []
      : ([
          [
            'price',
            `${price.ownWei} wei a ${price.quantity}, told as ${price.advertisedWei === null ? '-' : `${price.advertisedWei} wei`}`,
          ],
        ] as const)),
  ])
}

const marks = { passed: out.green('ok'), failed: out.red('FAIL'), notChecked: out.dim('-') }

function renderChecks({ checks }: SenderParams): string {
  return renderRows(
    checks.map(({ by, name, outcome, reason, nextStep }) => [
      marks[outcome],
      by,
      name,
      nextStep === null ? reason : `${reason} (next: ${nextStep})`,
    ]),
  )
}

function renderGasPrices({ gasPrices, accepted, refusedFromGasPriceWei }: SenderParams): string {
  const table = renderTable(
    ['gas price', '', 'face value', 'wins', 'overhead', ''],
    gasPrices.map(gasPriceRow),
  )
  if (!accepted) return table
  return `${table}\n${
    refusedFromGasPriceWei === null
      ? 'no gas price above this one is a reason to refuse'
      : `refused from ${gwei(refusedFromGasPriceWei)} on`
  }`
}

function gasPriceRow(row: GasPriceReport): string[] {
  return [
    gwei(row.gasPriceWei),
    `x${row.times.toString()}`,
    eth(row.faceValueWei),
    row.winProb === null ? '-' : oneIn(row.winProb),
    row.overheadBasisPoints === null ? '-' : percent(row.overheadBasisPoints),
    row.accepted ? out.green('accepted') : out.red('refused'),
  ]
}

function renderVerdict({ accepted, checks, missing }: SenderParams): string {
  if (accepted) return out.green('orchestrators accept this sender')
  const refusal = checks.find(({ outcome }) => outcome === 'failed')
  const lacks =
    missing === null
      ? []
      : (
          [
            [missing.depositWei, 'deposit'],
            [missing.reserveWei, 'reserve'],
          ] as const
        )
          .filter(([wei]) => wei > 0n)
          .map(([wei, what]) => `${eth(wei)} of ${what}`)
  return [
    out.red(`orchestrators refuse this sender: ${refusal?.reason ?? ''}`),
    ...(lacks.length === 0 ? [] : [`it lacks ${lacks.join(' and ')}`]),
  ].join('\n')
}
