import type { DemoResult, DemoStep } from '../lib/demo/demo-step.ts'
import { eth } from './amounts.ts'
import { feesView, renderFees } from './render-fees.ts'
import { renderRedeemResult } from './render-redeem.ts'
import { renderSendReport } from './render-send.ts'
import { renderStatus } from './render-status.ts'
import { senderView } from './sender-view.ts'
import { out } from './style.ts'

const indent = (text: string) => text.replace(/^/gm, '  ')
const command = (words: string) => out.bold(`$ lp-pay ${words}`)

/** One step of the demonstration with a word on what it shows. */
export function renderDemoStep(step: DemoStep): string {
  switch (step.kind) {
    case 'devnet':
      return [
        out.bold(`A private devnet runs at ${step.rpcUrl} with the real Livepeer contracts.`),
        `Round ${step.round.toString()}, ${step.orchestrators.toString()} active orchestrators. We are a gateway.\n`,
      ].join('\n')
    case 'status':
      return `${command('status')}\n${indent(renderStatus(step.status))}\n`
    case 'sent':
      return `${command(step.command)}\n${indent(renderSendReport(step.result, senderView))}\n`
    case 'refused':
      return `${command(step.command)}\n${indent(`${out.yellow('refused before sending:')} ${step.reason}`)}\n`
    case 'tickets':
      return [
        out.bold(`The gateway pays an orchestrator: ${step.recipient}.`),
        `It signs ${step.signed.toString()} tickets of ${eth(step.faceValueWei)}, of which 1 in ${step.oneIn.toString()} wins; ${step.winners.length.toString()} have won.\n`,
      ].join('\n')
    case 'redeemed':
      return `${command(step.command)}\n${indent(renderRedeemResult(step.result))}\n`
    case 'fees':
      return `${command('fees show')}\n${indent(renderFees(step.fees))}\n`
    case 'feesWithdrawn':
      return `${command(step.command)}\n${indent(renderSendReport(step.result, feesView))}\n`
    case 'rounds':
      return `${out.dim(`Two rounds pass (${step.from.toString()} -> ${step.to.toString()}): almost two days on Arbitrum, a moment here.`)}\n`
  }
}

export function renderDemoSummary(result: DemoResult): string {
  const { lockedWei, earnedWei, withdrawnWei, transactions, feesWei } = result
  return [
    out.green(
      `Of ${eth(lockedWei)} the orchestrator earned ${eth(earnedWei)} and ${eth(withdrawnWei)} came back; ${String(transactions)} transactions cost ${eth(feesWei)} in gas.`,
    ),
    'try it yourself: lp-pay devnet up',
  ].join('\n')
}
