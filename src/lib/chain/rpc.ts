import type { Hex } from 'viem'

import { RpcUnavailableError } from '../errors.ts'

/** A JSON-RPC connection to one chain over one or more endpoints, each identified before it is believed. */
export interface Rpc {
  /**
   * Reads. Requests made in the same turn of the event loop travel as one batch (48 at most), and all answers to a
   * batch come from one endpoint. Fails over to the next endpoint when one does not answer properly.
   *
   * @throws {RpcResponseError} the node answered with an error that another node would repeat (a revert, say)
   * @throws {RpcUnavailableError} RPC_UNAVAILABLE no endpoint gave a usable answer; RPC_INTERRUPTED the signal fired
   * or the connection was closed first
   * @throws {ConfigurationError} RPC_WRONG_CHAIN, CONTROLLER_MISSING
   */
  request(method: string, params?: readonly unknown[]): Promise<unknown>
  /**
   * Hands signed bytes to one endpoint, once. Never throws for what the network or the node did.
   *
   * @throws {ConfigurationError} RPC_WRONG_CHAIN, CONTROLLER_MISSING: nothing was sent
   */
  sendRawTransaction(signed: Hex): Promise<SendOutcome>
  /** HTTP requests made so far. */
  readonly roundTrips: number
  /** Ends what is under way and lets the process end. */
  close(): void
}

/** What is known after signed bytes were handed to an endpoint. Every `message` is fit to show. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** The node has said no: these bytes did not enter its pool by this request. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string }
  /** The request may or may not have reached the pool. */
  | { readonly kind: 'unclear'; readonly message: string }
  /** No byte of the transaction left this machine: no endpoint could be reached or identified. */
  | { readonly kind: 'notSent'; readonly message: string }

export type RefusalReason =
  'alreadyKnown' | 'nonceTooLow' | 'nonceTooHigh' | 'underpriced' | 'insufficientFunds' | 'other'

/** The node understood the request and answered with a JSON-RPC error. */
export class RpcResponseError extends RpcUnavailableError {
  readonly rpcCode: number
  readonly data: unknown

  constructor(method: string, rpcCode: number, message: string, data: unknown) {
    super('RPC_RESPONSE_ERROR', `the RPC refused ${method}: ${message}`, { details: { method, rpcCode } })
    this.rpcCode = rpcCode
    this.data = data
  }
}
