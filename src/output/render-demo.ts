import type { DemoResult, DemoStep } from '../lib/demo/run-demo.ts'
import { eth } from './amounts.ts'
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
    case 'rounds':
      return `${out.dim(`Two rounds pass (${step.from.toString()} -> ${step.to.toString()}): almost two days on Arbitrum, a moment here.`)}\n`
  }
}

export function renderDemoSummary({ withdrawnWei, transactions, feesWei }: DemoResult): string {
  return [
    out.green(
      `All ${eth(withdrawnWei)} came back; ${String(transactions)} transactions cost ${eth(feesWei)} in gas.`,
    ),
    'try it yourself: lp-pay devnet up',
  ].join('\n')
}
