import { defaultDevnetPort } from '../lib/devnet/network.ts'
import type { DevnetReport } from '../lib/devnet/report-devnet.ts'
import { eth } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderDevnet(devnet: DevnetReport): string {
  const facts = renderFacts([
    ['devnet', `${devnet.rpcUrl}, chain ${String(devnet.chainId)}, process ${String(devnet.pid)}`],
    ['rules', devnet.rules],
    [
      'round',
      `${devnet.currentRound.toString()}${devnet.currentRoundInitialized ? '' : out.red(' (not initialised)')}, block ${devnet.blockNumber.toString()}`,
    ],
  ])
  const rows = devnet.accounts.map((account) => [
    account.name,
    account.address,
    eth(account.balanceWei),
    account.role === 'gateway' ? `${eth(account.depositWei)} + ${eth(account.reserveWei)}` : '',
    account.active === undefined ? '' : account.active ? out.green('active') : out.dim('inactive'),
  ])
  return `${facts}\n\n${renderTable(['account', 'address', 'wallet', 'deposit + reserve', ''], rows)}`
}

export function renderNextSteps({ port }: DevnetReport): string {
  const other = port === defaultDevnetPort ? '' : ` --rpc-url http://127.0.0.1:${String(port)}`
  return [
    'try:',
    `  lp-pay deposit 0.1 --reserve 0.36 --network devnet${other}`,
    `  lp-pay status --network devnet${other}`,
  ].join('\n')
}
