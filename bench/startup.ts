/**
 * Cold starts of lp-pay as whole processes, each as a ratio to `node -e 0` in the same round, and `status` beside
 * Foundry's cast doing the same reads: npm run bench. Round trips are counted by a proxy in front of the devnet.
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { devnetAccounts } from '../src/lib/devnet/accounts.ts'
import { devnetContracts } from '../src/lib/devnet/network.ts'
import { withDevnet } from '../scripts/with-devnet.ts'
import { startFaultProxy } from '../test/helpers/fault-proxy.ts'
import { castBinary } from './cast.ts'

const rounds = Number(process.argv[2] ?? 21)
const root = join(import.meta.dirname, '..')
const program = join(root, 'bin', 'run.cjs')
const home = mkdtempSync(join(tmpdir(), 'lp-pay-bench-'))
const env = { ...process.env, LP_PAY_CONFIG_DIR: home, LP_PAY_DATA_DIR: home }
const [, gateway] = devnetAccounts
const priceFile = join(home, 'prices.yaml')
writeFileSync(priceFile, 'orchestrator: { transcoding: 1200wei/pixel, ticketEv: 20gwei }\n')

type CommandLine = readonly [string, ...string[]]

/** The reads of `lp-pay status`, one cast process each, as a script does them today. */
function castReads(cast: string, rpcUrl: string): CommandLine {
  const call = (to: string, signature: string, ...args: string[]) =>
    `${cast} call --rpc-url ${rpcUrl} ${to} '${signature}' ${args.join(' ')}`
  const { TicketBroker, RoundsManager, BondingManager, Controller } = devnetContracts
  const reads = [
    `${cast} chain-id --rpc-url ${rpcUrl}`,
    `${cast} balance --rpc-url ${rpcUrl} ${gateway.address}`,
    `${cast} gas-price --rpc-url ${rpcUrl}`,
    call(Controller, 'paused()(bool)'),
    call(TicketBroker, 'getSenderInfo(address)((uint256,uint256),(uint256,uint256))', gateway.address),
    call(TicketBroker, 'unlockPeriod()(uint256)'),
    call(BondingManager, 'getTranscoderPoolSize()(uint256)'),
    ...['currentRound()(uint256)', 'currentRoundInitialized()(bool)', 'lastInitializedRound()(uint256)'].map(
      (signature) => call(RoundsManager, signature),
    ),
  ]
  return ['sh', '-c', reads.join(' && ')]
}

function milliseconds([command, ...words]: CommandLine): number {
  const start = process.hrtime.bigint()
  const { status } = spawnSync(command, words, { env, stdio: 'ignore' })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${String(status)}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

await withDevnet(root, async (rpcUrl) => {
  const lpPay = (...words: string[]): CommandLine => [process.execPath, program, ...words]
  const onDevnet = ['--network', 'devnet', '--rpc-url', rpcUrl]
  const cast = castBinary()
  const baseline: CommandLine = [process.execPath, '-e', '0']
  const contenders: readonly (readonly [string, CommandLine])[] = [
    ['lp-pay --version', lpPay('--version')],
    ['lp-pay --help', lpPay('--help')],
    ['lp-pay config show', lpPay('config', 'show')],
    ['lp-pay price convert', lpPay('price', 'convert', '3.50USD/hour', '--as', '720p30', '--rate', '2500')],
    ['lp-pay price check', lpPay('price', 'check', '--file', priceFile)],
    ['lp-pay status', lpPay('status', ...onDevnet)],
    ['cast, one balance', [cast, 'balance', '--rpc-url', rpcUrl, gateway.address]],
    ['cast, the reads of status', castReads(cast, rpcUrl)],
  ]
  const ratios = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
  const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
  for (const [, commandLine] of contenders) milliseconds(commandLine)
  for (let round = 0; round < rounds; round++) {
    for (const [name, commandLine] of contenders) {
      const unit = milliseconds(baseline)
      const time = milliseconds(commandLine)
      ratios.get(name)?.push(time / unit)
      times.get(name)?.push(time)
    }
  }
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(`| command | of \`node -e 0\` (median of ${String(rounds)} pairs) | ms here |`)
  print('|---|---|---|')
  for (const [name] of contenders) {
    print(
      `| ${name} | ${median(ratios.get(name) ?? []).toFixed(2)} | ${median(times.get(name) ?? []).toFixed(0)} |`,
    )
  }

  const proxy = await startFaultProxy(rpcUrl)
  const words = ['status', '--network', 'devnet', '--rpc-url', proxy.url]
  await promisify(execFile)(process.execPath, [program, ...words], { env })
  print(`\n\`lp-pay status\` makes ${String(proxy.requests.length)} RPC round trips.`)
  await proxy.stop()
})
rmSync(home, { recursive: true, force: true })
