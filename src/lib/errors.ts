/** What every error of lp-pay carries, so that one renderer can show any of them. */
export type Facts = Readonly<Record<string, FactValue>>
export type FactValue =
  string | number | bigint | boolean | null | readonly FactValue[] | { readonly [key: string]: FactValue }

export interface ErrorFacts {
  /** Facts a script can use; amounts as bigint wei. */
  readonly details?: Facts
  /** Commands or actions that lead on, most useful first. */
  readonly nextSteps?: readonly string[]
  readonly cause?: unknown
}

/** The process exit codes; the table in docs/exit-codes.md is generated from here. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** A mistake in lp-pay itself; please report it. */
  bug: 1,
  usage: 2,
  declined: 3,
  configuration: 4,
  precondition: 5,
  simulationReverted: 6,
  reverted: 7,
  unknown: 8,
  rpc: 9,
  locked: 10,
  checkFailed: 11,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Base of every error that lp-pay raises on purpose. `code` is stable and meant for scripts. */
export abstract class LpPayError extends Error {
  abstract readonly exitCode: ExitCode
  readonly code: string
  readonly details: Facts
  readonly nextSteps: readonly string[]

  constructor(code: string, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = new.target.name
    this.code = code
    this.details = facts.details ?? {}
    this.nextSteps = facts.nextSteps ?? []
  }
}

/** The command line or an input value cannot be understood. */
export class UsageError extends LpPayError {
  readonly exitCode = exitCodes.usage
}

/** A confirmation is missing or was declined; nothing was sent. */
export class DeclinedError extends LpPayError {
  readonly exitCode = exitCodes.declined
}

/** Configuration, files or the chain are not what they should be. */
export class ConfigurationError extends LpPayError {
  readonly exitCode = exitCodes.configuration
}

/** The state of the chain or the account does not allow the action; nothing was sent. */
export class PreconditionError extends LpPayError {
  readonly exitCode = exitCodes.precondition
}

/** The simulated transaction reverts; nothing was sent. */
export class SimulationError extends LpPayError {
  readonly exitCode = exitCodes.simulationReverted
}

/** The transaction was mined and reverted. */
export class RevertedError extends LpPayError {
  readonly exitCode = exitCodes.reverted
}

/** It is not known what became of a transaction that may have been sent. */
export class UnknownStateError extends LpPayError {
  readonly exitCode = exitCodes.unknown
}

/** No RPC gave a usable answer. */
export class RpcUnavailableError extends LpPayError {
  readonly exitCode = exitCodes.rpc
}

/** Another process is sending from the same account. */
export class LockHeldError extends LpPayError {
  readonly exitCode = exitCodes.locked
}

/** Something that was checked is not as it should be. */
export class CheckFailedError extends LpPayError {
  readonly exitCode = exitCodes.checkFailed
}

/** Finds the error of ours in a chain of causes, as libraries wrap what our transport throws. */
export function findLpPayError(error: unknown): LpPayError | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 20;
    current = current.cause, depth++
  ) {
    if (current instanceof LpPayError) return current
  }
  return undefined
}

/** What somebody gave, as the subject of a message: in quotes, or `this` where it is too long to be read, or a key. */
export function quoted(text: string, most = 48): string {
  return text.length <= most ? `"${text}"` : 'this'
}
