import { Code, ConnectError, createClient } from '@connectrpc/connect'
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node'

import { PreconditionError, RpcUnavailableError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import { hexBytes } from '../wire/bytes.ts'
import { Orchestrator } from '../wire/messages.ts'
import { readAnswer } from './read-answer.ts'
import type { OrchestratorAnswer } from './read-answer.ts'
import type { SignedRequest } from './sign-request.ts'

/** Far more than the prices of all models take. */
const longestAnswer = 1024 * 1024

/** What a server says itself, and not the way to it; go-livepeer's own refusals have the first. */
const refusals: readonly Code[] = [
  Code.Unknown,
  Code.PermissionDenied,
  Code.Unauthenticated,
  Code.FailedPrecondition,
  Code.NotFound,
]

/**
 * Asks an orchestrator over gRPC what it would offer the gateway that has signed. Orchestrators sign their certificates
 * themselves, so any is taken: what is told here is public, and the answer is believed no more than any other.
 *
 * @param serviceUri see `parseServiceUri`
 * @throws {PreconditionError} ORCHESTRATOR_REFUSED
 * @throws {RpcUnavailableError} ORCHESTRATOR_UNREACHABLE, ORCHESTRATOR_ANSWER_INVALID
 */
export async function askOrchestrator(
  serviceUri: string,
  { address, sig }: SignedRequest,
  { timeoutMs = 5000, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<OrchestratorAnswer> {
  const sessionManager = new Http2SessionManager(serviceUri, {}, { rejectUnauthorized: false })
  const transport = createGrpcTransport({
    baseUrl: serviceUri,
    sessionManager,
    readMaxBytes: longestAnswer,
    // A small answer may unpack into a very large one.
    acceptCompression: [],
  })
  try {
    const info = await createClient(Orchestrator, transport).getOrchestrator(
      { address: hexBytes(address), sig: hexBytes(sig) },
      { timeoutMs, ...(signal && { signal }) },
    )
    return readAnswer(info, serviceUri)
  } catch (error) {
    throw explain(error, serviceUri)
  } finally {
    sessionManager.abort()
  }
}

function explain(error: unknown, serviceUri: string): unknown {
  if (!(error instanceof ConnectError)) return error
  const said = sanitize(error.rawMessage).slice(0, 200)
  const facts = { details: { serviceUri, status: Code[error.code] }, cause: error }
  if (refusals.includes(error.code)) {
    return new PreconditionError('ORCHESTRATOR_REFUSED', `${serviceUri} refuses: ${said}`, {
      ...facts,
      nextSteps: ['lp-pay params shows what orchestrators hold against a sender'],
    })
  }
  return unreachable(error, serviceUri, said, facts)
}

function unreachable(
  { code }: ConnectError,
  serviceUri: string,
  said: string,
  facts: { readonly details: Record<string, string>; readonly cause: unknown },
): LpPayError {
  if (code === Code.DeadlineExceeded) {
    return new RpcUnavailableError('ORCHESTRATOR_UNREACHABLE', `${serviceUri} did not answer in time`, facts)
  }
  return code === Code.Internal || code === Code.ResourceExhausted || code === Code.InvalidArgument
    ? new RpcUnavailableError(
        'ORCHESTRATOR_ANSWER_INVALID',
        `the answer of ${serviceUri} is damaged: ${said}`,
        facts,
      )
    : new RpcUnavailableError('ORCHESTRATOR_UNREACHABLE', `${serviceUri} cannot be reached: ${said}`, facts)
}
