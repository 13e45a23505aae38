import type { Endpoint } from './endpoint.ts'
import { createHttpClient } from './http-client.ts'
import type { HttpClient } from './http-client.ts'
import type { HttpResult } from './http-exchange.ts'
import { kindOf } from './node-error.ts'
import type { NodeError } from './node-error.ts'
import { readAnswer } from './read-answer.ts'
import type { Answer } from './read-answer.ts'

export interface RpcCall {
  readonly method: string
  /** As JSON, so that what cannot be serialised fails before it shares a batch with others. */
  readonly params: string
}

/** What came of one call. */
export type CallOutcome =
  | { readonly kind: 'result'; readonly result: unknown }
  /** The node's answer to the request itself; its texts come from outside. */
  | { readonly kind: 'error'; readonly error: NodeError }
  /** No answer to the request: worth asking another endpoint. */
  | { readonly kind: 'failed'; readonly failure: EndpointFailure }

/** Why an endpoint gave no usable answer. */
export interface EndpointFailure {
  /** Short and fit to show. */
  readonly cause: string
  /** Asking the same endpoint again soon is pointless. */
  readonly lasting: boolean
  readonly retryAfterMs: number
  /** False only when it is certain that no byte of the request left this machine. */
  readonly written: boolean
}

export interface HttpJsonRpcOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onRequest: () => void
  readonly maxBodyBytes?: number
}

/** JSON-RPC over HTTP with one endpoint. Nothing here throws for what the network or the node does. */
export interface HttpJsonRpc {
  readonly endpoint: Endpoint
  /** Makes calls in one HTTP request, or in one each where the endpoint takes no batches. Outcomes in order. */
  call(calls: readonly RpcCall[]): Promise<readonly CallOutcome[]>
  /**
   * Makes one call over a connection of its own, never twice. An error of the node comes as it is: whether it is worth
   * asking another is not judged.
   */
  callOnce(call: RpcCall): Promise<CallOutcome>
  close(): void
}

const defaultMaxBodyBytes = 32 * 1024 * 1024
const parallelSingles = 8
const longestCause = 160

export function createHttpJsonRpc(endpoint: Endpoint, options: HttpJsonRpcOptions): HttpJsonRpc {
  const client: HttpClient = createHttpClient(endpoint, { maxBodyBytes: defaultMaxBodyBytes, ...options })
  let takesBatches = true
  let nextId = 1

  const failed = (cause: string, facts: Partial<EndpointFailure> = {}): CallOutcome => ({
    kind: 'failed',
    failure: {
      lasting: false,
      retryAfterMs: 0,
      written: true,
      ...facts,
      cause: endpoint.clean(cause, longestCause) || 'no reason given',
    },
  })

  const judge = (result: HttpResult, ids: readonly number[], form: 'single' | 'batch') => {
    if (result.kind === 'broken') return failed(result.cause, { written: result.written })
    const answer = readAnswer(result, ids, form)
    if (answer.kind !== 'unusable') return answer
    return failed(answer.cause, { lasting: answer.lasting, retryAfterMs: result.retryAfterMs })
  }

  const outcomeOf = (
    answer: Exclude<Answer, { kind: 'unusable' }> | CallOutcome,
    id: number,
  ): CallOutcome => {
    if (answer.kind === 'items') return answer.items.get(id) ?? failed('a request without an answer')
    return answer.kind === 'batchRejected' ? failed('an answer that is not JSON-RPC') : answer
  }

  /** An error that tells of the node rather than of the request is a failure of the endpoint. */
  const settle = (outcome: CallOutcome): CallOutcome =>
    outcome.kind === 'error' && kindOf(outcome.error) !== 'final'
      ? failed(`${outcome.error.message} (${outcome.error.code})`)
      : outcome

  async function single(call: RpcCall, post: (body: string) => Promise<HttpResult>): Promise<CallOutcome> {
    const id = nextId++
    return outcomeOf(judge(await post(serialize(call, id)), [id], 'single'), id)
  }

  async function singles(calls: readonly RpcCall[]): Promise<readonly CallOutcome[]> {
    const outcomes: CallOutcome[] = []
    const queue = calls.entries()
    let broken: CallOutcome | undefined
    const work = async () => {
      for (const [index, call] of queue) {
        const outcome = broken ?? (await single(call, client.post))
        if (outcome.kind === 'failed') broken = outcome
        outcomes[index] = settle(outcome)
      }
    }
    await Promise.all(Array.from({ length: Math.min(parallelSingles, calls.length) }, work))
    return outcomes
  }

  return {
    endpoint,
    async call(calls) {
      if (calls.length === 1 || !takesBatches) return singles(calls)
      const numbered = calls.map((call) => ({ call, id: nextId++ }))
      const ids = numbered.map(({ id }) => id)
      const body = `[${numbered.map(({ call, id }) => serialize(call, id)).join(',')}]`
      const answer = judge(await client.post(body), ids, 'batch')
      if (answer.kind === 'batchRejected') {
        const outcomes = await singles(calls)
        // An endpoint that answers nothing at all has not shown that batches were the trouble.
        if (outcomes.some(({ kind }) => kind !== 'failed')) takesBatches = false
        return outcomes
      }
      return ids.map((id) => settle(outcomeOf(answer, id)))
    },
    callOnce: (call) => single(call, client.postOnce),
    close: () => client.close(),
  }
}

function serialize({ method, params }: RpcCall, id: number): string {
  return `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`
}
