import { RpcUnavailableError } from '../errors.ts'

/** Reads a JSON-RPC quantity (`0x1a`) exactly. */
export function quantity(value: unknown): bigint {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value)) return BigInt(value)
  throw malformed()
}

/** Reads a quantity out of an answer such as a block or a receipt. */
export function quantityField(object: unknown, field: string): bigint {
  return quantity(fieldOf(object, field))
}

/** Reads a text out of an answer such as a block or a receipt. */
export function textField(object: unknown, field: string): string {
  const value = fieldOf(object, field)
  if (typeof value === 'string') return value
  throw malformed()
}

function fieldOf(object: unknown, field: string): unknown {
  if (typeof object === 'object' && object !== null) return (object as Record<string, unknown>)[field]
  throw malformed()
}

/** For an answer that no node would give. */
export function malformed(): RpcUnavailableError {
  return new RpcUnavailableError('RPC_MALFORMED', 'the RPC gave an answer that is not what it should be', {
    nextSteps: ['use another RPC: --rpc-url URL'],
  })
}
