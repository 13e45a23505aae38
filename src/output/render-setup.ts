import type { SetupPlan } from '../lib/config/plan-setup.ts'
import type { SetupCheck } from '../lib/setup/check-setup.ts'
import type { SetupAnswers } from '../lib/setup/setup-answers.ts'
import type { SetupResult } from '../lib/setup/setup-result.ts'
import { redactUrls } from '../lib/text/redact-urls.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { eth } from './amounts.ts'
import { err, out } from './style.ts'

/** What the wizard says before its first question. */
export function renderSetupIntroduction(path: string): string {
  return [
    'This asks for a network, its RPC and your account, checks them against the',
    `chain, and writes ${path}`,
    err.dim('Ctrl-C at any question leaves everything as it is.'),
    '',
  ].join('\n')
}

/** What the chain says to a setup. */
export function renderSetupCheck({ rpcs, chain, account }: SetupCheck): string {
  const good = err.green('✔')
  const lines = rpcs.map(({ origin, problem }) => {
    if (problem === null) return `${good} ${origin} is on the right chain, with the right contracts`
    return `${err.red('✖')} ${sanitize(problem.message)}`
  })
  if (chain !== null) {
    const round = `round ${chain.round.toString()}${chain.roundInitialized ? '' : ' (not initialised)'}`
    lines.push(`${good} chain ${chain.chainId}, ${round}${chain.paused ? err.yellow(', paused') : ''}`)
  }
  if (account !== null) {
    lines.push(
      `${good} ${account.address}`,
      `  wallet ${eth(account.walletWei)}, deposit ${eth(account.depositWei)}, reserve ${eth(account.reserveWei)}, ${account.phase}`,
    )
  }
  return redactUrls(lines.join('\n'))
}

/** What is about to be written, and where. */
export function renderSetupPlan(
  { edit, isNew, differences }: SetupPlan,
  { setup, createAccount }: SetupAnswers,
): string {
  const rows: [setting: string, change: string][] = differences
    .filter(({ setting }) => !(createAccount && setting === 'account'))
    .map(({ setting, before, after }) => [
      setting,
      `${before === null ? '' : `${before} -> `}${after ?? '-'}`,
    ])
  if (createAccount) rows.push(['account', 'a new one, made once you say yes'])
  const width = Math.max(...rows.map(([setting]) => setting.length))
  const lines = rows.map(([setting, change]) => `  ${err.dim(setting.padEnd(width))}  ${sanitize(change)}`)
  return [
    `\n${isNew ? 'new profile' : 'profile'} ${err.bold(setup.profile)} in ${edit.path}`,
    ...lines,
    '',
  ].join('\n')
}

export function renderSetupResult({
  path,
  profile,
  differences,
  newKeystore,
  check,
  nextSteps,
}: SetupResult): string {
  const done =
    differences.length === 0
      ? `nothing to do: profile ${profile} in ${path} is like this already`
      : `${out.green('wrote')} profile ${profile} to ${path}`
  return [
    done,
    ...(newKeystore === null ? [] : [`new keystore: ${newKeystore}`]),
    ...(check === 'failed' ? [out.yellow('the check against the chain has failed')] : []),
    '',
    'next:',
    ...nextSteps.map((step) => `  ${step}`),
  ].join('\n')
}
