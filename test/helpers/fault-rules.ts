/** One JSON-RPC call as it came in. */
export interface SeenCall {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

/** When a fault strikes: `before` the request reaches the node (the default), or `after` the node has acted on it. */
export type When = 'before' | 'after'

/** Faults of a whole HTTP request, with every call in it. */
export type RequestFault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      readonly when?: When
    }
  | { readonly kind: 'hang'; readonly when?: When }
  | { readonly kind: 'reset'; readonly when?: When }
  | { readonly kind: 'html'; readonly when?: When }
  /** Forwarded; the connection ends without an answer. */
  | { readonly kind: 'dropReply' }
  /** Forwarded; half of the answer arrives, then the connection ends. */
  | { readonly kind: 'truncate' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Strikes batches only: an error object instead of an array, an HTTP status, or an error in each item. */
  | { readonly kind: 'rejectBatches'; readonly how: 'object' | 'items' | 400 | 405 | 413 }

/** Faults of one call; its neighbours in a batch go on undisturbed. */
export type CallFault =
  | {
      readonly kind: 'jsonRpcError'
      readonly code: number
      readonly message: string
      readonly data?: unknown
      readonly when?: When
    }
  | {
      readonly kind: 'replaceResult'
      readonly with: (result: unknown, params: readonly unknown[]) => unknown
    }
  | { readonly kind: 'wrongChainId'; readonly chainId: number }
  /** Sees the chain as it was `blocks` ago: numbers, state, logs, receipts. */
  | { readonly kind: 'lag'; readonly blocks: number }

export type Fault = RequestFault | CallFault

export interface FaultRule {
  /** Which calls it strikes; all when absent. */
  readonly method?: string | readonly string[]
  /** The first match that it strikes, from 1. Request faults count HTTP requests, call faults count calls. */
  readonly nth?: number
  /** How many matches it strikes from there on; all when absent. */
  readonly times?: number
  readonly do: Fault
}

/** The rules in force, and how often each has matched. */
export interface RuleBook {
  add(rule: FaultRule): () => void
  clear(): void
  requestFaults(calls: readonly SeenCall[], isBatch: boolean): readonly RequestFault[]
  callFaults(call: SeenCall): readonly CallFault[]
}

export function createRuleBook(): RuleBook {
  const rules = new Map<FaultRule, { matches: number }>()

  const strikes = (rule: FaultRule, count: { matches: number }) => {
    const { nth = 1, times = Infinity } = rule
    count.matches++
    return count.matches >= nth && count.matches < nth + times
  }

  return {
    add(rule) {
      const own = { ...rule }
      rules.set(own, { matches: 0 })
      return () => void rules.delete(own)
    },
    clear: () => rules.clear(),
    requestFaults(calls, isBatch) {
      return [...rules].flatMap(([rule, count]) => {
        const fault = rule.do
        if (isCallFault(fault) || (fault.kind === 'rejectBatches' && !isBatch)) return []
        return calls.some((call) => matches(rule, call)) && strikes(rule, count) ? [fault] : []
      })
    },
    callFaults(call) {
      return [...rules].flatMap(([rule, count]) => {
        const fault = rule.do
        return isCallFault(fault) && matches(rule, call) && strikes(rule, count) ? [fault] : []
      })
    },
  }
}

function matches(rule: FaultRule, call: SeenCall): boolean {
  if (rule.do.kind === 'wrongChainId' && call.method !== 'eth_chainId' && call.method !== 'net_version')
    return false
  return rule.method === undefined || [rule.method].flat().includes(call.method)
}

function isCallFault(fault: Fault): fault is CallFault {
  return ['jsonRpcError', 'replaceResult', 'wrongChainId', 'lag'].includes(fault.kind)
}
