import { RpcUnavailableError } from '../errors.ts'
import type { CallOutcome, EndpointFailure, RpcCall } from './http-json-rpc.ts'
import type { Peer } from './peer.ts'

export interface FailoverOptions {
  /** In order of preference. */
  readonly peers: readonly [Peer, ...Peer[]]
  readonly networkName: string
  readonly signal: AbortSignal
  /** Pauses between turns; ends early when the signal fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** Told when an endpoint is left for another; both texts are fit to show. */
  readonly onFailover: ((origin: string, cause: string) => void) | undefined
}

/** Answers of one endpoint to a batch. */
export interface Answered {
  readonly peer: Peer
  readonly outcomes: readonly CallOutcome[]
  /** Present when some of the outcomes are failures: what to say of those calls. */
  readonly unavailable: RpcUnavailableError | undefined
}

export interface Failover {
  /** The endpoint that answered last. */
  readonly preferred: Peer
  /**
   * Asks one endpoint after the other, from the preferred one on, until one answers every call. Answers of two
   * endpoints are never mixed, as one may be behind the other.
   *
   * @throws {RpcUnavailableError} RPC_UNAVAILABLE; RPC_INTERRUPTED
   * @throws {ConfigurationError} RPC_WRONG_CHAIN, CONTROLLER_MISSING
   */
  ask(calls: readonly RpcCall[]): Promise<Answered>
}

interface Attempt {
  readonly peer: Peer
  readonly failure: EndpointFailure
}

/** One turn over all endpoints. */
interface Turn {
  readonly attempts: readonly Attempt[]
  readonly whole: Answered | undefined
  /** Where no endpoint answered every call: what the last one to answer some of them said. */
  readonly partial: Answered | undefined
}

/** Pauses before the second and the third turn over all endpoints. */
const pausesMs = [250, 1000] as const
const longestRetryAfterMs = 2000

export function createFailover({ peers, networkName, signal, pause, onFailover }: FailoverOptions): Failover {
  let preferred: Peer = peers[0]

  async function takeTurn(calls: readonly RpcCall[]): Promise<Turn> {
    const start = peers.indexOf(preferred)
    const attempts: Attempt[] = []
    let partial: Answered | undefined
    for (const peer of [...peers.slice(start), ...peers.slice(0, start)]) {
      const left = attempts.at(-1)
      if (left !== undefined) onFailover?.(left.peer.endpoint.origin, left.failure.cause)
      const { outcomes, failure } = await peer.ask(calls)
      if (signal.aborted) throw interrupted()
      if (failure === undefined) {
        preferred = peer
        return { attempts, whole: { peer, outcomes, unavailable: undefined }, partial }
      }
      attempts.push({ peer, failure })
      if (outcomes.some(({ kind }) => kind !== 'failed')) partial = { peer, outcomes, unavailable: undefined }
    }
    return { attempts, whole: undefined, partial }
  }

  return {
    get preferred() {
      return preferred
    },
    async ask(calls) {
      let turn = await takeTurn(calls)
      for (const pauseMs of pausesMs) {
        if (turn.whole !== undefined || turn.attempts.every(({ failure }) => failure.lasting)) break
        await pause(Math.max(pauseMs, retryAfter(turn.attempts)), signal).catch(() => undefined)
        if (signal.aborted) throw interrupted()
        turn = await takeTurn(calls)
      }
      if (turn.whole !== undefined) return turn.whole
      const unavailable = unavailableError(networkName, turn.attempts)
      if (turn.partial !== undefined) return { ...turn.partial, unavailable }
      throw unavailable
    },
  }
}

/** The shortest wait that an endpoint asked for, within reason. */
function retryAfter(attempts: readonly Attempt[]): number {
  const asked = attempts.map(({ failure }) => failure.retryAfterMs).filter((ms) => ms > 0)
  return asked.length === 0 ? 0 : Math.min(longestRetryAfterMs, ...asked)
}

function unavailableError(networkName: string, attempts: readonly Attempt[]): RpcUnavailableError {
  const endpoints = attempts.map(({ peer, failure }) => ({
    origin: peer.endpoint.origin,
    cause: failure.cause,
  }))
  const list = endpoints.map(({ origin, cause }) => `${origin}: ${cause}`).join('; ')
  return new RpcUnavailableError(
    'RPC_UNAVAILABLE',
    `no RPC of ${networkName} gave a usable answer (${list})`,
    {
      details: { network: networkName, endpoints },
      nextSteps: ['check --rpc-url, or pass another'],
    },
  )
}

export function interrupted(): RpcUnavailableError {
  return new RpcUnavailableError('RPC_INTERRUPTED', 'interrupted before the RPC answered')
}
