import type { Endpoint } from './endpoint.ts'
import type { CallOutcome, EndpointFailure, HttpJsonRpc, RpcCall } from './http-json-rpc.ts'
import { identityCalls, proveIdentity } from './identity.ts'
import type { ExpectedChain } from './identity.ts'

/** What an endpoint said to a batch of calls: an outcome for each, and why it must be asked elsewhere, if it must. */
export interface PeerAnswer {
  readonly outcomes: readonly CallOutcome[]
  readonly failure: EndpointFailure | undefined
}

/** An endpoint that is believed only after it has proven which chain it is on. */
export interface Peer {
  readonly endpoint: Endpoint
  readonly isProven: boolean
  /**
   * Makes calls; until the endpoint is proven, together with those that prove it. No calls at all: proves it.
   *
   * @throws {ConfigurationError} RPC_WRONG_CHAIN, CONTROLLER_MISSING
   */
  ask(calls: readonly RpcCall[]): Promise<PeerAnswer>
  /** Makes one call, once. Only for an endpoint that is proven. */
  askOnce(call: RpcCall): Promise<CallOutcome>
  close(): void
}

export function createPeer(transport: HttpJsonRpc, expected: ExpectedChain): Peer {
  const { endpoint } = transport
  let isProven = false

  // Behind a connection that broke, another node may answer the next time.
  const doubt = (outcome: CallOutcome | undefined) => {
    if (outcome?.kind === 'failed' && !outcome.failure.written) isProven = false
  }

  return {
    endpoint,
    get isProven() {
      return isProven
    },
    async ask(calls) {
      if (isProven) {
        if (calls.length === 0) return { outcomes: [], failure: undefined }
        const outcomes = await transport.call(calls)
        outcomes.forEach(doubt)
        return { outcomes, failure: firstFailure(outcomes) }
      }
      const [chainId, code, ...outcomes] = await transport.call([...identityCalls(expected), ...calls])
      const failure = proveIdentity(endpoint.origin, expected, chainId, code)
      if (failure !== undefined) return { outcomes: calls.map(() => ({ kind: 'failed', failure })), failure }
      isProven = true
      return { outcomes, failure: firstFailure(outcomes) }
    },
    async askOnce(call) {
      const outcome = await transport.callOnce(call)
      doubt(outcome)
      return outcome
    },
    close: () => transport.close(),
  }
}

function firstFailure(outcomes: readonly CallOutcome[]): EndpointFailure | undefined {
  return outcomes.find((outcome) => outcome.kind === 'failed')?.failure
}
