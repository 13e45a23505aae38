import type { Address, Hex } from 'viem'

/** What a transaction does on chain, before gas and nonce. */
export interface Call {
  readonly to: Address
  readonly data: Hex
  /** wei */
  readonly value: bigint
}

/** What a call takes, found out by whoever planned it. */
export interface PlannedGas {
  /** What it is expected to use. */
  readonly estimate: bigint
  readonly limit: bigint
}

/** A call that may be sent now, with what it will do. */
export interface Plan<Effect> {
  readonly call: Call
  readonly effect: Effect
  /** For a call that swallows inner failures, which a node's estimate would cause: then no node is asked. */
  readonly gas?: PlannedGas
  /** Consequences that a person must have read before he says yes. */
  readonly cautions: readonly string[]
}

/**
 * Something that a user asks for and that takes one transaction. The lifecycle reads and plans it twice: before
 * asking, and again when it holds the account's lock.
 */
export interface Operation<State, Effect> {
  /** The command's name, for the journal and for people. */
  readonly name: string
  /** The same for the same request: a repeated command recognises what an earlier run left by it. */
  readonly requestKey: string
  /**
   * Whether the plan follows from the state alone (top up to, unlock): then what an earlier run did is seen in the
   * state, and the request is planned afresh after it has been settled.
   */
  readonly followsState: boolean
  /** Reads what the plan depends on, in one round trip. */
  read(): Promise<State>
  /**
   * @returns undefined when there is nothing to do
   * @throws {PreconditionError} when the state does not allow it
   */
  plan(state: State): Plan<Effect> | undefined
}
