import type { Endpoint } from './endpoint.ts'
import type { CallOutcome } from './http-json-rpc.ts'
import type { NodeError } from './node-error.ts'
import type { RefusalReason, SendOutcome } from './rpc.ts'

/**
 * What nodes write when they do not take a transaction: geth, nitro, anvil, reth, erigon, Nethermind (old and new
 * texts), Besu, OpenEthereum. The only place that knows these texts; the first match decides.
 */
const refusals: readonly (readonly [pattern: RegExp, reason: RefusalReason])[] = [
  [
    /already ?known|\bknown transaction|already (?:been )?imported|existing tx with same hash/i,
    'alreadyKnown',
  ],
  [/authority nonce|delegated account|delegation/i, 'other'],
  [/underpriced|ReplacementNotAllowed|could not replace existing tx|same nonce in the queue/i, 'underpriced'],
  [/FeeTooLow|fee too low|gas ?price (?:is )?too low/i, 'underpriced'],
  [/(?:max fee per gas|fee ?cap|gas price) (?:is )?(?:less than|below)/i, 'underpriced'],
  [/nonce (?:is )?too low|OldNonce|invalid transaction nonce/i, 'nonceTooLow'],
  [/nonce (?:is )?too (?:high|far)|NonceGap|NonceTooFarInFuture/i, 'nonceTooHigh'],
  [/insufficient ?(?:funds|balance)|not enough funds|upfront cost exceeds/i, 'insufficientFunds'],
  [
    /intrinsic gas|block gas limit|GasLimitExceeded|gas (?:is |limit )?(?:too (?:low|high)|reached)/i,
    'other',
  ],
  [/gas uint64 overflow|cost exceeds current gas limit|supplied gas is beyond/i, 'other'],
  [/exceeds the configured cap|fee cap exceeded|priority fee per gas (?:higher|exceeds)/i, 'other'],
  [/invalid (?:sender|signature|chain|message format|rlp)|FailedToResolveSender|\brlp: /i, 'other'],
  [/replay-protected|signed for another chain|transaction type not supported|NotSupportedTxType/i, 'other'],
  [/sender not an eoa|SenderIsContract|sender is not on the whitelist|forbidden sender/i, 'other'],
  [/oversized data|max initcode size|negative value|Int256Overflow/i, 'other'],
  [/txpool is full|pool full|queue full|account limit exceeded|transactions in the queue/i, 'other'],
  [/replace pending|address already reserved|lower nonce exists|execution reverted/i, 'other'],
]

/** Codes that say no whatever the text: not parsed, invalid request, no such method, invalid, rejected. */
const refusalCodes: ReadonlySet<number> = new Set([-32_700, -32_600, -32_601, -32_602, -32_003, -32_010])

/** Why a node did not take a transaction; undefined when its error does not prove that it did not. */
export function refusalReason({ code, message }: NodeError): RefusalReason | undefined {
  const known = refusals.find(([pattern]) => pattern.test(message))?.[1]
  return known ?? (refusalCodes.has(code) ? 'other' : undefined)
}

const longestMessage = 300

/** What is known of a transaction after its bytes were handed to an endpoint and this came back. */
export function readSendOutcome(endpoint: Endpoint, expectedHash: string, outcome: CallOutcome): SendOutcome {
  const say = (text: string) => `${endpoint.origin}: ${endpoint.clean(text, longestMessage)}`
  switch (outcome.kind) {
    case 'failed':
      return { kind: outcome.failure.written ? 'unclear' : 'notSent', message: say(outcome.failure.cause) }
    case 'result':
      return String(outcome.result).toLowerCase() === expectedHash
        ? { kind: 'accepted' }
        : { kind: 'unclear', message: say('answered with another hash than that of the transaction') }
    case 'error': {
      const reason = refusalReason(outcome.error)
      const message = say(`${outcome.error.message} (${outcome.error.code})`)
      return reason === undefined ? { kind: 'unclear', message } : { kind: 'refused', reason, message }
    }
  }
}
