import { join } from 'node:path'

import { namedAddress } from '../../lib/config/choose-account.ts'
import { readConfigFile } from '../../lib/config/config-file.ts'
import { wellKnownWarning } from '../../lib/config/describe-accounts.ts'
import { writeEdit } from '../../lib/config/edit-config.ts'
import type { Surroundings } from '../../lib/config/load-settings.ts'
import { planSetup } from '../../lib/config/plan-setup.ts'
import type { SetupPlan } from '../../lib/config/plan-setup.ts'
import { completeSetup, draftSetup } from '../../lib/config/setup.ts'
import type { NetworkFlags, Setup } from '../../lib/config/setup.ts'
import { DeclinedError } from '../../lib/errors.ts'
import { checkSetup, problemOf } from '../../lib/setup/check-setup.ts'
import type { SetupCheck } from '../../lib/setup/check-setup.ts'
import type { SetupAnswers } from '../../lib/setup/setup-answers.ts'
import { describeSetup } from '../../lib/setup/setup-result.ts'
import type { SetupResult } from '../../lib/setup/setup-result.ts'
import { originOf } from '../../lib/text/redact-urls.ts'
import { makeAccount } from '../new-account.ts'
import { canAsk } from '../terminal.ts'
import { askSetup, confirmSetup } from './ask-setup.ts'

export interface SetupOptions extends Omit<Surroundings, 'file'> {
  readonly configFile: string
  readonly described: NetworkFlags
  /** Asks nothing: the values must be complete and fit. */
  readonly yes: boolean
  readonly skipCheck: boolean
  readonly signal: AbortSignal
  /** Shows something that helps to answer. */
  readonly say: (text: string) => void
  readonly onWarning: (text: string) => void
  /** Told before the first question. */
  readonly onIntroduction: () => void
  /** Told what takes a moment, and when it is over. */
  readonly onWait: (what: string) => void
  readonly onWaited: () => void
  readonly onCheck: (check: SetupCheck) => void
  /** Told what is going to be written, before it is asked about. */
  readonly onPlan: (plan: SetupPlan, answers: SetupAnswers) => void
}

/**
 * Gathers a setup, by asking or from flags, holds it against the chain, and writes it.
 *
 * @throws {DeclinedError} SETUP_NEEDS_TERMINAL, DECLINED, PROMPT_CANCELLED
 * @throws {UsageError} SETUP_INCOMPLETE, and what the values throw
 * @throws {LpPayError} with `yes`, what is wrong with the first RPC that is not fit
 */
export async function runSetup(options: SetupOptions): Promise<SetupResult> {
  const { configFile, dataFolder, yes, onWait, onWaited } = options
  const answers = await answer(options)
  const { setup, check } = answers
  warnOfPublishedKey(setup, options)
  const plan = await planSetup(configFile, setup)
  if (plan.differences.length > 0 || answers.createAccount) {
    options.onPlan(plan, answers)
    if (!yes) await confirmSetup(plan.isNew)
  }
  if (!answers.createAccount) {
    await writeEdit(plan.edit)
    return describeSetup(setup, plan, check, undefined)
  }
  const made = await makeAccount({
    folder: setup.keystore ?? ownKeystore(dataFolder),
    passwordFile: options.flags['password-file'] ?? setup.passwordFile,
    onStore: () => onWait('encrypting the key'),
  })
  onWaited()
  const complete = { ...setup, account: made.address }
  const final = await planSetup(configFile, complete)
  await writeEdit({ ...final.edit, textBefore: plan.edit.textBefore })
  return describeSetup(complete, final, check, made.path)
}

async function answer(options: SetupOptions): Promise<SetupAnswers> {
  const { configFile, yes, skipCheck, say } = options
  const file = await readConfigFile(configFile)
  const draft = (profile = options.flags.profile) =>
    draftSetup({ ...options, file, flags: { ...options.flags, profile } }, options.described)
  const check = skipCheck ? () => Promise.resolve(undefined) : (setup: Setup) => checkAloud(setup, options)
  if (!yes) {
    if (!canAsk()) throw needsTerminal()
    options.onIntroduction()
    return askSetup({ file, draft, check, say, ownKeystore: ownKeystore(options.dataFolder) })
  }
  const setup = completeSetup(draft())
  const checked = await check(setup)
  const problem = checked && problemOf(checked)
  if (problem !== undefined) throw problem
  return { setup, createAccount: false, check: checked }
}

async function checkAloud(
  setup: Setup,
  { yes, signal, onWait, onWaited, onCheck }: SetupOptions,
): Promise<SetupCheck> {
  const { network, rpcUrls, account } = setup
  onWait(`asking ${rpcUrls.map(originOf).join(', ')}`)
  try {
    const address = namedAddress(account, network)
    const check = await checkSetup({ network, urls: rpcUrls, address, signal })
    onWaited()
    // Without questions what is wrong ends the command, which says so itself.
    if (!yes || problemOf(check) === undefined) onCheck(check)
    return check
  } catch (error) {
    if (!signal.aborted) throw error
    throw new DeclinedError('INTERRUPTED', 'interrupted; nothing was written', {
      nextSteps: ['lp-pay init'],
      cause: error,
    })
  } finally {
    onWaited()
  }
}

function warnOfPublishedKey({ account, network }: Setup, { onWarning }: SetupOptions): void {
  const address = namedAddress(account, network)
  const warning = address === undefined || network.local ? undefined : wellKnownWarning(address)
  if (warning !== undefined) onWarning(warning)
}

function ownKeystore(dataFolder: string): string {
  return join(dataFolder, 'keystore')
}

function needsTerminal(): DeclinedError {
  return new DeclinedError('SETUP_NEEDS_TERMINAL', 'there is no terminal to ask at; nothing was written', {
    nextSteps: [
      'give all values: lp-pay init --yes --network NAME --rpc-url URL --account ADDRESS',
      'or set them one by one: lp-pay config set KEY VALUE',
    ],
  })
}
