import type { Network } from '../chain/network.ts'
import { LpPayError, UsageError } from '../errors.ts'
import type { Check, PlannedCheck } from './define-check.ts'
import { registry } from './registry.ts'

/** Checks that were asked for, by name, with their limits. */
export type AskedChecks = Readonly<Record<string, PlannedCheck>>

/**
 * What the flags of the command line ask for.
 *
 * @throws {UsageError} with the flag before what is wrong with its value
 */
export function readCheckFlags(flags: Readonly<Record<string, unknown>>): AskedChecks {
  return Object.fromEntries(
    registry.flatMap((check) => {
      const value = flags[check.name]
      return typeof value === 'string' || value === true ? [[check.name, fromFlag(check, value)]] : []
    }),
  )
}

function fromFlag(check: Check, value: string | true): PlannedCheck {
  try {
    return check.withLimit(value === true ? '' : value)
  } catch (cause) {
    if (!(cause instanceof LpPayError)) throw cause
    const { code, message, details, nextSteps } = cause
    throw new UsageError(code, `--${check.name}: ${message}`, { details, nextSteps, cause })
  }
}

/** The checks to make, in the registry's order: what was asked for, and what is always checked. */
export function planChecks(network: Network, asked: AskedChecks): readonly PlannedCheck[] {
  return registry.flatMap((check) => asked[check.name] ?? check.standing(network) ?? [])
}
