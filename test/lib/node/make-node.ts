import { createNodeClient } from '../../../src/lib/node/node-client.ts'
import type { NodeClient } from '../../../src/lib/node/node-client.ts'
import { parseNodeUrl } from '../../../src/lib/node/node-url.ts'
import type { PlanOptions } from '../../../src/lib/node/plan-node.ts'
import { rational } from '../../../src/lib/pm/rational.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'

/** Clients that are closed after each test of the surrounding suite. */
export function useNodeClients(): { open(url: string, timeoutMs?: number): NodeClient } {
  const clients: NodeClient[] = []
  afterEach(() => {
    for (const client of clients.splice(0)) client.close()
  })
  return {
    open(url, timeoutMs = 10_000) {
      const client = createNodeClient(parseNodeUrl(url), { signal: new AbortController().signal, timeoutMs })
      clients.push(client)
      return client
    },
  }
}

/** Prices in USD by a rate of 2500, and within 2 %. */
export const planOptions: PlanOptions = {
  currentRate: () => Promise.resolve(parseGivenRate('2500')),
  threshold: rational(2n, 100n),
}

export const friend = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

export const orchestratorYaml = `orchestrator:
  transcoding: 0.41USD/1e12pixels
  gateways:
    '${friend}': 300wei/pixel
  capabilities:
    - pipeline: text-to-image
      price: 4768371wei/pixel
  ticketEv: 3gwei
  maxFaceValue: 0.01eth
  autoAdjustPrice: true
`

export const gatewayYaml = `gateway:
  maxPrice: 2000wei/pixel
  capabilities:
    - pipeline: text-to-image
      price: 5000000wei/pixel
    - pipeline: audio-to-text
      model: openai/whisper-large-v3
      price: 13gwei/second
  maxTicketEv: 3000gwei
  maxTotalEv: 20000gwei
  depositMultiplier: 1
`
