import type { Network } from '../chain/network.ts'
import type { CheckFacts } from './facts.ts'
import type { LimitKind } from './limits.ts'
import type { CheckResult, Measure } from './report.ts'
import type { Scope } from './scopes.ts'

/** What a check has found. */
export interface Finding {
  readonly ok: boolean
  readonly value: Measure | null
  /** For a limit that the check itself knows; otherwise it is the one that was asked for. */
  readonly limit?: Measure
  /** One clause; empty when value and limit say it all. */
  readonly explanation: string
}

export interface CheckDefinition<Seen, Limit> {
  /** In kebab-case; its flag and its key in a file are called so too. */
  readonly name: string
  /** What holds when it passes: a lower-case fragment, for help texts. */
  readonly description: string
  readonly scope: Scope<Seen>
  readonly limit: LimitKind<Limit>
  /** The limit on a network when nobody asked for the check; undefined, or absent: it is not made then. */
  readonly standing?: (network: Network) => Limit | undefined
  readonly run: (seen: Seen, limit: Limit, network: Network) => Finding
}

/** A check as the command line, files and the runner see it: its types are its own affair. */
export interface Check {
  readonly name: string
  readonly description: string
  readonly needsAccount: boolean
  readonly form: LimitKind<unknown>['form']
  readonly placeholder: string | undefined
  /**
   * The check with a limit from outside.
   *
   * @throws {UsageError} when the limit cannot be understood
   */
  withLimit(text: string): PlannedCheck
  /** The check as it is made when nobody asked for it, if it is. */
  standing(network: Network): PlannedCheck | undefined
}

export interface PlannedCheck {
  readonly name: string
  readonly needsAccount: boolean
  run(facts: CheckFacts): readonly CheckResult[]
}

export function defineCheck<Seen, Limit>(definition: CheckDefinition<Seen, Limit>): Check {
  const { name, description, scope, limit: kind, standing } = definition
  const { needsAccount } = scope
  const plan = (limit: Limit): PlannedCheck => ({
    name,
    needsAccount,
    run: (facts) => runCheck(definition, limit, facts),
  })
  return {
    name,
    description,
    needsAccount,
    form: kind.form,
    placeholder: kind.placeholder,
    withLimit: (text) => plan(kind.parse(text)),
    standing(network) {
      const limit = standing?.(network)
      return limit === undefined ? undefined : plan(limit)
    },
  }
}

function runCheck<Seen, Limit>(
  { name, scope, limit: kind, run }: CheckDefinition<Seen, Limit>,
  limit: Limit,
  facts: CheckFacts,
): readonly CheckResult[] {
  const asked = kind.measure(limit)
  return scope.look(facts).map((view): CheckResult => {
    const { subject } = view
    if ('hidden' in view) {
      return { name, subject, status: 'skipped', value: null, limit: asked, explanation: view.hidden }
    }
    const { ok, value, limit: known, explanation } = run(view.seen, limit, facts.network)
    return { name, subject, status: ok ? 'passed' : 'failed', value, limit: known ?? asked, explanation }
  })
}
