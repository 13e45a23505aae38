import type { Rpc } from '../../../src/lib/chain/rpc.ts'

/** An RPC that answers by a function of the method and its parameters, and says whether it was closed. */
export function stubRpc(
  answer: (method: string, params: readonly unknown[]) => unknown,
): Rpc & { readonly closed: boolean } {
  let closed = false
  return {
    request: async (method, params = []) => Promise.resolve(answer(method, params)),
    sendRawTransaction: () => Promise.reject(new Error('nothing is to be sent')),
    roundTrips: 0,
    close: () => {
      closed = true
    },
    get closed() {
      return closed
    },
  }
}
